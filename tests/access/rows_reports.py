"""Figures: numbers of one's own units, for business roles."""

from tests.access.harness import Route

OVERVIEW = dict.fromkeys(("staff", "leader", "liaison", "other_staff", "moved_staff"), 200) | {"*": 404}

ROUTES = [
    Route("reports:overview", get=OVERVIEW),
    Route("reports:overview", query="?as_of=2024-02-29", get=OVERVIEW),
    Route("reports:overview", query="?as_of=2999-01-01&unit=x", get=OVERVIEW),
]
