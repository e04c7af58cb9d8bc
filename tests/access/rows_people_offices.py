from datetime import date
from typing import Any

from cadre_app.people.services import offices
from tests.access.harness import Route, World
from tests.access.rows_a_people import FOREIGN, of, person_of, sent
from tests.factories import PersonFactory

INSIDE = ("staff", "leader", "liaison")
ELSEWHERE = ("other_staff", "moved_staff")
LIST = dict.fromkeys((*INSIDE, *ELSEWHERE), 200) | {"*": 404}
READ = dict.fromkeys(INSIDE, 200) | {"*": 404}
MANAGE = {"staff": 200, "leader": 403, "liaison": 403, "*": 404}
SAVED = MANAGE | {"staff": 302}
ADD = {"staff": 200, **dict.fromkeys(ELSEWHERE, 200), "*": 403}
SINCE = date(2020, 1, 1)
OWN = "mentor"


def extend(world: World) -> None:
    """An office of the town and who holds it, one that is voided, the mentor's, and one of the other tree."""
    staff = world.actors["staff"]

    def office(key: str, unit: Any, *seen_by: str) -> Any:
        world.objects[key] = offices.create_office(unit=unit, name=world.canary(key, seen_by=seen_by), actor=None)
        return world.objects[key]

    def holder(name: str, *seen_by: str) -> Any:
        return PersonFactory.create(name=world.canary(name, seen_by=seen_by))

    town = office("office", world.town, *INSIDE)
    person = holder("holder", *INSIDE)
    document = world.canary("office document", seen_by=INSIDE)
    world.objects["holding"] = offices.appoint(town, person=person, since=SINCE, document_number=document, actor=staff)
    wrong = offices.create_office(unit=world.town, name="误录的职务", actor=staff)
    world.objects["voided office"] = offices.void_office(wrong, reason="误录", actor=staff)
    reason = world.canary("office reason", seen_by=("staff", "leader"))
    other = PersonFactory.create()
    earlier = offices.appoint(office("other office", world.town, *INSIDE), person=other, since=SINCE, actor=staff)
    offices.void_holding(earlier, reason=reason, actor=staff)
    mentor = person_of(world, OWN)
    village = offices.create_office(unit=world.village, name="村党支部书记", is_community_source=True, actor=staff)
    world.objects["own holding"] = offices.appoint(village, person=mentor, since=SINCE, actor=staff)
    foreign = office("foreign office", world.elsewhere, *ELSEWHERE)
    offices.appoint(foreign, person=holder("foreign holder", *ELSEWHERE), since=SINCE, actor=None)


WRITTEN = {"name": "镇长", "order": "3"}


def new_office(world: World, actor: str) -> dict[str, Any]:
    return {"unit": str(world.town.pk), **WRITTEN}


def foreign_holder(world: World, actor: str) -> dict[str, Any]:
    """Somebody whom nobody of this tree may name."""
    person = str(world.objects["foreign trainee"].person_id)
    return sent("other office", person=person, since="2026-01-01")(world, actor)


ROUTES = [
    Route("people:office_list", get=LIST),
    Route("people:office_list", query="?q=金丝雀&columns=unit,name,holder,document", get=LIST),
    Route("people:office_list", query="?state=voided", get=LIST),
    Route("people:office_detail", kwargs=of("office"), get=READ),
    Route("people:office_detail", kwargs=of("other office"), get=READ),
    Route("people:office_detail", kwargs=of("foreign office"), get=FOREIGN),
    Route("people:office_create", get=ADD, post=ADD | {"staff": 302}, data=new_office),
    Route("people:office_edit", kwargs=of("office"), get=MANAGE, post=SAVED, data=sent("office", **WRITTEN)),
    Route(
        "people:office_void",
        kwargs=of("other office"),
        get=MANAGE,
        post=SAVED,
        data=sent("other office", reason="误录"),
    ),
    Route("people:office_void", kwargs=of("voided office"), get=MANAGE | {"staff": 403}, post=MANAGE | {"staff": 403}),
    Route(
        "people:office_restore",
        kwargs=of("voided office"),
        get=MANAGE,
        post=SAVED,
        data=sent("voided office", reason="更正"),
    ),
    Route(
        "people:office_appoint",
        kwargs=of("other office"),
        get=MANAGE,
        post=SAVED,
        data=sent("other office", name="新任同志", since="2026-01-01"),
    ),
    Route(
        "people:office_appoint",
        kwargs=of("other office"),
        query="?foreign",
        get=MANAGE,
        post=MANAGE,
        data=foreign_holder,
    ),
    Route(
        "people:holding_edit",
        kwargs=of("holding"),
        get=MANAGE,
        post=SAVED,
        data=sent("holding", since="2021-01-01"),
    ),
    Route(
        "people:holding_edit",
        kwargs=of("own holding"),
        get=MANAGE | {OWN: 403},
        post=SAVED | {OWN: 403},
        data=sent("own holding", since="2021-01-01"),
    ),
    Route(
        "people:holding_end",
        kwargs=of("holding"),
        get=MANAGE,
        post=SAVED,
        data=sent("holding", until="2025-01-01", reason="调离"),
    ),
    Route("people:holding_void", kwargs=of("holding"), get=MANAGE, post=SAVED, data=sent("holding", reason="误录")),
    Route("people:person_picker", query="?field=person&person_q=金丝雀", get=ADD),
]
