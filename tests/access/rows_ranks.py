"""The rank timeline: a ranked civil servant of the town with a period of effect, one of the other tree, the own page."""

from datetime import date

from cadre_app.advancement.ranks import LADDER
from cadre_app.conduct.models import Sanction
from tests.access.harness import Canary, Route, World
from tests.access.rows_a_people import of
from tests.factories import PersonFactory, TraineeFactory

OFFICE = ("staff", "leader", "liaison")
READERS = ("staff", "leader")
ELSEWHERE = ("other_staff", "moved_staff")
LEADS_ON = {"rank": LADDER[2], "rank_order": 10, "rank_since": date(2024, 7, 1)}
DECIDED, DECIDED_TEXT = date(2024, 8, 9), "2024年8月9日"


def extend(world: World) -> None:
    """Days of the period are told on the reckoning and the pages of discipline alone; staff of the district are named."""

    def ranked(key: str, *seen_by: str, unit: object) -> None:
        person = PersonFactory.create(name=world.canary(key, seen_by=seen_by))
        world.objects[key] = TraineeFactory.create(person=person, home_unit=unit, **LEADS_ON)

    ranked("ranked of the town", *OFFICE, unit=world.town)
    ranked("ranked elsewhere", *ELSEWHERE, unit=world.elsewhere)
    known = {"category": "administrative", "kind": "administrative-1", "organ": "望屿区监察委员会", "months": 6}
    days = {"decided_on": DECIDED, "ends_on": date(2025, 2, 8)}
    number = world.canary("number of a period", seen_by=READERS)
    Sanction.objects.create(trainee=world.objects["ranked of the town"], document_number=number, **known, **days)
    world.canaries["first day of a period"] = Canary(DECIDED_TEXT, frozenset(READERS))


LIST = dict.fromkeys((*READERS, *ELSEWHERE), 200) | {"*": 404}
SEEN = dict.fromkeys(READERS, 200) | {"liaison": 403, "*": 404}
OWN = SEEN | {"trainee": 200}

ROUTES = [
    Route("advancement:rank_list", get=LIST),
    Route("advancement:rank_list", query="?quarter=past&sort=unit", get=LIST),
    Route("advancement:rank_list", query="?q=金丝雀&rank=10", get=LIST),
    Route("advancement:rank_detail", kwargs=of("ranked of the town"), get=SEEN),
    Route("advancement:rank_detail", kwargs=of("ranked elsewhere"), get=dict.fromkeys(ELSEWHERE, 200) | {"*": 404}),
    Route("advancement:rank_detail", kwargs=of("trainee"), get=OWN),
    Route("advancement:rank_detail", kwargs=of("tied"), get=SEEN | {"trainer": 403}),
]
