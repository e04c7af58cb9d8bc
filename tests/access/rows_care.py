"""Talks in every state about the trainee, with restricted texts that no page shows and two that their readers open."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from cadre_app.care.models import ProblemState, Talk, TalkBatch, TalkState
from cadre_app.care.services import batches, bulk, plans, problems, recording, talks, triggers
from cadre_app.care.services.bulk import NewProblem, NewTalk
from tests.access.harness import Route, World
from tests.access.rows_a_people import EDIT, READ, SAVED, of, sent
from tests.factories import PersonFactory, TraineeFactory

WORKERS, TRAINEE = ("staff", "leader"), "trainee"
SEEN = (*WORKERS, TRAINEE)
TODAY = timezone.localdate()


def extend(world: World) -> None:
    """The talks of the trainee; `opened` is recorded by staff, `leader's` by the leader, `sealed` is opened by nobody."""
    plans.sweep_plans()
    file, staff, leader = world.objects["trainee"], world.actors["staff"], world.actors["leader"]
    world.objects["talk plan"] = file.talk_plan

    def told(key: str, *seen_by: str) -> str:
        return world.canary(f"talk {key}", seen_by=seen_by)

    def texts(key: str, *seen_by: str) -> dict[str, str]:
        return {part: told(f"{key} {part}", *seen_by) for part in ("content", "response")}

    def made(key: str, state: str, **values: Any) -> Talk:
        known = {"trainee": file, "planned_on": TODAY, "place": told(f"place of {key}", *SEEN), "interviewer": leader}
        [talk] = bulk.add_talks_many([NewTalk(state=state, **known | values)], actor=staff)
        world.objects[key] = talk
        return talk

    held = {"held_on": TODAY, "topics": ("village",), "recorded_by": staff}
    made("planned talk", TalkState.PLANNED)
    made("booked talk", TalkState.BOOKED, booked_at=timezone.now() + timedelta(days=1))
    made("opened talk", TalkState.HELD, **held | texts("opened", *WORKERS))
    made("leader's talk", TalkState.HELD, **held | {"recorded_by": leader} | texts("leader's", "leader"))
    raised = _problems(told)
    made("sealed talk", TalkState.FOLLOW_UP, **held | texts("sealed"), problems=tuple(raised.values()))
    for key, problem in raised.items():
        world.objects[key] = world.objects["sealed talk"].problems.get(text=problem.text)
    made("closed talk", TalkState.CLOSED, **held, closed_on=TODAY)
    cancelled = talks.cancel_talk(
        made("cancelled talk", TalkState.PLANNED), reason=told("cancelled", *WORKERS), actor=staff
    )
    world.objects["cancelled talk"] = cancelled
    wrong = made(
        "voided talk", TalkState.HELD, **held | {"place": told("place of the voided", *WORKERS)} | texts("voided")
    )
    world.objects["voided talk"] = talks.void_talk(wrong, reason=told("voided", *WORKERS), actor=staff)
    named = recording.name_readers(world.objects["sealed talk"], readers=[], actor=staff)
    world.objects["sealed talk"] = named
    gone = problems.add_problem(named, text=told("voided problem", *WORKERS), due_on=TODAY, actor=staff)
    world.objects["voided problem"] = problems.void_problem(gone, reason="误录", actor=staff)
    _occasions(world, told)
    _batches(world, told)
    _elsewhere(world)


def _problems(told: Any) -> dict[str, NewProblem]:
    """One of each state, by its name."""
    answered = {"answered_on": TODAY, "answer": "已更换"}
    states: dict[str, dict[str, Any]] = {
        ProblemState.TO_ASSIGN: {},
        ProblemState.IN_HAND: {},
        ProblemState.ANSWERED: answered,
        ProblemState.REVISITED: answered | {"revisited_on": TODAY},
        ProblemState.EXPLAINED: answered | {"answer": told("answer", *SEEN)},
    }
    return {
        f"{state} problem": NewProblem(
            text=told(f"{state} problem", *SEEN),
            state=state,
            due_on=TODAY + timedelta(days=number),
            handling_unit=told(f"unit of the {state} problem", *SEEN) if state != ProblemState.TO_ASSIGN else "",
            **values,
        )
        for number, (state, values) in enumerate(states.items())
    }


def _occasions(world: World, told: Any) -> None:
    file, staff = world.objects["trainee"], world.actors["staff"]
    known = {"occasion": "setback", "happened_on": TODAY, "actor": staff}
    world.objects["occasion"] = triggers.add_trigger(file, subject=told("occasion", *WORKERS), **known)
    aside = triggers.add_trigger(file, subject=told("occasion set aside", *WORKERS), **known)
    reason = told("reason of setting aside", *WORKERS)
    world.objects["occasion set aside"] = triggers.set_aside_trigger(aside, reason=reason, actor=staff)


def _batches(world: World, told: Any) -> None:
    """Talks planned together for somebody of the town, and some that were taken back; and somebody who is due."""
    staff = world.actors["staff"]
    quarter_on = date(TODAY.year, (TODAY.month - 1) // 3 * 3 + 1, 1)
    for key in ("batch", "batch taken back", ""):
        seen_by = (*WORKERS, "liaison")
        person = PersonFactory.create(name=world.canary(f"name of the {key or 'due'}", seen_by=seen_by))
        file = TraineeFactory.create(person=person, home_unit=world.town, arrived_on=TODAY - timedelta(days=700))
        plans.sweep_plans()
        if not key:
            continue
        talk_batch = TalkBatch.objects.create(quarter_on=quarter_on, unit=world.town, made_by=staff)
        Talk.objects.create(trainee=file, planned_on=TODAY, batch=talk_batch)
        world.objects[key] = talk_batch
    world.objects["batch taken back"] = batches.undo_batch(
        world.objects["batch taken back"], reason=told("batch", *WORKERS), actor=staff
    )


def _elsewhere(world: World) -> None:
    """A talk of the other tree, which nobody of the district sees."""
    secret = world.canary("talk elsewhere", seen_by=("other_staff", "moved_staff"))
    file = TraineeFactory.create(person=PersonFactory.create(name="别区同志"), home_unit=world.elsewhere)
    new = NewTalk(trainee=file, state=TalkState.PLANNED, planned_on=TODAY, place=secret)
    [world.objects["talk elsewhere"]] = bulk.add_talks_many([new], actor=world.actors["other_staff"])


def data(key: str, **values: Any) -> Any:
    """What is sent about the object, with accounts put in for their names."""

    def fields(world: World, actor: str) -> dict[str, Any]:
        known = sent(key, **values)(world, actor) if key else dict(values)
        leader = world.actors["leader"].pk
        return {name: leader if value in ("the leader", ["the leader"]) else value for name, value in known.items()}

    return fields


DAY = TODAY.isoformat()
LATER = (TODAY + timedelta(days=9)).isoformat()
FACTS = {"kind": "routine", "occasion": "routine", "interviewer": "the leader", "topics": ["village"]}
PROBLEM = {"text": "办公电脑老旧", "handling_unit": "党政办", "due_on": LATER}
LIST = dict.fromkeys((*WORKERS, "other_staff", "moved_staff"), 200) | {"*": 404}
TALK = dict.fromkeys(SEEN, 200) | {"*": 404}
CHANGE = TALK | {"leader": 403, TRAINEE: 403}
DONE = CHANGE | {"staff": 302}
WORKED = {"staff": 200, "leader": 403, "*": 404}
WORKED_DONE = WORKED | {"staff": 302}
READER = {"staff": 200, "leader": 403, TRAINEE: 403, "*": 404}
BY_LEADER = {"staff": 403, "leader": 200, TRAINEE: 403, "*": 404}
QUARTER = LIST | {"leader": 403}
UNDO = {"staff": 200, "*": 404}


def change(name: str, key: str, done: Any = DONE, seen: Any = CHANGE, **values: Any) -> Route:
    return Route(f"care:{name}", kwargs=of(key), get=seen, post=done, data=data(key, **values))


ROUTES = [
    Route("care:talk_list", get=LIST | {TRAINEE: 200}),
    Route(
        "care:talk_list", query="?columns=planned_on,name,topics,place,state,kind,held_on", get=LIST | {TRAINEE: 200}
    ),
    Route("care:talk_list", query="?state=voided&q=金丝雀", get=LIST | {TRAINEE: 200}),
    Route("care:talk_list", query="?as_of=2025-06-30", get=LIST | {TRAINEE: 200}),
    Route("care:plan_list", get=LIST),
    Route("care:problem_list", get=LIST),
    Route("care:problem_list", query="?columns=text,answer,handling_unit,state&sort=-due_on", get=LIST),
    Route(
        "care:talk_plan_many",
        post=LIST | {"leader": 403},
        data=lambda world, actor: {"pick": world.objects["talk plan"].pk},
    ),
    Route("care:quarter_plan", get=QUARTER, post=QUARTER, data=lambda world, actor: {"submission": str(uuid4())}),
    Route("care:quarter_plan", query="?quarter=1999-1", get=QUARTER, post=QUARTER),
    change("batch_undo", "batch", UNDO | {"staff": 302}, UNDO, reason="重新安排"),
    change("batch_undo", "batch taken back", UNDO | {"staff": 403}, UNDO | {"staff": 403}, reason="重新安排"),
    Route(
        "care:talk_ask", get={TRAINEE: 200, "*": 404}, post={TRAINEE: 302, "*": 404}, data=data("", subject="想谈谈")
    ),
    Route("care:talk_new", kwargs=of("trainee"), get=EDIT, post=SAVED, data=data("", **FACTS, planned_on=LATER)),
    Route("care:talk_add_held", kwargs=of("trainee"), get=EDIT, post=SAVED, data=data("", **FACTS, held_on=DAY)),
    Route(
        "care:trigger_new",
        kwargs=of("trainee"),
        get=EDIT,
        post=SAVED,
        data=data("", occasion="setback", happened_on=DAY),
    ),
    change("trigger_set_aside", "occasion", WORKED_DONE, WORKED, reason="已了解"),
    change("trigger_take_up", "occasion set aside", WORKED_DONE, WORKED, reason="仍需谈话"),
    change("plan_edit", "talk plan", WORKED_DONE, WORKED, cadence_months="12"),
    *(
        Route("care:talk_detail", kwargs=of(key), get=TALK)
        for key in ("planned talk", "booked talk", "opened talk", "leader's talk", "sealed talk", "cancelled talk")
    ),
    Route("care:talk_detail", kwargs=of("voided talk"), get=TALK | {TRAINEE: 404}),
    Route("care:talk_detail", kwargs=of("talk elsewhere"), get={"other_staff": 200, "moved_staff": 200, "*": 404}),
    change("talk_edit", "planned talk", **FACTS, planned_on=LATER),
    change("talk_edit", "opened talk", **FACTS, held_on=DAY),
    change("talk_book", "planned talk", booked_on=LATER, booked_time="15:00", place="部里", interviewer="the leader"),
    change("talk_record", "booked talk", held_on=DAY, interviewer="the leader", topics=["village"], content="谈了工作"),
    change("talk_cancel", "booked talk", reason="出差"),
    change("talk_reopen", "cancelled talk", reason="已返回"),
    change("talk_void", "opened talk", reason="误录"),
    change("talk_restore", "voided talk", DONE | {TRAINEE: 404}, CHANGE | {TRAINEE: 404}, reason=""),
    Route("care:talk_close", kwargs=of("opened talk"), post=DONE, data=data("opened talk")),
    Route("care:talk_read", kwargs=of("opened talk"), post=READER),
    Route("care:talk_read", kwargs=of("leader's talk"), post=BY_LEADER),
    Route(
        "care:talk_reveal", kwargs=of("opened talk"), get=BY_LEADER, post=BY_LEADER, data=data("", reason="了解情况")
    ),
    change("talk_write", "opened talk", content="改写"),
    change("talk_write", "leader's talk", CHANGE | {"staff": 403}, CHANGE | {"staff": 403}, content="改写"),
    change("talk_readers", "opened talk", readers=["the leader"]),
    change("problem_new", "opened talk", **PROBLEM),
    change("problem_assign", "to_assign problem", WORKED_DONE, WORKED, **PROBLEM),
    change("problem_answer", "in_hand problem", WORKED_DONE, WORKED, answer="已办", answered_on=DAY),
    change("problem_revisit", "answered problem", WORKED_DONE, WORKED, revisited_on=DAY),
    change("problem_close", "revisited problem", WORKED_DONE, WORKED),
    change("problem_reopen", "explained problem", WORKED_DONE, WORKED, reason="可以办了"),
    change("problem_void", "in_hand problem", WORKED_DONE, WORKED, reason="误录"),
    change("problem_restore", "voided problem", WORKED_DONE, WORKED, reason=""),
    Route("growth:file", kwargs=of("trainee"), query="?kind=talks", get=READ),
    Route("growth:print", kwargs=of("trainee"), query="?kind=talks", get=READ),
]
