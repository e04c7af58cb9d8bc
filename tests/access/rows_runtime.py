from tests.access.harness import Route

ROUTES = [
    Route("runtime:healthz", get=503, public=True),
    Route(
        "runtime:health",
        get={"staff": 200, "leader": 200, "other_staff": 200, "moved_staff": 200, "sysadmin": 200, "*": 403},
    ),
]
