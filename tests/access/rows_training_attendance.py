"""Two sessions of yesterday: the trainer's own with the tied file, recorded; and one of somebody else with the trainee and
the foreign file, where a remark stands beside the trainee.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.training.models import Attendance, Presence
from cadre_app.training.services.attendance import Mark, record_attendance
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent
from tests.training.factories import enrol, make_session

SERVED = ("staff", "leader", "liaison")
READ = dict.fromkeys((*SERVED, "other_staff", "moved_staff"), 200) | {"trainee": 403, "*": 404}
RECORD = READ | {"leader": 403, "liaison": 403}
WORK = dict.fromkeys(("staff", "other_staff", "moved_staff"), 302)
OWN = dict.fromkeys((*SERVED, "other_staff", "moved_staff", "trainer"), 200) | {"*": 404}
OUT = dict.fromkeys(("leader", "liaison"), 403) | {"staff": 200, "*": 404}
FINISH = OWN | dict.fromkeys(("leader", "liaison", "other_staff", "moved_staff"), 403)


def extend(world: World) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    staff = world.actors["staff"]
    given = make_session(world.objects["course"], on=yesterday, teacher=world.objects["teacher"])
    held = make_session(world.objects["other course"], on=yesterday, teacher=world.objects["other teacher"])
    world.objects |= {"given session": given, "held session": held}
    world.objects |= {"given class": given.meetings.get(), "held class": held.meetings.get()}
    tied = enrol(given, world.objects["tied"])
    places = [enrol(held, world.objects[name]) for name in ("trainee", "foreign trainee")]
    world.objects |= {"given places": [tied], "held places": places}
    record_attendance(world.objects["given class"], marks={tied.pk: Mark(Presence.PRESENT)}, actor=staff)
    note = world.canary("attendance remark", seen_by=SERVED)
    mark = {places[0].pk: Mark(Presence.EXCUSED, note=note)}
    record_attendance(world.objects["held class"], marks=mark, actor=staff)
    for name, place in (("held", places[0]), ("given", tied)):
        world.objects[f"{name} record"] = place.attendances.get()


def sheet(name: str) -> Any:
    """What the sheet sends; rows out of sight are not on it, whatever is sent."""

    def data(world: World, actor: str) -> dict[str, Any]:
        keys = [place.pk.hex for place in world.objects[f"{name} places"]]
        known = Attendance.objects.filter(meeting=world.objects[f"{name} class"])
        seen = {"seen": ",".join(f"{row.enrolment_id.hex}:{row.version}" for row in known)}
        return seen | {f"p_{key}": "excused" for key in keys}

    return data


def person(name: str) -> Any:
    return lambda world, actor: {"person": str(world.objects[name].person_id)}


ROUTES = [
    Route("training:attendance_list", kwargs=of("held class"), get=READ, post=RECORD | WORK, data=sheet("held")),
    Route(
        "training:attendance_list",
        kwargs=of("given class"),
        get=OWN,
        post=OWN | {"leader": 403, "liaison": 403, "staff": 302, "trainer": 302},
        data=sheet("given"),
    ),
    Route(
        "training:attendance_add",
        kwargs=of("held class"),
        get=RECORD,
        post=RECORD | {"staff": 302},
        data=person("tied"),
    ),
    Route(
        "training:attendance_add",
        kwargs=of("given class"),
        get=OWN | {"trainer": 403, "leader": 403, "liaison": 403},
        post=OWN | {"trainer": 403, "leader": 403, "liaison": 403},
    ),
    Route(
        "training:attendance_void",
        kwargs=of("held record"),
        get=OUT | {"trainee": 403},
        post=OUT | {"trainee": 403, "staff": 302},
        data=sent("held record", reason="误登"),
    ),
    Route(
        "training:attendance_void",
        kwargs=of("given record"),
        get=OUT | {"trainer": 200},
        post=OUT | dict.fromkeys(("staff", "trainer"), 302),
        data=sent("given record", reason="误登"),
    ),
    Route("training:attendance_sheet", kwargs=of("held class"), get=READ),
    Route("training:attendance_sheet", kwargs=of("given class"), get=OWN),
    Route(
        "training:attendance_code",
        kwargs=of("held class"),
        get=RECORD | dict.fromkeys(WORK, 403),
        post=RECORD | dict.fromkeys(WORK, 403),
    ),
    Route("training:attendance_code_close", kwargs=of("held class"), post=RECORD | WORK),
    # Of the other tree nobody is on this roster.
    Route(
        "training:attendance_code_close",
        kwargs=of("given class"),
        post=FINISH | {"staff": 302, "trainer": 302},
    ),
    Route("training:attendance_in", kwargs=lambda world: {"token": "x:y"}, get=410, post=410),
    Route("training:session_attendance", kwargs=of("held session"), get=READ),
    Route("training:session_attendance", kwargs=of("given session"), get=OWN),
    Route(
        "training:session_finish",
        kwargs=of("given session"),
        get=FINISH,
        post=FINISH | {"staff": 302, "trainer": 302},
        data=sent("given session"),
    ),
    Route(
        "training:session_finish",
        kwargs=of("held session"),
        get=dict.fromkeys((*SERVED, "other_staff", "moved_staff", "trainee"), 403) | {"*": 404},
        post=dict.fromkeys((*SERVED, "other_staff", "moved_staff", "trainee"), 403) | {"*": 404},
    ),
    Route(
        "training:session_unfinish",
        kwargs=of("given session"),
        get=FINISH | {"staff": 302, "trainer": 302},
        post=FINISH,
        data=sent("given session", reason="更正"),
    ),
    Route(
        "training:session_post",
        kwargs=of("given session"),
        get=FINISH | {"staff": 302, "trainer": 403},
        post=FINISH | {"trainer": 403},
        data=sent("given session"),
    ),
    Route(
        "training:session_take_back",
        kwargs=of("given session"),
        get=FINISH | {"staff": 302, "trainer": 403},
        post=FINISH | {"trainer": 403},
        data=sent("given session", reason="更正"),
    ),
]
