"""A comparison from its plan to the publication: what each step asks for, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import InternalError, transaction
from django.db.utils import IntegrityError

from cadre_app.assignments.models import Competition, CompetitionCriterion, CompetitionMember, CompetitionScore
from cadre_app.assignments.services import (
    competition_course,
    competition_criteria,
    competition_entries,
    competition_reviewers,
    competition_scores,
    competitions,
)
from cadre_app.core.models import Stale
from cadre_app.org.models import Unit
from cadre_app.people.models import Relative
from tests.assignments.competing import make_competition
from tests.assignments.competitions.conftest import Arena, account_of
from tests.assignments.factories import front, make_posting
from tests.assignments.postings.test_postings import codes
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import TODAY


def points_of(competition: Competition, *points: int) -> dict[str, Any]:
    rows = competition.criteria.standing().order_by("order")
    return {"points": {one.pk: given for one, given in zip(rows, points, strict=True)}, "comments": {}}


def scored_by(arena: Arena, number: int, *points: tuple[int, int]) -> None:
    """The reviewer of this number gives points to each result and hands in."""
    competition = arena.now()
    reviewer = competition.reviewers.get(person=arena.reviewers[number])
    actor = account_of(arena.reviewers[number])
    for entry, given in zip(competition.entries.order_by("name"), points, strict=True):
        competition_scores.score_result(reviewer, entry, **points_of(competition, *given), actor=actor)
    competition_scores.hand_in_scores(reviewer, is_free=True, actor=actor)


def test_from_the_plan_to_the_publication(arena: Arena) -> None:
    staff = arena.staff
    planned = competitions.plan_competition(
        title="防汛备汛实绩比拼", unit=arena.district.top, front_keys=["relief", "headquarters"],
        started_on=date(2026, 7, 1), ended_on=date(2026, 9, 30), actor=staff,
    )  # fmt: skip
    assert (planned.state, planned.front_keys) == ("draft", ["headquarters", "relief"])
    assert codes(lambda: competition_course.open_competition(planned, actor=staff)) == {"": ["no_criteria"]}
    competition_criteria.add_criterion(planned, name="任务完成", counts="转移人数", points=40, actor=staff)
    assert competition_course.open_competition(planned, actor=staff).state == "open"
    competition = arena.scored()
    for number in range(3):
        scored_by(arena, number, (30 + number, 20), (20, 10 + number))
    assert competition_course.close_review(competition, actor=staff).state == "closed"
    assert codes(lambda: competition_course.publish_competition(competition, actor=staff)) == {"": ["not_signed"]}
    signed = competition_course.sign_off_competition(competition, actor=arena.leader)
    assert (signed.state, signed.signed_by, signed.signed_on) == ("signed", arena.leader, TODAY)
    assert competition_course.publish_competition(competition, actor=staff).published_on == TODAY
    assert set(CompetitionMember.objects.values_list("shown_on", flat=True)) == {TODAY}
    found = competition_scores.outcomes_of(arena.now())
    means = sorted((outcome.mean, outcome.low, outcome.high, outcome.count) for outcome in found.values())
    assert means == [(11, 10, 12, 3), (20, 20, 20, 3), (20, 20, 20, 3), (31, 30, 32, 3)]
    back = competition_course.step_back_competition(arena.now(), reason="数据更正", actor=staff)
    assert (back.state, back.published_on) == ("signed", None)
    assert not CompetitionMember.objects.exclude(shown_on=None).exists()


def test_criteria_are_locked_once_it_is_open_by_the_database_too(arena: Arena) -> None:
    criterion = arena.competition.criteria.first()
    values: dict[str, Any] = {"name": "新标准", "counts": "数量", "points": 10, "actor": arena.staff}
    assert codes(lambda: competition_criteria.change_criterion(criterion, **values)) == {"": ["locked"]}
    assert codes(lambda: competition_criteria.add_criterion(arena.competition, **values)) == {"": ["locked"]}
    remove = lambda: competition_criteria.remove_criterion(criterion, reason="重复", actor=arena.staff)  # noqa: E731
    assert codes(remove) == {"": ["locked"]}
    rows = CompetitionCriterion.objects.filter(pk=criterion.pk)
    for change in (lambda: rows.update(points=99), rows.delete):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"front_keys": []}, {"front_keys": ["blank"]}),
        ({"ended_on": date(2026, 6, 30)}, {"ended_on": ["ended_on"]}),
        ({"started_on": date(1, 1, 1)}, {"started_on": ["year"]}),
        ({"ended_on": date(2090, 12, 31)}, {"ended_on": ["year"]}),
        ({"title": "第三季度项目攻坚实绩比拼"}, {"title": ["title"]}),
    ],
)
def test_a_plan_that_breaks_a_rule_is_refused_beside_its_field(arena: Arena, values: Any, refused: Any) -> None:
    known: dict[str, Any] = {"title": "新比拼", "unit": arena.district.top, "front_keys": ["relief"]}
    known |= {"started_on": date(2026, 7, 1), "ended_on": date(2026, 9, 30), "actor": arena.staff}
    assert codes(lambda: competitions.plan_competition(**known | values)) == refused


def test_a_closed_unit_neither_holds_a_comparison_nor_has_a_team_in_it(arena: Arena) -> None:
    town = arena.district.town
    Unit.objects.filter(pk=town.pk).update(closed_on=arena.competition.started_on, opened_on=date(2020, 1, 1))
    town.refresh_from_db()
    assert codes(arena.entered) == {"unit": ["closed"]}
    draft = make_competition(arena.district.top, title="另一场", state="draft")
    values = {"title": "另一场", "front_keys": ["relief"], "started_on": TODAY, "ended_on": TODAY}
    change = lambda: competitions.change_competition(draft, unit=town, **values, actor=arena.staff)  # noqa: E731
    assert codes(change) == {"unit": ["closed"]}


def test_a_team_is_two_people_at_least_who_were_posted_to_the_front(arena: Arena) -> None:
    stranger = TraineeFactory.create(person=PersonFactory.create(name="旁人"), home_unit=arena.district.town)
    assert codes(lambda: arena.entered(members=arena.files[:1])) == {"members": ["number"]}
    assert codes(lambda: arena.entered(members=[*arena.files[:2], stranger])) == {"members": ["not_posted"]}
    assert codes(lambda: arena.entered(name="")) == {"name": ["required"]}
    assert codes(lambda: arena.entered(unit=None)) == {"unit": ["required"]}
    assert codes(lambda: arena.entered(front=front("relief"))) == {"front": ["front"]}
    arena.entered()
    assert codes(lambda: arena.entered(name="另一组", members=arena.files[1:3])) == {"members": ["elsewhere"]}
    assert codes(lambda: arena.entered(1, name="攻坚1组")) == {"name": ["name"]}


def test_a_front_as_a_whole_has_one_result_without_people(arena: Arena) -> None:
    entry = arena.entered(kind="front")
    assert (entry.name, entry.unit, entry.members.count(), str(entry)) == ("", None, 0, str(front()))
    assert codes(lambda: arena.entered(kind="front")) == {"front": ["front"]}


def test_only_somebody_else_verifies_and_a_change_asks_for_it_anew(arena: Arena) -> None:
    entry = arena.entered(actor=arena.staff)
    assert codes(lambda: competition_entries.verify_result(entry, actor=arena.staff)) == {"": ["own"]}
    returned = competition_entries.return_result(entry, reason="请补充交地清单", actor=arena.leader)
    assert (returned.state, returned.return_reason) == ("returned", "请补充交地清单")
    verified = competition_entries.verify_result(returned, actor=arena.leader)
    assert (verified.state, verified.return_reason, verified.verified_by) == ("verified", "", arena.leader)
    values = {"kind": "team", "front": front(), "name": "攻坚1组", "unit": arena.district.town}
    changed = competition_entries.change_result(
        verified, **values, members=arena.files[1:3], result="更正", numbers="签约125户", actor=arena.staff
    )
    assert (changed.state, changed.verified_on) == ("entered", None)
    names = changed.members.standing().order_by("trainee__person__name").values_list("trainee__person__name", flat=True)
    assert sorted(names) == ["郑一川", "陈予安"]
    with pytest.raises(Stale):
        competition_entries.void_result(changed, reason="重复", version=1, actor=arena.staff)


def test_the_review_begins_with_verified_results_and_enough_reviewers(arena: Arena) -> None:
    def start(**values: Any) -> dict[str, list[str]]:
        known = {"scores_until": TODAY, "actor": arena.staff} | values
        return codes(lambda: competition_course.start_review(arena.now(), **known))

    arena.verified()
    assert start() == {"": ["not_ready"]}
    second = arena.entered(1)
    assert start(scores_until=TODAY - timedelta(days=1)) == {"scores_until": ["past"]}
    assert competition_course.why_not_scored(arena.now()) == "有1项实绩尚未核实，请核实或撤出。"
    competition_entries.verify_result(second, actor=arena.staff)
    competition_reviewers.name_reviewers(arena.competition, persons=arena.reviewers[:2], actor=arena.staff)
    assert competition_course.why_not_scored(arena.now()) == "请先确定至少3名评审人。"


def test_reviewers_are_of_no_team_no_relatives_and_have_an_account(arena: Arena) -> None:
    def name(*persons: Any) -> dict[str, list[str]]:
        return codes(lambda: competition_reviewers.name_reviewers(arena.now(), persons=persons, actor=arena.staff))

    arena.entered()
    kin = PersonFactory.create(name="亲属", account=arena.leader)
    Relative.objects.create(person=arena.files[1].person, relation="舅舅", name="亲属", other=kin)
    assert name(arena.files[0].person) == {"persons": ["partial"]}
    assert name(kin) == {"persons": ["partial"]}
    assert name(PersonFactory.create(name="无账号")) == {"persons": ["partial"]}
    assert name() == {"persons": ["none"]}
    competition_reviewers.name_reviewers(arena.now(), persons=arena.reviewers[:1], actor=arena.staff)
    assert name(arena.reviewers[0]) == {"persons": ["partial"]}


def test_nobody_who_scores_comes_into_a_team(arena: Arena) -> None:
    file = TraineeFactory.create(person=arena.reviewers[0], home_unit=arena.district.town)
    make_posting(file)
    competition_reviewers.name_reviewers(arena.now(), persons=arena.reviewers[:1], actor=arena.staff)
    assert codes(lambda: arena.entered(members=[*arena.files[:1], file])) == {"members": ["reviewer"]}


def test_scores_keep_to_the_most_points_and_to_verified_results(arena: Arena) -> None:
    competition = arena.scored()
    entry = competition.entries.order_by("name").first()
    reviewer, actor = competition.reviewers.first(), account_of(arena.reviewers[0])

    def score(*points: int, one: Any = entry) -> dict[str, list[str]]:
        given = points_of(competition, *points)
        return codes(lambda: competition_scores.score_result(reviewer, one, **given, actor=actor))

    first = competition.criteria.order_by("order").first()
    assert score(41, 10) == {f"points_{first.pk}": ["points"]}
    assert score(-1, 10) == {f"points_{first.pk}": ["points"]}
    competition_entries.void_result(entry, reason="数据不实", actor=arena.staff)
    assert score(40, 10) == {"": ["not_verified"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        CompetitionScore.objects.create(reviewer=reviewer, entry=entry, criterion=first, points=41, most=40)


def test_scores_are_handed_in_once_with_a_declaration_and_taken_back_until_the_close(arena: Arena) -> None:
    competition = arena.scored()
    reviewer, actor = competition.reviewers.get(person=arena.reviewers[0]), account_of(arena.reviewers[0])
    hand_in = lambda **values: codes(  # noqa: E731
        lambda: competition_scores.hand_in_scores(reviewer, **{"is_free": True, "actor": actor} | values)
    )
    assert hand_in(is_free=False) == {"is_free": ["required"]}
    assert hand_in() == {"": ["missing"]}
    scored_by(arena, 0, (30, 20), (20, 10))
    assert hand_in() == {"": ["handed_in"]}
    competition_scores.take_scores_back(reviewer, actor=actor)
    competition_scores.hand_in_scores(reviewer, is_free=True, actor=actor)
    returned = competition_scores.return_scores(reviewer, reason="请核对第二项", actor=arena.staff)
    assert (returned.handed_in_at, returned.return_reason) == (None, "请核对第二项")
    assert codes(lambda: competition_course.close_review(competition, actor=arena.staff)) == {"": ["not_ready"]}
    for number in range(3):
        if number:
            scored_by(arena, number, (30, 20), (20, 10))
    competition_scores.hand_in_scores(reviewer, is_free=True, actor=actor)
    competition_course.close_review(arena.now(), actor=arena.staff)
    assert codes(lambda: competition_scores.take_scores_back(reviewer, actor=actor)) == {"": ["state"]}


def test_whoever_turns_out_to_be_a_relative_hands_nothing_in(arena: Arena) -> None:
    competition = arena.scored()
    reviewer, actor = competition.reviewers.get(person=arena.reviewers[0]), account_of(arena.reviewers[0])
    Relative.objects.create(person=arena.files[0].person, relation="姨妈", name="评审甲", other=arena.reviewers[0])
    outcome = codes(lambda: competition_scores.hand_in_scores(reviewer, is_free=True, actor=actor))
    assert outcome == {"is_free": ["partial"]}


def test_a_released_reviewer_no_longer_counts(arena: Arena) -> None:
    competition = arena.scored()
    for number in range(3):
        scored_by(arena, number, (10 * number, 20), (20, 10))
    gone = competition.reviewers.get(person=arena.reviewers[0])
    competition_reviewers.release_reviewer(gone, reason="工作调动", actor=arena.staff)
    counts = {outcome.count for outcome in competition_scores.outcomes_of(competition).values()}
    assert counts == {2}


def test_steps_back_are_refused_where_something_hangs_on_them(arena: Arena) -> None:
    back = lambda: competition_course.step_back_competition(arena.now(), reason="重来", actor=arena.staff)  # noqa: E731
    competition = arena.scored()
    scored_by(arena, 0, (30, 20), (20, 10))
    assert codes(back) == {"": ["has_scores"]}
    reviewer = competition.reviewers.get(person=arena.reviewers[0])
    competition_scores.return_scores(reviewer, reason="重评", actor=arena.staff)
    assert (back().state, arena.now().scores_until) == ("open", None)
    assert codes(back) == {"": ["has_results"]}
    for entry in competition.entries.all():
        competition_entries.void_result(entry, reason="重来", actor=arena.staff)
    assert back().state == "draft"


def test_a_leader_sends_it_back_with_a_reason(arena: Arena) -> None:
    competition = arena.scored()
    for number in range(3):
        scored_by(arena, number, (30, 20), (20, 10))
    competition_course.close_review(competition, actor=arena.staff)
    sent = competition_course.send_back_competition(arena.now(), reason="第二组数据存疑", actor=arena.leader)
    assert (sent.state, sent.sent_back_reason) == ("review", "第二组数据存疑")
    assert set(sent.reviewers.values_list("return_reason", "handed_in_at")) == {("第二组数据存疑", None)}
    assert codes(lambda: competition_course.close_review(arena.now(), actor=arena.staff)) == {"": ["not_ready"]}
    for reviewer in sent.reviewers.all():
        competition_scores.hand_in_scores(reviewer, is_free=True, actor=account_of(reviewer.person))
    assert competition_course.close_review(arena.now(), actor=arena.staff).sent_back_reason == ""


def test_a_cancelled_one_is_carried_on_where_it_stood(arena: Arena) -> None:
    cancelled = competitions.cancel_competition(arena.competition, reason="任务调整", actor=arena.staff)
    assert (cancelled.state, cancelled.cancel_reason) == ("cancelled", "任务调整")
    assert codes(arena.entered) == {"": ["state"]}
    resumed = competitions.resume_competition(cancelled, actor=arena.staff)
    assert (resumed.state, resumed.cancel_reason) == ("open", "")


def test_voiding_is_for_comparisons_without_results(arena: Arena) -> None:
    entry = arena.entered()
    void = lambda: competitions.void_competition(arena.now(), reason="重复", actor=arena.staff)  # noqa: E731
    assert codes(void) == {"": ["has_results"]}
    competition_entries.void_result(entry, reason="误录", actor=arena.staff)
    assert void().is_voided
    assert not competitions.restore_competition(arena.now(), actor=arena.staff).is_voided
    assert not competition_entries.restore_result(entry, actor=arena.staff).is_voided
