from tests.access.harness import Route

ROUTES = [Route("desk:home", get=200)]
