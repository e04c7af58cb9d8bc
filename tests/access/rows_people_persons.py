from datetime import date
from typing import Any

from cadre_app.people.models import Person
from cadre_app.people.services import family, offices
from tests.access.harness import Canary, Route, World
from tests.access.rows_a_people import EDIT, FOREIGN, READERS, SAVED, of, sent
from tests.factories import PersonFactory, UserFactory, id_number

INSIDE = ("staff", "leader", "liaison")
REVEAL = {"staff": 200, "leader": 200, "liaison": 403, "*": 404}
OWN = REVEAL | {"trainee": 200}
BORN = date(1904, 5, 6)


def extend(world: World) -> None:
    """Numbers of the trainee and of an office-holder without a file; another of the other tree."""
    trainee = world.objects["trainee"].person
    person = Person.objects.get(pk=trainee.pk)
    person.id_number = person.id_number or id_number(BORN, serial=701)
    person.phone = person.phone or "13900004401"
    person.save()
    world.objects["person"] = person
    staff = world.actors["staff"]
    doubled = family.add_education(person, mode="full_time", level="21", school="重复录入的学校", actor=staff)
    family.void_education(doubled, reason=world.canary("void reason", seen_by=("staff", "leader")), actor=staff)
    number(world, "id number", person.id_number, "staff", "leader", "trainee")
    number(world, "phone", person.phone, "staff", "leader", "trainee")
    account = UserFactory.create(username="kanarie.holder", unit=world.town, kind="mentor")
    number(world, "sign-in name", account.username, "staff", "secadmin")
    name = world.canary("office person", seen_by=INSIDE)
    mentor = PersonFactory.create(name=name, phone="13900004402", account=account)
    number(world, "office phone", mentor.phone, "staff", "leader")
    office = offices.create_office(unit=world.town, name="副书记", actor=None)
    offices.appoint(office, person=mentor, since=date(2021, 1, 1), actor=None)
    world.objects["office person"] = mentor
    number(world, "trainee sign-in name", "trainee.actor", "staff", "secadmin", "auditadmin", "trainee")
    deputy = offices.create_office(unit=world.town, name="副镇长", actor=None)
    world.objects["without account"] = PersonFactory.create(name="尚无账号的同志")
    offices.appoint(deputy, person=world.objects["without account"], since=date(2021, 1, 1), actor=None)
    UserFactory.create(username="spare.account", unit=world.town, kind="mentor")
    foreign = PersonFactory.create(name="邻区的同志", phone="13900004403")
    number(world, "foreign phone", foreign.phone, "other_staff", "moved_staff")
    abroad = offices.create_office(unit=world.elsewhere, name="副书记", actor=None)
    offices.appoint(abroad, person=foreign, since=date(2021, 1, 1), actor=None)
    world.objects["foreign person"] = foreign


def number(world: World, key: str, text: str, *seen_by: str) -> None:
    """A number that stands nowhere else is a canary as it is."""
    world.canaries[key] = Canary(text, frozenset(seen_by))


def reveal(key: str, field: str) -> Any:
    return lambda world: {"pk": world.objects[key].pk, "field": field}


def why(world: World, actor: str) -> dict[str, Any]:
    return {"reason": "联系本人"}


MANAGE = {"staff": 200, "leader": 403, "liaison": 403, "*": 404}
MANAGED = MANAGE | {"staff": 302}

ROUTES = [
    Route("people:person_detail", kwargs=of("person"), get=dict.fromkeys(READERS, 302) | {"*": 404}),
    Route("people:person_detail", kwargs=of("office person"), get=dict.fromkeys(INSIDE, 200) | {"*": 404}),
    Route("people:person_detail", kwargs=of("foreign person"), get=FOREIGN),
    *[
        Route("people:reveal", kwargs=reveal("person", field), get=OWN, post=OWN, data=why)
        for field in ("id_number", "phone")
    ],
    Route("people:reveal", kwargs=reveal("office person", "phone"), get=REVEAL, post=REVEAL, data=why),
    Route("people:reveal", kwargs=reveal("foreign person", "phone"), get=FOREIGN, post=FOREIGN, data=why),
    Route(
        "people:account_request",
        kwargs=of("without account"),
        get=MANAGE,
        post=MANAGED,
        data=sent("without account", username="newholder", reason="结对帮带"),
    ),
    Route("people:account_request", kwargs=of("person"), get=EDIT, post=EDIT),
    Route(
        "people:account_link",
        kwargs=of("without account"),
        get=MANAGE,
        post=MANAGED,
        data=sent("without account", account="spare.account"),
    ),
    Route("people:account_link", kwargs=of("person"), get=EDIT, post=EDIT),
    Route(
        "people:account_unlink",
        kwargs=of("office person"),
        get=MANAGE,
        post=MANAGED,
        data=sent("office person", reason="关联有误"),
    ),
    Route("people:account_unlink", kwargs=of("person"), get=EDIT, post=SAVED, data=sent("person", reason="关联有误")),
    Route("people:reveal", kwargs=reveal("person", "resume"), get=404, post=404, data=why),
]
