"""The files that the rows of people are about; made first, so that the rows of other rooms find them too."""

from datetime import date
from typing import Any

from cadre_app.core.roles import Role
from cadre_app.people.models import Education, Person, PostRecord, Relative, Trainee
from tests.access.harness import Canary, Route, World
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UserFactory, id_number

FAMILY = ("staff", "leader", "trainee")
READERS = ("staff", "leader", "liaison", "trainee")
READ = dict.fromkeys(READERS, 200) | {"*": 404}
EDIT = dict.fromkeys(READERS, 403) | {"staff": 200, "*": 404}
SAVED = EDIT | {"staff": 302}
TIED = "trainer"
TIES: dict[Any, Any] = {}


def extend(world: World) -> None:
    """A trainee of the town with the account of the actor of that name, and one of the other tree."""

    def told(key: str, *seen_by: str) -> str:
        return world.canary(key, seen_by=seen_by or READERS)

    person = PersonFactory.create(
        name=told("trainee"),
        account=world.actors["trainee"],
        native_place=told("native place"),
        birth_place=told("birth place"),
        health=told("health"),
        specialty=told("specialty"),
        technical_post=told("technical post"),
        resume=f"2016.09--         {told('resume')}",
        id_number=id_number(date(1903, 4, 5), serial=702),
        phone="13900004404",
    )
    for key, value in (("own id number", person.id_number), ("own phone", person.phone)):
        world.canaries[key] = Canary(value, frozenset({"staff", "leader", "trainee"}))
    trainee = TraineeFactory.create(
        person=person, home_unit=world.town, scheme=told("scheme"), remark=told("remark", "staff", "leader", "liaison")
    )
    world.objects["trainee"] = trainee
    school = {"mode": "full_time", "level": "21", "school": told("school"), "major": told("major")}
    world.objects["education"] = Education.objects.create(person=person, **school)
    family = {"relation": "父亲", "name": told("relative", *FAMILY), "work": told("relative work", *FAMILY)}
    world.objects["relative"] = Relative.objects.create(person=person, **family)
    tie = PersonFactory.create(name=told("relative in the system", *FAMILY))
    world.objects["tie"] = Relative.objects.create(person=person, relation="姐姐", name=tie.name, other=tie)
    post = {"post": told("post"), "document_number": told("post document")}
    world.objects["post record"] = PostRecord.objects.create(trainee=trainee, started_on=date(2024, 7, 1), **post)
    Trainee.objects.filter(pk=trainee.pk).update(post=post["post"], post_since=date(2024, 7, 1))
    secret = world.canary("foreign trainee", seen_by=("other_staff", "moved_staff"))
    world.objects["foreign trainee"] = TraineeFactory.create(
        person=PersonFactory.create(name=secret), home_unit=world.elsewhere
    )

    second = UserFactory.create(unit=world.district, display_name="另一位领导")
    GrantFactory.create(user=second, role=Role.LEADER, unit=world.district)
    world.objects["second leader"] = second
    secret = told("native place of the tied", "staff", "leader", "liaison")
    tied = PersonFactory.create(name=told("tied", "staff", "leader", "liaison", TIED), native_place=secret)
    world.objects["tied"] = TraineeFactory.create(person=tied, home_unit=world.town)
    TIES[world.actors[TIED].pk] = world.objects["tied"].pk


def tied_files(user: Any) -> Any:
    """What the relation of these tests shows: one file to one actor, by name only."""
    return Trainee.objects.filter(pk=TIES.get(user.pk)).values("pk")


def person_of(world: World, actor: str) -> Person:
    """The person of an actor who has no file, made by whichever row asks first."""
    user = world.actors[actor]
    return Person.objects.filter(account=user).first() or PersonFactory.create(name=f"{actor}本人", account=user)


def of(key: str) -> Any:
    return lambda world: {"pk": world.objects[key].pk}


def sent(key: str, **data: Any) -> Any:
    """What is posted about the object of this key, with its version of that moment."""

    def fields(world: World, actor: str) -> dict[str, Any]:
        found = type(world.objects[key])._default_manager.get(pk=world.objects[key].pk)
        return {"version": found.version, **data}

    return fields


FOREIGN = {"other_staff": 200, "moved_staff": 200, "*": 404}

ROUTES = [
    Route("people:trainee_detail", kwargs=of("trainee"), get=READ),
    Route("people:trainee_detail", kwargs=of("foreign trainee"), get=FOREIGN),
    Route("people:trainee_detail", kwargs=of("tied"), get=READ | {"trainee": 404, TIED: 403}),
]
