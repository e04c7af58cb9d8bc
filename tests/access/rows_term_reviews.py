"""Reviews of village terms at every step, each of a term of its own; made after the trainee's own term (rows_people_terms)."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.assignments.models import TermReview
from cadre_app.assignments.services import term_decisions, term_reviews, term_steps
from cadre_app.people.models import Trainee, VillageTerm
from cadre_app.people.services import terms
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent
from tests.factories import PersonFactory, TraineeFactory

TODAY = timezone.localdate()
TRAINEE = "trainee"
OFFICE = ("staff", "leader", "liaison")
DEPARTMENT = ("staff", "leader")
STEPS = ("summary", "papers", "talks", "proposal", "sign", "notice", "hand_over", "filed")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def extend(world: World) -> None:
    own = world.objects["term"]
    own.refresh_from_db()
    world.objects["own term"] = own
    if own.due_on is not None:
        review = TermReview.objects.create(term=own, due_on=own.due_on)
        summary = world.canary("own summary", seen_by=(*DEPARTMENT, TRAINEE))
        world.objects["own review"] = term_steps.write_summary(
            review, summary=summary, summary_on=ago(60), actor=world.actors["staff"]
        )
    for step in STEPS:
        _review(world, step, "passed")
    failed = _review(world, "sign", "failed", key="failed")
    world.objects["failed review"] = failed
    empty = _term(world, "empty")
    world.objects["empty term"] = empty
    voided = TermReview.objects.create(term=_term(world, "voided"), due_on=ago(10))
    world.objects["voided review"] = term_reviews.void_review(voided, reason="误开", actor=world.actors["staff"])
    foreign = TraineeFactory.create(
        person=PersonFactory.create(name="外区同志"), home_unit=world.elsewhere, arrived_on=date(2023, 7, 1)
    )
    world.objects["foreign term"] = _started(world, foreign)


def _term(world: World, key: str) -> VillageTerm:
    person = PersonFactory.create(name=f"期满同志{key}")
    file = TraineeFactory.create(person=person, home_unit=world.town, arrived_on=date(2023, 7, 1))
    return _started(world, file)


def _started(world: World, file: Trainee) -> VillageTerm:
    start = date(TODAY.year - 2, TODAY.month, min(TODAY.day, 28)) - timedelta(days=9)
    return terms.start_term(file, village=world.village, started_on=start, months=24, actor=None)


def _review(world: World, step: str, conclusion: str, *, key: str = "") -> TermReview:
    """A review up to and with `step`; signed by the leader, proposed by staff."""
    key = key or step
    staff, leader = world.actors["staff"], world.actors["leader"]

    def told(name: str, *seen_by: str) -> str:
        return world.canary(f"{name} of {key}", seen_by=seen_by or DEPARTMENT)

    review = TermReview.objects.create(term=_term(world, key), due_on=ago(10))
    acts = {
        "summary": lambda: term_steps.write_summary(review, summary=told("summary"), summary_on=ago(60), actor=staff),
        "papers": lambda: term_steps.record_papers(
            review, papers_on=ago(50), finding_papers=told("papers"), actor=staff
        ),
        "talks": lambda: term_steps.record_talks(
            review, talks_on=ago(45), talks_held=12, finding_talks=told("talks"), actor=staff
        ),
        "proposal": lambda: term_steps.propose(
            review,
            proposed_on=ago(40),
            proposal=told("proposal"),
            conclusion=conclusion,
            no_report_reason=told("no report"),
            actor=staff,
        ),
        "sign": lambda: _signed(review, leader),
        "notice": lambda: term_steps.record_notice(
            review, notice_from=ago(38), notice_until=ago(20), objections=told("objections"), actor=staff
        ),
        "hand_over": lambda: term_steps.hand_over(
            review, handed_over_on=ago(5), handed_to=told("receiver", *OFFICE), actor=staff
        ),
        "filed": lambda: term_decisions.file_review(review, actor=staff),
    }
    for name in STEPS[: STEPS.index(step) + 1]:
        acts[name]()
    found = TermReview.objects.get(pk=review.pk)
    world.objects[f"{key} review"] = found
    return found


def _signed(review: TermReview, leader: Any) -> None:
    """Signed off some weeks ago, so that the notice of it is past."""
    term_decisions.sign_off_review(review, actor=leader)
    TermReview.objects.filter(pk=review.pk).update(signed_on=ago(39))


def term_of(key: str) -> Any:
    return lambda world: {"pk": world.objects[key].term_id}


def paper(key: str) -> Any:
    return lambda world: {"kind": "assignments.term_review", "pk": world.objects[key].pk}


LIST = dict.fromkeys((*OFFICE, "other_staff", "moved_staff"), 200) | {"*": 404}
SEEN = dict.fromkeys(OFFICE, 200) | {"*": 404}
STAFF = {"staff": 200, "leader": 403, "liaison": 403, "*": 404}
LEADER = {"staff": 403, "leader": 200, "liaison": 403, "*": 404}
NOBODY = dict.fromkeys(OFFICE, 403) | {"*": 404}
READ = {"staff": 200, "leader": 200, "*": 404}
REASON = {"reason": "更正"}
PAPERS = {"papers_on": ago(30).isoformat(), "finding_papers": "齐全"}
TALKS = {"talks_on": ago(30).isoformat(), "talks_held": "9", "finding_talks": "评价较好"}
PROPOSAL = {
    "proposed_on": ago(30).isoformat(), "proposal": "同意", "conclusion": "passed", "no_report_reason": "病假"
}  # fmt: skip
NOTICE = {"notice_from": ago(38).isoformat(), "notice_until": ago(20).isoformat()}
HANDED = {"handed_over_on": ago(5).isoformat(), "handed_to": "档案室"}


def act(name: str, key: str, expected: Any, **values: Any) -> Route:
    saved = {actor: 302 if status == 200 else status for actor, status in expected.items()}
    return Route(f"assignments:{name}", kwargs=of(key), get=expected, post=saved, data=sent(key, **values))


OPENED = {"staff": 302, "leader": 403, "liaison": 403, "*": 404}
ROUTES = [
    Route("assignments:term_list", get=LIST),
    Route("assignments:term_list", query="?stage=all&role=misfit", get=LIST),
    Route("assignments:term_detail", kwargs=of("own term"), get=SEEN | {TRAINEE: 200}),
    *(
        Route("assignments:term_detail", kwargs=term_of(f"{key} review"), get=SEEN)
        for key in ("filed", "notice", "failed", "voided")
    ),
    Route("assignments:term_detail", kwargs=of("foreign term"), get={"other_staff": 200, "moved_staff": 200, "*": 404}),
    Route("assignments:review_open", kwargs=of("empty term"), post=OPENED),
    act("term_summary", "own review", STAFF | {TRAINEE: 200}, summary="总结", summary_on=ago(40).isoformat()),
    act("term_summary", "papers review", NOBODY, summary="总结", summary_on=ago(40).isoformat()),
    act("term_papers", "summary review", STAFF, **PAPERS),
    act("term_papers", "own review", STAFF | {TRAINEE: 403}, **PAPERS),
    act("term_papers", "sign review", NOBODY, **PAPERS),
    act("term_talks", "papers review", STAFF, **TALKS),
    act("term_proposal", "talks review", STAFF, **PROPOSAL),
    act("term_sign", "proposal review", LEADER),
    act("term_sign", "sign review", NOBODY),
    act("term_send_back", "proposal review", LEADER, **REASON),
    act("term_unsign", "notice review", LEADER, **REASON),
    act("term_unsign", "hand_over review", NOBODY, **REASON),
    act("term_notice", "sign review", STAFF, **NOTICE),
    act("term_notice", "failed review", NOBODY, **NOTICE),
    act("term_hand_over", "notice review", STAFF, **HANDED),
    act("term_file", "hand_over review", STAFF),
    act("term_unfile", "filed review", STAFF, **REASON),
    act("term_prolong", "failed review", STAFF, months="36"),
    act("term_prolong", "sign review", NOBODY, months="36"),
    act("term_review_void", "papers review", STAFF, **REASON),
    act("term_review_restore", "voided review", STAFF, **REASON),
    act("term_review_restore", "papers review", NOBODY, **REASON),
    Route("documents:paper", kwargs=paper("filed review"), get=READ),
    Route("documents:paper", kwargs=paper("own review"), get=READ),
]
