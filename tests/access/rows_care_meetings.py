"""Symposiums and visits in every state about the trainee, with restricted texts that no page shows but to their readers."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.care.models import CareVisit, ProblemState, Symposium, SymposiumState, VisitState
from cadre_app.care.services import invitations, problems, remarks, symposiums, visits
from cadre_app.care.services.bulk import NewProblem
from cadre_app.care.services.meetings_bulk import (
    Invited,
    NewSymposium,
    NewVisit,
    Said,
    add_symposiums_many,
    add_visits_many,
)
from tests.access.harness import Route, World
from tests.access.rows_a_people import EDIT, READ, SAVED, of, sent
from tests.access.rows_care import data

WORKERS, TRAINEE = ("staff", "leader"), "trainee"
SEEN = (*WORKERS, TRAINEE)
ELSEWHERE = ("other_staff", "moved_staff")
TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=9)
OPEN_PROBLEM: dict[str, Any] = {"due_on": LATER, "state": ProblemState.IN_HAND}


def extend(world: World) -> None:
    _symposiums(world)
    _visits(world)


def _symposiums(world: World) -> None:
    file, tied, staff, leader = (
        world.objects["trainee"], world.objects["tied"], world.actors["staff"], world.actors["leader"],
    )  # fmt: skip

    def told(key: str, *seen_by: str) -> str:
        return world.canary(f"symposium {key}", seen_by=seen_by)

    def made(key: str, state: str, **values: Any) -> Symposium:
        known = {
            "title": key, "kind": "topic", "unit": world.district, "day": TODAY, "starts_at": time(19),
            "ends_at": time(21), "chair": "部长", "agenda": told(f"agenda of {key}", *SEEN), "prepared_by": staff,
            "place": told(f"place of {key}", *SEEN), "guests": told(f"guests of {key}", *WORKERS),
            "note": told(f"note of {key}"), "invited": (Invited(trainee=file),), "notified_on": TODAY,
        }  # fmt: skip
        [symposium] = add_symposiums_many([NewSymposium(state=state, **known | values)], actor=staff)
        world.objects[key] = symposium
        return symposium

    made(
        "planned symposium", SymposiumState.PLANNED, notified_on=None, place=told("place of the planned", *WORKERS),
        agenda=told("agenda of the planned", *WORKERS), day=LATER,
    )  # fmt: skip
    reason = told("reason of leave", *WORKERS)
    notified = made(
        "notified symposium", SymposiumState.NOTIFIED, day=LATER,
        invited=(Invited(trainee=file), Invited(trainee=tied, answer="excused", answer_reason=reason)),
    )  # fmt: skip
    world.objects["invitation"] = notified.invitations.get(trainee=file)
    world.objects["invitation of another"] = notified.invitations.get(trainee=tied)
    raised = told("problem of another", *WORKERS)
    held = made(
        "held symposium", SymposiumState.HELD, minutes=told("minutes", *SEEN), note=told("note", *WORKERS),
        invited=(Invited(trainee=file, presence="present"), Invited(trainee=tied, presence="absent")),
        remarks=(Said(text=told("remark", *SEEN)),),
        problems=(
            (tied, NewProblem(text=raised, handling_unit="党政办", **OPEN_PROBLEM)),
            (file, NewProblem(text=told("own problem", *SEEN), handling_unit="党政办", **OPEN_PROBLEM)),
        ),
    )  # fmt: skip
    world.objects["remark"] = held.remarks.get()
    world.objects["symposium problem"] = held.problems.get(text=raised)
    wrong = remarks.add_remark(held, text=told("voided remark", *WORKERS), is_anonymous=True, actor=staff)
    remarks.void_remark(wrong, reason="误录", actor=staff)
    world.objects["leader's symposium"] = made(
        "leader's symposium", SymposiumState.HELD, prepared_by=leader, note=told("leader's note", "leader"),
        invited=(Invited(trainee=file, presence="present"),), minutes=told("leader's minutes", *SEEN),
    )  # fmt: skip
    made("closed symposium", SymposiumState.CLOSED, closed_on=TODAY)
    cancelled = made("cancelled symposium", SymposiumState.NOTIFIED, day=LATER)
    why = told("reason of cancelling", *SEEN)
    world.objects["cancelled symposium"] = symposiums.cancel_symposium(cancelled, reason=why, actor=staff)
    gone = made(
        "voided symposium", SymposiumState.HELD, place=told("place of the voided", *WORKERS),
        agenda=told("agenda of the voided", *WORKERS),
    )  # fmt: skip
    world.objects["voided symposium"] = symposiums.void_symposium(gone, reason=told("voided", *WORKERS), actor=staff)
    off = made(
        "symposium of others", SymposiumState.NOTIFIED, day=LATER, place=told("place of others", *WORKERS),
        agenda=told("agenda of others", *WORKERS), invited=(Invited(trainee=tied), Invited(trainee=file)),
    )  # fmt: skip
    invitations.take_off(off.invitations.get(trainee=file), reason="名额所限", actor=staff)
    made(
        "symposium elsewhere", SymposiumState.NOTIFIED, unit=world.elsewhere, day=LATER, invited=(),
        place=told("elsewhere", *ELSEWHERE), agenda=told("agenda elsewhere", *ELSEWHERE),
        guests=told("guests elsewhere", *ELSEWHERE),
    )  # fmt: skip


def _visits(world: World) -> None:
    file, staff, leader = world.objects["trainee"], world.actors["staff"], world.actors["leader"]

    def told(key: str, *seen_by: str) -> str:
        return world.canary(f"care visit {key}", seen_by=seen_by)

    def made(key: str, state: str, actor: Any = staff, **values: Any) -> CareVisit:
        known = {"trainee": file, "occasion": "02", "planned_on": TODAY, "visitor": leader, "note": told(f"note {key}")}
        known |= {"place": told(f"place of {key}", *WORKERS)}
        [visit] = add_visits_many([NewVisit(state=state, **known | values)], actor=actor)
        world.objects[key] = visit
        return visit

    def open_to_all(key: str) -> dict[str, Any]:
        return {part: told(f"{part} of {key}", *SEEN) for part in ("place", "summary", "brought", "subject")}

    made("planned care visit", VisitState.PLANNED, subject=told("subject of the planned", *WORKERS))
    made(
        "held care visit", VisitState.HELD, held_on=TODAY, **open_to_all("held") | {"note": told("note", *WORKERS)},
        problems=(NewProblem(text=told("problem", *SEEN), handling_unit="党政办", **OPEN_PROBLEM),),
    )  # fmt: skip
    world.objects["visit problem"] = world.objects["held care visit"].problems.get()
    made("leader's care visit", VisitState.HELD, leader, held_on=TODAY, note=told("leader's note", "leader"), place="")
    made("closable care visit", VisitState.HELD, held_on=TODAY, **open_to_all("closable"))
    made("closed care visit", VisitState.CLOSED, held_on=TODAY, closed_on=TODAY, **open_to_all("closed"))
    cancelled = made("cancelled care visit", VisitState.PLANNED)
    why = told("cancelled", *WORKERS)
    world.objects["cancelled care visit"] = visits.cancel_visit(cancelled, reason=why, actor=staff)
    gone = made("voided care visit", VisitState.HELD, held_on=TODAY)
    world.objects["voided care visit"] = visits.void_visit(gone, reason=told("voided", *WORKERS), actor=staff)
    wrong = problems.add_problem(
        world.objects["held care visit"], text=told("voided problem", *WORKERS), due_on=LATER, actor=staff
    )
    world.objects["voided visit problem"] = problems.void_problem(wrong, reason="误录", actor=staff)


def attendance(world: World, actor: str) -> dict[str, Any]:
    symposium = world.objects["held symposium"]
    keys = symposium.invitations.values_list("pk", flat=True)
    return {**sent("held symposium")(world, actor), **{f"presence_{key.hex}": "present" for key in keys}}


def planned(world: World, actor: str) -> dict[str, Any]:
    unit = world.elsewhere if actor in ELSEWHERE else world.district
    return FACTS | {"unit": unit.pk}


def changed(world: World, actor: str) -> dict[str, Any]:
    return {**sent("planned symposium")(world, actor), **FACTS, "unit": world.district.pk}


FACTS = {
    "title": "座谈会", "kind": "topic", "day": LATER.isoformat(), "starts_at": "09:00", "ends_at": "11:00",
    "place": "会议室", "chair": "部长", "agenda": "交流",
}  # fmt: skip
VISIT = {"occasion": "01", "planned_on": LATER.isoformat(), "visitor": "the leader"}
RECORD = {"held_on": TODAY.isoformat(), "visitor": "the leader", "summary": "一切安好"}
PROBLEM = {"text": "宿舍漏水", "handling_unit": "党政办", "due_on": LATER.isoformat()}
LIST = dict.fromkeys((*WORKERS, *ELSEWHERE), 200) | {"*": 404}
OWN = LIST | {TRAINEE: 200}
PLAN = LIST | {"leader": 403}
WORK = dict.fromkeys(WORKERS, 200) | {"*": 404}
PAGE = WORK | {TRAINEE: 200}
CHANGE = PAGE | {"leader": 403, TRAINEE: 403}
DONE = CHANGE | {"staff": 302}
HIDDEN = CHANGE | {TRAINEE: 404}
HIDDEN_DONE = HIDDEN | {"staff": 302}
ANSWER = dict.fromkeys(WORKERS, 403) | {TRAINEE: 200, "*": 404}
READER = CHANGE | {"staff": 200}
BY_LEADER = CHANGE | {"staff": 403, "leader": 200}
NOT_AUTHOR = CHANGE | {"staff": 403}


def change(name: str, key: str, done: Any = DONE, seen: Any = CHANGE, **values: Any) -> Route:
    return Route(f"care:{name}", kwargs=of(key), get=seen, post=done, data=data(key, **values))


def _notes(kind: str, owner: str, leaders: str) -> list[Route]:
    """The restricted text: read by its author, opened by leaders, written by nobody else."""
    return [
        Route(f"care:{kind}_read", kwargs=of(owner), post=READER),
        Route(f"care:{kind}_read", kwargs=of(leaders), post=BY_LEADER),
        Route(f"care:{kind}_reveal", kwargs=of(owner), get=BY_LEADER, post=BY_LEADER, data=data("", reason="了解情况")),
        change(f"{kind}_write", owner, note="改写"),
        change(f"{kind}_write", leaders, NOT_AUTHOR, NOT_AUTHOR, note="改写"),
        change(f"{kind}_readers", owner, readers=["the leader"]),
    ]


ROUTES = [
    Route("care:symposium_list", get=OWN),
    Route("care:symposium_list", query="?columns=day,title,place,agenda,state,chair", get=OWN),
    Route("care:symposium_list", query="?state=voided&q=金丝雀", get=OWN),
    Route("care:symposium_new", get=PLAN, post=PLAN | dict.fromkeys(("staff", *ELSEWHERE), 302), data=planned),
    *(
        Route("care:symposium_detail", kwargs=of(f"{key} symposium"), get=PAGE)
        for key in ("notified", "held", "leader's", "closed", "cancelled")
    ),
    *(
        Route("care:symposium_detail", kwargs=of(key), get=WORK)
        for key in ("planned symposium", "voided symposium", "symposium of others")
    ),
    Route("care:symposium_detail", kwargs=of("symposium elsewhere"), get=dict.fromkeys(ELSEWHERE, 200) | {"*": 404}),
    Route("care:symposium_edit", kwargs=of("planned symposium"), get=HIDDEN, post=HIDDEN_DONE, data=changed),
    change("symposium_notify", "planned symposium", HIDDEN_DONE, HIDDEN),
    change("symposium_cancel", "planned symposium", HIDDEN_DONE, HIDDEN, reason="防汛"),
    change("symposium_reopen", "closed symposium", reason="补录"),
    change("symposium_void", "notified symposium", reason="误录"),
    change("symposium_restore", "voided symposium", HIDDEN_DONE, HIDDEN, reason=""),
    Route("care:symposium_close", kwargs=of("leader's symposium"), post=DONE, data=data("leader's symposium")),
    Route("care:symposium_add", kwargs=of("notified symposium"), get=CHANGE),
    Route(
        "care:symposium_place", kwargs=of("planned symposium"), post=HIDDEN,
        data=lambda world, actor: {"pick": [world.objects[key].pk for key in ("tied", "foreign trainee")]},
    ),
    Route("care:symposium_attendance", kwargs=of("held symposium"), get=CHANGE, post=DONE, data=attendance),
    Route("care:symposium_sheet", kwargs=of("held symposium"), get=CHANGE),
    change("symposium_minutes", "held symposium", minutes="会议情况"),
    change("remark_new", "held symposium", text="建议多交流", is_anonymous="on"),
    change("remark_edit", "remark", text="建议多交流", is_anonymous="on"),
    change("remark_void", "remark", reason="误录"),
    change("symposium_problem_new", "held symposium", **PROBLEM),
    change("problem_assign", "symposium problem", HIDDEN_DONE, HIDDEN, **PROBLEM),
    change("problem_answer", "visit problem", HIDDEN_DONE, HIDDEN, answer="已办", answered_on=TODAY.isoformat()),
    change("problem_restore", "voided visit problem", HIDDEN_DONE, HIDDEN, reason=""),
    change("invitation_remove", "invitation", reason="名额所限"),
    change("invitation_remove", "invitation of another", HIDDEN_DONE, HIDDEN, reason="名额所限"),
    change("invitation_answer", "invitation", ANSWER | {TRAINEE: 302}, ANSWER, answer="coming"),
    change("invitation_answer", "invitation of another", HIDDEN | {"staff": 403}, HIDDEN | {"staff": 403}),
    *_notes("symposium", "held symposium", "leader's symposium"),
    Route("care:visit_list", get=OWN),
    Route("care:visit_list", query="?columns=planned_on,name,subject,place,brought,summary,state", get=OWN),
    Route("care:visit_list", query="?state=voided&q=金丝雀", get=OWN),
    Route("care:visit_people", get=PLAN),
    Route("care:visit_plan_many", post=PLAN, data=lambda world, actor: {"pick": world.objects["trainee"].pk}),
    Route("care:visit_new", kwargs=of("trainee"), get=EDIT, post=SAVED, data=data("", **VISIT)),
    Route("care:visit_add_held", kwargs=of("trainee"), get=EDIT, post=SAVED, data=data("", occasion="02", **RECORD)),
    *(
        Route("care:visit_detail", kwargs=of(f"{key} care visit"), get=PAGE)
        for key in ("held", "leader's", "closable", "closed")
    ),
    *(
        Route("care:visit_detail", kwargs=of(f"{key} care visit"), get=WORK)
        for key in ("planned", "cancelled", "voided")
    ),
    change("visit_edit", "planned care visit", HIDDEN_DONE, HIDDEN, **VISIT),
    change("visit_record", "planned care visit", HIDDEN_DONE, HIDDEN, **RECORD),
    change("visit_cancel", "planned care visit", HIDDEN_DONE, HIDDEN, reason="出差"),
    change("visit_reopen", "closed care visit", reason="补录"),
    change("visit_void", "held care visit", reason="误录"),
    change("visit_restore", "voided care visit", HIDDEN_DONE, HIDDEN, reason=""),
    Route("care:visit_close", kwargs=of("closable care visit"), post=DONE, data=data("closable care visit")),
    change("visit_problem_new", "held care visit", **PROBLEM),
    *_notes("visit", "held care visit", "leader's care visit"),
    Route("growth:file", kwargs=of("trainee"), query="?kind=talks&size=100", get=READ),
    Route(
        "documents:paper", kwargs=lambda world: {"kind": "care.minutes", "pk": world.objects["held symposium"].pk},
        get=WORK,
    ),
]  # fmt: skip
