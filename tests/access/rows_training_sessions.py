"""Sessions in every state; a place that was declined with a reason, material of a session, and what its changes say."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.files.models import PDF
from cadre_app.files.services import store_file
from cadre_app.files.uploads import CheckedUpload
from cadre_app.training.materials import MATERIAL
from cadre_app.training.models import CourseSession, Place, SessionState
from cadre_app.training.services import sessions
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent
from tests.factories import PersonFactory, TraineeFactory
from tests.training.factories import enrol, make_session

OFFICES = ("staff", "leader", "liaison", "other_staff", "moved_staff")
PLANNERS = ("staff", "other_staff", "moved_staff")
OVERSEE = dict.fromkeys(OFFICES, 200) | {"*": 404}
PLAN = OVERSEE | {"leader": 403, "liaison": 403}
SAVED = PLAN | dict.fromkeys(PLANNERS, 302)
GOING = {"trainee": 200}
NOT_THIS = {"trainee": 403}
TOWN = ("staff", "leader", "liaison")
SEAT = dict.fromkeys(TOWN, 403) | {"staff": 200, "*": 404}


def extend(world: World) -> None:
    staff, course = world.actors["staff"], world.objects["course"]

    def made(key: str, **values: Any) -> CourseSession:
        world.objects[key] = make_session(course, on=timezone.localdate() + timedelta(days=20), **values)
        return world.objects[key]

    made("planned session", state=SessionState.PLANNED)
    made("offered session", takes_sign_ups=True)
    told = world.canary("why a session is not held", seen_by=OFFICES)
    cancelled = sessions.cancel_session(made("cancelled session"), reason=told, actor=staff)
    world.objects["cancelled session"] = cancelled
    again = sessions.cancel_session(made("session taken up"), reason="防汛", actor=staff)
    why = world.canary("why it is held again", seen_by=("staff", "leader", "other_staff", "moved_staff"))
    world.objects["session taken up"] = sessions.reopen_session(again, reason=why, actor=staff)
    world.objects["voided session"] = sessions.void_session(made("voided session"), reason="误录", actor=staff)
    world.objects["class"] = world.objects["taught session"].meetings.get()
    world.objects["class of own session"] = world.objects["own session"].meetings.get()
    _roster(world)


def _roster(world: World) -> None:
    taught = world.objects["taught session"]
    away = TraineeFactory.create(person=PersonFactory.create(name="请辞同志"), home_unit=world.town)
    reason = world.canary("reason for declining", seen_by=TOWN)
    enrol(taught, away, Place.DECLINED, decline_reason=reason)
    waiting = TraineeFactory.create(person=PersonFactory.create(name="候补同志"), home_unit=world.town)
    world.objects["waiting place"] = enrol(taught, waiting, Place.WAITING)
    name, content = (world.canary(f"{part} of a material", seen_by=(*OFFICES, "trainee")) for part in ("name", "text"))
    upload = CheckedUpload(f"{name}.pdf", PDF, "application/pdf", content.encode(), b"", None, None, 1)
    owner, staff = world.objects["own session"], world.actors["staff"]
    world.objects["session material"] = store_file(kind=MATERIAL, owner=owner, upload=upload, actor=staff)


def new_session(world: World, actor: str) -> dict[str, Any]:
    day = str(timezone.localdate() + timedelta(days=3))
    when = {"held_on": day, "starts_at": "09:00", "ends_at": "12:00", "hours": "3", "classes": "1", "rhythm": "daily"}
    kinds = {"mode": "classroom", "programme": "other", "state": "open", "capacity": "20"}
    return {"course": str(world.objects["course"].pk), **when, **kinds}


def material(world: World) -> dict[str, Any]:
    return {"pk": world.objects["own session"].pk, "file": world.objects["session material"].pk}


REASON = {"reason": "台风防御"}
WHEN = {
    "held_on": str(timezone.localdate() + timedelta(days=9)),
    "starts_at": "09:00",
    "ends_at": "12:00",
    "hours": "3",
}
FACTS = {"mode": "classroom", "programme": "other", "capacity": "20"}
EDIT, EDITED = PLAN | NOT_THIS, SAVED | NOT_THIS
OTHERS = dict.fromkeys(OFFICES, 403) | NOT_THIS | {"*": 404}
ALONE = dict.fromkeys((*OFFICES, "trainer"), 403) | {"staff": 200, "*": 404}
DONE_ALONE = ALONE | {"staff": 302}
LISTED = OVERSEE | {"trainer": 302, "trainee": 200}
YEAR = OVERSEE | {"trainer": 200, "trainee": 200}
OWN = dict.fromkeys(TOWN, 403) | GOING | {"*": 404}
MATERIAL_READ = OVERSEE | GOING
ROUTES = [
    Route("training:session_list", get=LISTED),
    Route("training:session_list", query="?state=voided", get=LISTED),
    Route("training:session_calendar", get=YEAR),
    Route("training:session_calendar_file", get=YEAR),
    Route("training:session_mine", get={"trainer": 200, "*": 404}),
    Route("training:session_new", get=PLAN, post=SAVED, data=new_session),
    Route("training:session_detail", kwargs=of("taught session"), get=OVERSEE | {"trainer": 200}),
    Route("training:session_detail", kwargs=of("own session"), get=OVERSEE | GOING),
    Route("training:session_detail", kwargs=of("offered session"), get=OVERSEE | GOING),
    Route("training:session_detail", kwargs=of("cancelled session"), get=OVERSEE),
    Route("training:session_detail", kwargs=of("session taken up"), get=OVERSEE),
    Route("training:session_detail", kwargs=of("voided session"), get=OVERSEE),
    Route("training:session_file", kwargs=of("own session"), get=OVERSEE | GOING),
    Route(
        "training:session_edit", kwargs=of("own session"), get=OTHERS, post=OTHERS, data=sent("own session", **FACTS)
    ),
    Route(
        "training:session_edit",
        kwargs=of("taught session"),
        get=ALONE,
        post=DONE_ALONE,
        data=sent("taught session", **FACTS),
    ),
    Route("training:session_open", kwargs=of("planned session"), post=SAVED, data=sent("planned session")),
    Route(
        "training:session_cancel",
        kwargs=of("own session"),
        get=OTHERS,
        post=OTHERS,
        data=sent("own session", **REASON),
    ),
    Route(
        "training:session_cancel",
        kwargs=of("taught session"),
        get=ALONE,
        post=DONE_ALONE,
        data=sent("taught session", **REASON),
    ),
    Route(
        "training:session_take_up", kwargs=of("cancelled session"), get=PLAN, post=SAVED, data=sent("cancelled session")
    ),
    Route(
        "training:session_void",
        kwargs=of("planned session"),
        get=PLAN,
        post=SAVED,
        data=sent("planned session", **REASON),
    ),
    Route("training:session_restore", kwargs=of("voided session"), get=PLAN, post=SAVED, data=sent("voided session")),
    Route(
        "training:meeting_new",
        kwargs=of("taught session"),
        get=ALONE,
        post=DONE_ALONE,
        data=lambda world, actor: dict(WHEN),
    ),
    Route("training:meeting_edit", kwargs=of("class"), get=ALONE, post=DONE_ALONE, data=sent("class", **WHEN)),
    Route("training:meeting_void", kwargs=of("class"), get=ALONE, post=ALONE, data=sent("class", **REASON)),
    Route("training:meeting_void", kwargs=of("class of own session"), get=OTHERS, post=OTHERS),
    Route("training:material_add", kwargs=of("own session"), get=EDIT, post=EDIT),
    Route(
        "training:material_add", kwargs=of("taught session"), get=PLAN | {"trainer": 200}, post=PLAN | {"trainer": 200}
    ),
    Route(
        "training:session_material_remove",
        kwargs=material,
        get=EDIT,
        post=EDITED,
        data=sent("session material", **REASON),
    ),
    Route("files:download", kwargs=of("session material"), get=MATERIAL_READ),
    Route(
        "training:roster_add",
        kwargs=of("planned session"),
        get=PLAN,
        post=PLAN | {"staff": 302},
        data=lambda world, actor: {"names": "候补同志"},
    ),
    Route("training:roster_add", kwargs=of("own session"), get=EDIT, post=EDIT),
    Route("training:roster_fill", kwargs=of("planned session"), get=PLAN, post=PLAN),
    Route(
        "training:session_sign_up",
        kwargs=of("offered session"),
        get=dict.fromkeys(OFFICES, 403) | GOING | {"*": 404},
        post=dict.fromkeys(OFFICES, 403) | {"trainee": 302, "*": 404},
    ),
    Route("training:place_note", kwargs=of("own place"), post=OWN | {"trainee": 302}),
    Route(
        "training:place_decline",
        kwargs=of("own place"),
        get=OWN,
        post=OWN | {"trainee": 302},
        data=lambda world, actor: dict(REASON),
    ),
    Route(
        "training:place_take_off",
        kwargs=of("own place"),
        get=SEAT | NOT_THIS,
        post=SEAT | NOT_THIS | {"staff": 302},
        data=sent("own place", **REASON),
    ),
    Route(
        "training:place_take_off",
        kwargs=of("foreign place"),
        get={"other_staff": 200, "moved_staff": 200, "*": 404},
        post={"other_staff": 302, "moved_staff": 302, "*": 404},
        data=sent("foreign place", **REASON),
    ),
    Route(
        "training:place_move_up",
        kwargs=of("waiting place"),
        post=SEAT | {"staff": 302, "trainer": 403},
        data=sent("waiting place"),
    ),
]
