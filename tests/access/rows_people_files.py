"""New files, sections, education, relatives, posts, and voiding a file."""

from typing import Any

from cadre_app.people.services import trainees
from tests.access.harness import Route, World
from tests.access.rows_a_people import EDIT, FAMILY, FOREIGN, READ, SAVED, TIED, of, sent
from tests.factories import PersonFactory, TraineeFactory

OTHERS = {"staff": 200, "leader": 403, "liaison": 403, "*": 404}
CLOSED = OTHERS | {"staff": 403}
PROPOSE = EDIT | {"staff": 403, "liaison": 200, "trainee": 200}
PROPOSED = PROPOSE | {"liaison": 302, "trainee": 302}
ADD = {"staff": 200, "other_staff": 200, "moved_staff": 200, "*": 403}
KIN = dict.fromkeys(FAMILY, 403) | {"staff": 200, "*": 404}
KIN_SAVED = KIN | {"staff": 302}


def extend(world: World) -> None:
    """A file that is voided, and one without anything else."""
    staff = world.actors["staff"]
    plain = TraineeFactory.create(person=PersonFactory.create(name="新来的同志"), home_unit=world.town)
    world.objects["plain trainee"] = plain
    wrong = TraineeFactory.create(person=PersonFactory.create(name="误建的同志"), home_unit=world.town)
    world.objects["voided trainee"] = trainees.void_trainee(wrong, reason="误建", actor=staff)


def section(name: str) -> Any:
    return lambda world: {"pk": world.objects["trainee"].pk, "section": name}


def person_sent(**data: Any) -> Any:
    """The version of the person stands in the form of a section."""

    def fields(world: World, actor: str) -> dict[str, Any]:
        person = type(world.objects["trainee"].person).objects.get(pk=world.objects["trainee"].person_id)
        return {"version": person.version, **data}

    return fields


def new_file(world: World, actor: str) -> dict[str, Any]:
    return {
        "name": "林新来",
        "kind": "selected",
        "status": "civil_servant",
        "arrived_on": "2025-07-01",
        "home_unit": str(world.town.pk),
    }


FACTS = {"kind": "selected", "status": "civil_servant", "arrived_on": "2024-07-01", "remark": "已改"}
SCHOOLING = {"mode": "on_the_job", "level": "14"}
KINSMAN = {"relation": "母亲", "name": "某人"}
POST = {"started_on": "2025-01-01", "post": "新职务"}
REASON = {"reason": "误录"}
VALUES = {
    "identity": {"name": "改后姓名"},
    "contacts": {"phone": "13800000000"},
    "party": {"political_status": "13"},
    "resume": {"resume": "2020.09--  某地学习"},
}


def paper(key: str) -> Any:
    return lambda world: {"kind": "people.resume", "pk": world.objects[key].pk}


WRITE = {"staff": 200, "leader": 403, "liaison": 200, "*": 404}
NEITHER = {"trainee": 404, TIED: 403}
RESUME = {"staff": 302, "leader": 403, "liaison": 302, "trainee": 302, "*": 404}


def facts_sent(world: World, actor: str) -> dict[str, Any]:
    """The end of probation as the signed extension has it."""
    until = world.objects["own earlier probation"].extended_to
    return sent("trainee", **FACTS, probation_ends_on=until.isoformat())(world, actor)


ROUTES = [
    Route("people:resume", kwargs=of("trainee"), get=READ, post=RESUME, data=person_sent(**VALUES["resume"])),
    Route("people:resume", query="?take=derived", kwargs=of("foreign trainee"), get=FOREIGN, post=FOREIGN),
    Route("people:resume", kwargs=of("tied"), get=READ | NEITHER, post=WRITE | NEITHER),
    Route("people:resume", kwargs=of("departed"), get=OTHERS | {"leader": 200, "liaison": 200}, post=CLOSED),
    *(
        Route(page, kwargs=paper("trainee"), get=READ)
        for page in ("documents:paper", "documents:paper_word", "documents:paper_pdf")
    ),
    Route("documents:paper", kwargs=paper("foreign trainee"), get=404),
    Route("people:my_file", get={"trainee": 302, "*": 404}),
    Route("people:trainee_create", get=ADD, post=ADD | {"staff": 302}, data=new_file),
    Route("people:facts_edit", kwargs=of("trainee"), get=EDIT, post=SAVED, data=facts_sent),
    Route("people:facts_edit", kwargs=of("departed"), get=CLOSED, post=CLOSED),
    *[
        Route("people:section_edit", kwargs=section(name), get=EDIT, post=SAVED, data=person_sent(**values))
        for name, values in VALUES.items()
    ],
    *[
        Route("people:section_propose", kwargs=section(name), get=PROPOSE, post=PROPOSED, data=person_sent(**values))
        for name, values in (VALUES | {"education": SCHOOLING}).items()
        if name != "identity"
    ],
    # Both have a proposal for this section that waits (rows_people_proposals).
    Route("people:section_propose", kwargs=section("identity"), get=PROPOSE, post=PROPOSE, data=person_sent(name="改")),
    Route("people:section_edit", kwargs=section("education"), get=404, post=404),
    Route("people:section_propose", kwargs=section("account"), get=404, post=404),
    Route("people:education_add", kwargs=of("trainee"), get=EDIT, post=SAVED, data=lambda world, actor: SCHOOLING),
    Route("people:education_edit", kwargs=of("education"), get=EDIT, post=SAVED, data=sent("education", **SCHOOLING)),
    Route("people:education_void", kwargs=of("education"), get=EDIT, post=SAVED, data=sent("education", **REASON)),
    Route("people:relative_add", kwargs=of("trainee"), get=EDIT, post=SAVED, data=lambda world, actor: KINSMAN),
    Route("people:relative_edit", kwargs=of("relative"), get=KIN, post=KIN_SAVED, data=sent("relative", **KINSMAN)),
    Route("people:relative_edit", kwargs=of("tie"), get=KIN, post=KIN_SAVED, data=sent("tie", **KINSMAN)),
    Route("people:relative_void", kwargs=of("relative"), get=KIN, post=KIN_SAVED, data=sent("relative", **REASON)),
    Route("people:post_record_add", kwargs=of("trainee"), get=EDIT, post=SAVED, data=lambda world, actor: POST),
    Route("people:post_record_edit", kwargs=of("post record"), get=EDIT, post=SAVED, data=sent("post record", **POST)),
    Route(
        "people:post_record_void", kwargs=of("post record"), get=EDIT, post=SAVED, data=sent("post record", **REASON)
    ),
    Route(
        "people:trainee_void",
        kwargs=of("plain trainee"),
        get=OTHERS,
        post=OTHERS | {"staff": 302},
        data=sent("plain trainee", **REASON),
    ),
    Route("people:trainee_void", kwargs=of("trainee"), get=EDIT, post=SAVED, data=sent("trainee", **REASON)),
    Route(
        "people:trainee_restore",
        kwargs=of("voided trainee"),
        get=OTHERS,
        post=OTHERS | {"staff": 302},
        data=sent("voided trainee", **REASON),
    ),
    Route("people:trainee_restore", kwargs=of("trainee"), get=EDIT | {"staff": 403}, post=EDIT | {"staff": 403}),
    Route("people:trainee_detail", kwargs=of("voided trainee"), get=OTHERS | {"leader": 200, "liaison": 200}),
]
