from tests.access.harness import Route

ONLY_SYSTEM = {"*": 403, "sysadmin": 200}

ROUTES = [
    Route("core:csp_report", post=204, public=True),
    Route("core:help", get=200),
    Route("core:components", get=ONLY_SYSTEM, post=ONLY_SYSTEM),
]
