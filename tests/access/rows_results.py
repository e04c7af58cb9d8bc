"""Comparisons of results: one in each state. The actor `host` scores; the trainee and the one whom `mentor` guides are in
teams of the published one; the liaison enters a result of the town.

Made after the growth file of the mentored one (rows_growth) and its pairing (rows_mentorship).
"""

from datetime import date
from typing import Any

from django.utils import timezone

from cadre_app.assignments.models import CompetitionState, EntryState, PostingState
from cadre_app.assignments.services.competition_entries import EVIDENCE
from cadre_app.files import services as files
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, person_of, sent
from tests.assignments.competing import make_competition, make_entry, make_reviewer, make_scores
from tests.assignments.factories import front, make_posting
from tests.assignments.postings.conftest import upload
from tests.factories import PersonFactory, TraineeFactory, UserFactory

DEPARTMENT = ("staff", "leader")
TRAINEE, MENTOR, HOST, LIAISON = "trainee", "mentor", "host", "liaison"
READERS = (*DEPARTMENT, LIAISON, TRAINEE, MENTOR)
TODAY = timezone.localdate()


def extend(world: World) -> None:
    def told(key: str, *seen_by: str) -> str:
        return world.canary(f"team {key}", seen_by=seen_by)

    def member(key: str, *seen_by: str) -> Any:
        person = PersonFactory.create(name=told(key, *DEPARTMENT, *seen_by))
        return TraineeFactory.create(person=person, home_unit=world.district)

    staff = world.actors["staff"]

    def made(state: str, *seen_by: str) -> Any:
        found = make_competition(
            world.district, actor=staff, state=state, title=told(state, *DEPARTMENT, *seen_by), criteria=criteria(state)
        )
        world.objects[f"{state} comparison"] = found
        return found

    def criteria(state: str) -> Any:
        seen_by = {"open": (LIAISON,), "review": (HOST,), "published": READERS}.get(state, ())
        return (("任务完成", told(f"criterion of {state}", *DEPARTMENT, *seen_by), 40, True),)

    draft = made(CompetitionState.DRAFT)
    world.objects["criterion"] = draft.criteria.get()
    _open(world, made(CompetitionState.OPEN, LIAISON), told, member)
    _review(world, made(CompetitionState.REVIEW, HOST), told, member)
    _whole_fronts(world, told)
    made(CompetitionState.CLOSED)
    verified = make_competition(
        world.district, actor=staff, state=CompetitionState.CLOSED, title=told("verified by the leader", *DEPARTMENT)
    )
    make_entry(verified, verified_by=world.actors["leader"])
    world.objects["comparison verified by the leader"] = verified
    made(CompetitionState.SIGNED)
    _published(world, made(CompetitionState.PUBLISHED, LIAISON, TRAINEE, MENTOR), told, member)


def _open(world: World, competition: Any, told: Any, member: Any) -> None:
    liaison, seen_by = world.actors[LIAISON], (*DEPARTMENT, LIAISON)
    for name in ("干部甲", "干部乙"):
        make_posting(TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=world.district))
    world.objects["town's result"] = make_entry(
        competition, member("member of the town's team", LIAISON), unit=world.town, actor=liaison,
        name=told("town's team", *seen_by), result=told("town's result", *seen_by), state=EntryState.ENTERED,
    )  # fmt: skip
    entry = make_entry(
        competition, member("member of the district's team"), unit=world.district, actor=world.actors["staff"],
        name=told("district's team", *DEPARTMENT), result=told("district's result", *DEPARTMENT),
        state=EntryState.ENTERED,
    )  # fmt: skip
    world.objects["district's result"] = entry
    gone = make_entry(competition, name="", result=told("voided result", *DEPARTMENT), voided_at=timezone.now())
    world.objects["voided result"] = gone
    file = files.store_file(kind=EVIDENCE, owner=entry, upload=upload(), actor=world.actors["staff"])
    world.objects["evidence"] = file


def _whole_fronts(world: World, told: Any) -> None:
    """Published, of a year in which the trainee served on one of its fronts; the actor `host` has scored it."""
    competition = make_competition(
        world.district, actor=world.actors["staff"], state=CompetitionState.PUBLISHED, front_keys=["relief"],
        title=told("fronts", *DEPARTMENT, LIAISON, TRAINEE, HOST), started_on=date(2024, 1, 1),
        ended_on=date(2024, 12, 31), criteria=(("任务完成", "转移人数", 40, True),),
    )  # fmt: skip
    days = {"on": date(2024, 3, 1), "state": PostingState.CLOSED, "ended_on": date(2024, 6, 30)}
    make_posting(world.objects[TRAINEE], front=front("relief"), **days)
    result = told("result of the front", *DEPARTMENT, LIAISON, TRAINEE, HOST)
    entry = make_entry(competition, front=front("relief"), result=result)
    own = make_reviewer(competition, person_of(world, HOST))
    make_scores(own, entry, 31, comment=told("remark on the front", *DEPARTMENT, HOST))
    world.objects["comparison of fronts"] = competition
    world.objects["closed sheet"], world.objects["front's result"] = type(own).objects.get(pk=own.pk), entry


def _review(world: World, competition: Any, told: Any, member: Any) -> None:
    seen_by = (*DEPARTMENT, HOST)
    entry = make_entry(
        competition, member("member in review", HOST), unit=world.district, name=told("team in review", *seen_by),
        result=told("result in review", *seen_by),
    )  # fmt: skip
    unverified = told("unverified in review", *DEPARTMENT)
    make_entry(competition, unit=world.district, name="未核实组", result=unverified, state=EntryState.RETURNED)
    own = make_reviewer(competition, person_of(world, HOST))
    make_scores(own, entry, 30, comment=told("own remark", *seen_by))
    own.refresh_from_db()
    other = PersonFactory.create(name=told("other reviewer", *DEPARTMENT), account=UserFactory.create())
    second = make_reviewer(competition, other)
    make_scores(second, entry, 20, comment=told("remark of the other", *DEPARTMENT))
    world.objects["scored result"], world.objects["own sheet"] = entry, own
    world.objects["other sheet"] = type(second).objects.get(pk=second.pk)


def _published(world: World, competition: Any, told: Any, member: Any) -> None:
    files_of = {"first": world.objects[TRAINEE], "second": world.objects["mentored"]}
    reviewer = make_reviewer(
        competition, PersonFactory.create(name=told("published reviewer", *READERS), account=UserFactory.create())
    )
    for key, file in files_of.items():
        entry = make_entry(
            competition, file, member(f"mate in the {key} team"), unit=world.district,
            name=told(f"{key} team", *READERS), result=told(f"published result of the {key}", *READERS),
        )  # fmt: skip
        make_scores(reviewer, entry, 33, comment=told(f"published remark on the {key}", *DEPARTMENT))
        world.objects[f"{key} published result"] = entry
    secret = told("returned in the published", *DEPARTMENT)
    make_entry(competition, unit=world.district, name="未核实组", result=secret, state=EntryState.RETURNED)


LIST = dict.fromkeys((*DEPARTMENT, LIAISON, "other_staff", "moved_staff"), 200) | {"*": 404}
RUN = {"staff": 200, "leader": 403, "*": 404}
RUN_OPEN = RUN | {LIAISON: 403}
RUN_REVIEW = RUN | {HOST: 403}
RUN_PUBLISHED = RUN | dict.fromkeys((LIAISON, TRAINEE, MENTOR), 403)
SIGN = {"leader": 200, "staff": 403, "*": 404}
ENTER = {"staff": 200, LIAISON: 200, "leader": 403, "*": 404}
# Sent as the result of a front as a whole, which the liaison of a unit below does not enter: the form comes back.
ENTERED = ENTER | {"staff": 302}
READ_FRONTS = dict.fromkeys((*DEPARTMENT, LIAISON, TRAINEE, HOST), 200) | {"*": 404}
NO_SHEET = dict.fromkeys((*DEPARTMENT, LIAISON, TRAINEE), 403) | {"*": 404}
CHECK = dict.fromkeys(DEPARTMENT, 200) | {LIAISON: 403, "*": 404}
SCORE = {HOST: 200} | dict.fromkeys(DEPARTMENT, 403) | {"*": 404}
UNSEEN = dict.fromkeys(DEPARTMENT, 403) | {"*": 404}
PLAN = LIST | {"leader": 403, LIAISON: 403}
REASON = {"reason": "录入有误"}
PLANNED = {
    "title": "新比拼", "front_keys": ["headquarters"], "started_on": TODAY.isoformat(), "ended_on": TODAY.isoformat(),
}  # fmt: skip
CRITERION = {"name": "进度", "counts": "开工数量", "points": 20}


def done(expected: dict[str, int]) -> dict[str, int]:
    """The same where a form that is sent leads on."""
    return {actor: 302 if status == 200 else status for actor, status in expected.items()}


def on(name: str, key: str, who: dict[str, int], act: str = "", /, *, kept: bool = True, **data: Any) -> Route:
    """A page with a form about the object of `key`, which is sent as it should be, or comes back where not `kept`."""
    keys = of(key)
    kwargs = (lambda world: keys(world) | {"act": act}) if act else keys
    return Route(f"assignments:{name}", kwargs=kwargs, get=who, post=done(who) if kept else who, data=sent(key, **data))


def planned(world: World, actor: str) -> dict[str, Any]:
    unit = world.elsewhere if actor in ("other_staff", "moved_staff") else world.district
    return PLANNED | {"unit": unit.pk}


def result(world: World, actor: str) -> dict[str, Any]:
    """Of the front as a whole, so that no members are asked for."""
    return {"kind": "front", "front": front().pk, "result": "完成任务", "numbers": "签约1户"}


def changed(key: str) -> Any:
    keyed = sent(key)
    return lambda world, actor: keyed(world, actor) | result(world, actor)


def scored(world: World, actor: str) -> dict[str, Any]:
    criterion = world.objects["scored result"].competition.criteria.get()
    return sent("own sheet")(world, actor) | {f"points_{criterion.pk}": 25, f"comment_{criterion.pk}": ""}


def one_result(world: World) -> dict[str, Any]:
    return of("own sheet")(world) | {"entry": world.objects["scored result"].pk}


ROUTES = [
    Route("assignments:competition_list", get=LIST),
    Route("assignments:competition_list", query="?q=金丝雀&front=headquarters&state=voided", get=LIST),
    Route("assignments:competition_new", get=PLAN, post=done(PLAN), data=planned),
    Route("assignments:competition_detail", kwargs=of("draft comparison"), get=CHECK | {LIAISON: 404}),
    Route("assignments:competition_detail", kwargs=of("open comparison"), get=CHECK | {LIAISON: 200}),
    Route("assignments:competition_detail", kwargs=of("review comparison"), get=CHECK | {LIAISON: 404, HOST: 200}),
    Route("assignments:competition_detail", kwargs=of("closed comparison"), get=CHECK | {LIAISON: 404}),
    Route(
        "assignments:competition_detail",
        kwargs=of("published comparison"),
        get=dict.fromkeys(READERS, 200) | {"*": 404},
    ),
    Route(
        "assignments:competition_edit",
        kwargs=of("draft comparison"),
        get=RUN,
        post=done(RUN),
        data=lambda world, actor: sent("draft comparison")(world, actor) | planned(world, "staff"),
    ),
    Route(
        "assignments:criterion_new", kwargs=of("draft comparison"), get=RUN, post=done(RUN), data=lambda w, a: CRITERION
    ),
    on("criterion_edit", "criterion", RUN, **CRITERION),
    on("criterion_remove", "criterion", RUN, **REASON),
    on("competition_act", "draft comparison", RUN, "open"),
    on("competition_act", "open comparison", RUN_OPEN, "review", kept=False, scores_until=TODAY.isoformat()),
    on("competition_act", "open comparison", RUN_OPEN, "cancel", **REASON),
    on("competition_act", "review comparison", RUN_REVIEW, "close", kept=False),
    on("competition_act", "review comparison", RUN_REVIEW, "move", scores_until=TODAY.isoformat(), **REASON),
    Route("assignments:competition_detail", kwargs=of("comparison of fronts"), get=READ_FRONTS),
    on("competition_act", "closed comparison", SIGN, "sign"),
    on("competition_act", "comparison verified by the leader", UNSEEN, "sign"),
    on("competition_act", "comparison verified by the leader", UNSEEN, "send-back", **REASON),
    on("competition_act", "signed comparison", SIGN, "send-back", **REASON),
    on("competition_act", "signed comparison", RUN, "publish"),
    on("competition_act", "published comparison", RUN_PUBLISHED, "back", **REASON),
    Route("assignments:result_new", kwargs=of("open comparison"), get=ENTER, post=ENTERED, data=result),
    Route(
        "assignments:result_edit",
        kwargs=of("town's result"),
        get=ENTER,
        post=ENTERED,
        data=changed("town's result"),
    ),
    Route(
        "assignments:result_edit",
        kwargs=of("district's result"),
        get=RUN,
        post=done(RUN),
        data=changed("district's result"),
    ),
    on("result_act", "town's result", CHECK, "verify"),
    on("result_act", "district's result", {"leader": 200, "staff": 403, "*": 404}, "return", **REASON),
    on("result_act", "district's result", RUN, "void", **REASON),
    on("result_act", "voided result", RUN, "restore", **REASON),
    Route(
        "assignments:result_page",
        kwargs=of("town's result"),
        get=dict.fromkeys((*DEPARTMENT, LIAISON), 302) | {"*": 404},
    ),
    Route(
        "assignments:result_page",
        kwargs=of("first published result"),
        get=dict.fromkeys(READERS, 302) | {"*": 404},
    ),
    on("evidence_remove", "evidence", RUN, **REASON),
    on("competition_reviewers", "open comparison", RUN_OPEN, kept=False),
    on("reviewer_act", "other sheet", RUN, "return", **REASON),
    on("reviewer_act", "own sheet", RUN_REVIEW, "release", **REASON),
    Route("assignments:scoring_sheet", kwargs=of("own sheet"), get=SCORE),
    Route("assignments:scoring_sheet", kwargs=of("other sheet"), get=UNSEEN),
    Route("assignments:scoring_sheet", kwargs=of("closed sheet"), get=NO_SHEET | {HOST: 200}),
    Route(
        "assignments:score_write",
        kwargs=lambda world: of("closed sheet")(world) | {"entry": world.objects["front's result"].pk},
        get=NO_SHEET | {HOST: 403},
        post=NO_SHEET | {HOST: 403},
        data=scored,
    ),
    Route("assignments:score_write", kwargs=one_result, get=SCORE, post=SCORE, data=scored),
    on("scores_hand_in", "own sheet", SCORE, kept=False, is_free="on"),
    on("scores_take_back", "own sheet", SCORE),
]
