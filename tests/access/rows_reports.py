"""Figures: numbers of one's own units, for business roles; what is asked of whom, for those who ask."""

from typing import Any

from tests.access.harness import Route

OVERVIEW = dict.fromkeys(("staff", "leader", "liaison", "other_staff", "moved_staff"), 200) | {"*": 404}
RECOUNT = dict.fromkeys(OVERVIEW.keys() - {"*"}, 302) | {"*": 404}
BURDEN = dict.fromkeys(("staff", "leader", "other_staff", "moved_staff"), 200) | {"*": 404}

# What was asked of one person of the scope.
BURDEN_OF = dict.fromkeys(("staff", "leader"), 200) | {"*": 404}


def one(party: str, key: str) -> Any:
    return lambda world: {"party": party, "pk": world.objects[key].pk}


ROUTES = [
    Route("reports:overview", get=OVERVIEW),
    Route("reports:overview", query="?as_of=2024-02-29", get=OVERVIEW),
    Route("reports:overview", query="?period=last&compare=year", get=OVERVIEW),
    Route("reports:overview", query="?as_of=2999-01-01&unit=x", get=OVERVIEW),
    Route("reports:recount", post=RECOUNT),
    Route("reports:burden", get=BURDEN),
    Route("reports:burden", query="?party=mentors", get=BURDEN),
    Route("reports:burden", query="?party=units&over=1", get=BURDEN),
    Route("reports:burden", query="?month=2999-01", get=BURDEN),
    Route("reports:burden_of", kwargs=one("persons", "trainee"), get=BURDEN_OF),
    Route("reports:burden_of", kwargs=lambda world: {"party": "units", "pk": world.town.pk}, get=BURDEN_OF),
    Route("reports:burden_of", kwargs=one("mentors", "trainee"), get={"*": 404}),
    Route("reports:burden_of", kwargs=one("nobody", "trainee"), get={"*": 404}),
]
