"""Results, certificates and sand-table records of two finished sessions: the trainer's, and somebody else's.

The trainer's has the tied file and another of the town, who passed; the other one has the trainee, whose certificate
bears a number, somebody of the other tree, and the file that the mentor guides.
"""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cadre_app.documents.services.numbers import give_number
from cadre_app.training.models import Assessment, CourseSession, Outcome, SessionState
from cadre_app.training.papers.certificates import CERTIFICATE
from cadre_app.training.services import exercises
from tests.access.harness import Route, World
from tests.access.rows_a_people import FOREIGN, READERS, of, sent
from tests.access.rows_training_courses import OVERSEERS, STAFF
from tests.access.rows_training_courses import READERS as CATALOGUE
from tests.factories import PersonFactory, TraineeFactory
from tests.training.factories import enrol, make_course, make_session

OFFICE = ("staff", "leader", "liaison")
TRAINER, TRAINEE = "trainer", "trainee"
TAUGHT = dict.fromkeys((*OVERSEERS, TRAINER), 200) | {"*": 404}
RECORD = TAUGHT | {"leader": 403, "liaison": 403}
RECORDED = RECORD | dict.fromkeys((*STAFF, TRAINER), 302)
OWN = dict.fromkeys(OVERSEERS, 200) | {"*": 404}
NUMBER = RECORD | {TRAINER: 403}
NUMBERED = NUMBER | dict.fromkeys(STAFF, 302)
GROUP = {"staff": 200, "leader": 403, "liaison": 403, TRAINER: 200, "*": 404}
HIDDEN = {"*": 404}


def extend(world: World) -> None:
    staff, day = world.actors["staff"], timezone.localdate() - timedelta(days=3)
    title = world.canary("title of a course", seen_by=CATALOGUE)
    course = make_course(title, assessment=Assessment.PASS)
    done = {"outcome": Outcome.COMPLETED}
    passed = done | {"result": "passed", "result_on": day}

    def held(key: str, teacher: str) -> CourseSession:
        values = {"teacher": world.objects[teacher], "state": SessionState.FINISHED, "finished_at": timezone.now()}
        world.objects[key] = make_session(course, on=day, **values)
        return world.objects[key]

    taught = held("taught held", "teacher")
    name = world.canary("passed", seen_by=(*OFFICE, TRAINER))
    second = TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=world.town)
    world.objects["tied place"] = enrol(taught, world.objects["tied"], **done)
    world.objects["passed place"] = enrol(taught, second, **passed)
    own = held("own held", "other teacher")
    world.objects["own completed"] = enrol(own, world.objects["trainee"], missed_hours=Decimal("0.5"), **passed)
    foreign = enrol(own, world.objects["foreign trainee"], **passed)
    enrol(own, world.objects["mentored"], **done)
    give_number(world.objects["own completed"], kind=CERTIFICATE, actor=staff)

    def exercise(key: str, session: CourseSession, members: list[Any], *seen_by: str) -> None:
        known = {"scenario": world.objects["scenario"], "group": key, "members": members}
        decisions = world.canary(f"decisions {key}", seen_by=seen_by)
        world.objects[key] = exercises.create_exercise(session, **known, decisions=decisions, actor=staff)

    exercise("exercise", taught, [world.objects["tied place"]], *OFFICE, TRAINER)
    exercise("own exercise", own, [world.objects["own completed"], foreign], *OVERSEERS, TRAINEE)
    exercise("voided exercise", taught, [world.objects["passed place"]], "staff", TRAINER)
    world.objects["voided exercise"] = exercises.void_exercise(
        world.objects["voided exercise"], reason="误录", actor=staff
    )


def results(world: World, actor: str) -> dict[str, Any]:
    key = world.objects["tied place"].pk.hex
    return {f"result_{key}": "passed", f"was_{key}": ""}


def fresh(world: World, actor: str) -> dict[str, Any]:
    return {"submission": str(uuid.uuid4())}


def written(world: World, actor: str) -> dict[str, Any]:
    """What a group of the roster decided."""
    return {
        "scenario": str(world.objects["scenario"].pk),
        "group": "第二组",
        "members": [str(world.objects["passed place"].pk)],
        "decisions": "先转移老人",
    }


def rewritten(world: World, actor: str) -> dict[str, Any]:
    return {**written(world, actor), **sent("exercise")(world, actor)}


def paper(key: str) -> Any:
    return lambda world: {"kind": CERTIFICATE, "pk": world.objects[key].pk}


OWN_PAPER = dict.fromkeys(READERS, 200) | {"*": 404}
OFFICE_PAPER = dict.fromkeys(OFFICE, 200) | {"*": 404}
NUMBER_PAPER = {"staff": 200, "leader": 403, "liaison": 403, "*": 404}

ROUTES = [
    Route("training:result_list", kwargs=of("taught held"), get=TAUGHT, post=RECORDED, data=results),
    Route(
        "training:result_list",
        kwargs=of("own held"),
        get=OWN,
        post=OWN | {"leader": 403, "liaison": 403} | dict.fromkeys(STAFF, 302),
        data=results,
    ),
    Route(
        "training:result_list",
        kwargs=of("taught session"),
        get=TAUGHT,
        post=TAUGHT | dict.fromkeys((*OVERSEERS, TRAINER), 403),
    ),
    Route("training:result_pass_all", kwargs=of("taught held"), get=RECORD, post=RECORDED, data=fresh),
    Route("training:certificate_number_all", kwargs=of("taught held"), get=NUMBER, post=NUMBERED, data=fresh),
    Route("training:exercise_list", kwargs=of("taught held"), get=TAUGHT),
    Route("training:exercise_list", kwargs=of("own held"), get=OWN | {TRAINEE: 200}),
    # Of the other tree nobody is on this roster: there is no group to choose.
    Route(
        "training:exercise_new",
        kwargs=of("taught held"),
        get=RECORD,
        post=RECORD | {"staff": 302, TRAINER: 302},
        data=written,
    ),
    Route(
        "training:exercise_new",
        kwargs=of("own held"),
        get=RECORD | {TRAINER: 404, TRAINEE: 403},
        post=RECORD | {TRAINER: 404, TRAINEE: 403},
    ),
    Route(
        "training:exercise_edit",
        kwargs=of("exercise"),
        get=GROUP,
        post=GROUP | {"staff": 302, TRAINER: 302},
        data=rewritten,
    ),
    Route(
        "training:exercise_edit",
        kwargs=of("own exercise"),
        get=GROUP | {TRAINER: 404, TRAINEE: 403, "other_staff": 200, "moved_staff": 200},
        post=GROUP | {TRAINER: 404, TRAINEE: 403, "other_staff": 200, "moved_staff": 200},
    ),
    Route(
        "training:exercise_void",
        kwargs=of("exercise"),
        get=GROUP,
        post=GROUP | {"staff": 302, TRAINER: 302},
        data=sent("exercise", reason="误录"),
    ),
    Route(
        "training:exercise_restore",
        kwargs=of("voided exercise"),
        get=GROUP,
        post=GROUP | {"staff": 302, TRAINER: 302},
        data=sent("voided exercise"),
    ),
    Route(
        "training:exercise_edit",
        kwargs=of("voided exercise"),
        get=GROUP | {"staff": 403, TRAINER: 403},
        post=GROUP | {"staff": 403, TRAINER: 403},
    ),
    *(
        Route(page, kwargs=kwargs, get=expected)
        for page in ("documents:paper", "documents:paper_word")
        for kwargs, expected in (
            (paper("own completed"), OWN_PAPER),
            (paper("passed place"), OFFICE_PAPER),
            (paper("tied place"), HIDDEN),
        )
    ),
    Route("documents:paper_pdf", kwargs=paper("own completed"), get=OWN_PAPER),
    Route(
        "documents:paper_number",
        kwargs=paper("passed place"),
        get=NUMBER_PAPER,
        post=NUMBER_PAPER | {"staff": 302},
        data=fresh,
    ),
    Route("growth:file", kwargs=of("foreign trainee"), query="?kind=training", get=FOREIGN),
]
