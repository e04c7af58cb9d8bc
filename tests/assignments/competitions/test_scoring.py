"""What scores are given to, until when, and how their means are written."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from cadre_app.assignments.models import Competition, CompetitionScore
from cadre_app.assignments.services import competition_course, competition_entries, competition_scores
from cadre_app.history.models import Entry
from tests.assignments.competing import make_competition, make_entry, make_reviewer, make_scores
from tests.assignments.competitions.conftest import Arena, account_of
from tests.assignments.competitions.test_course import points_of
from tests.assignments.competitions.test_independence import changed
from tests.assignments.competitions.test_pages import titles, url
from tests.assignments.postings.test_postings import codes
from tests.factories import PersonFactory, UserFactory
from tests.people.conftest import TODAY


def test_a_changed_result_asks_for_its_scores_anew(arena: Arena, sign_in: Any) -> None:
    competition = arena.scored()
    own, actor = competition.reviewers.get(person=arena.reviewers[0]), account_of(arena.reviewers[0])
    first, second = competition.entries.order_by("name")
    for entry in (first, second):
        competition_scores.score_result(own, entry, **points_of(competition, 40, 30), actor=actor)
    competition_course.step_back_competition(arena.now(), reason="数据更正", actor=arena.staff)
    changed(arena, first, arena.staff)
    competition_entries.verify_result(first, actor=arena.leader)
    competition_course.start_review(arena.now(), scores_until=TODAY, actor=arena.staff)
    assert competition_scores.left_to_score(own, arena.now()) == [first]
    hand_in = lambda: competition_scores.hand_in_scores(own, is_free=True, actor=actor)  # noqa: E731
    assert codes(hand_in) == {"": ["missing"]}
    assert [line.is_changed for line in sign_in(actor).get(url("scoring_sheet", own)).context["lines"]] == [True, False]
    competition_scores.score_result(own, first, **points_of(competition, 10, 10), actor=actor)
    assert hand_in().handed_in_at is not None
    kept = CompetitionScore.objects.filter(entry=first).exclude(voided_at=None)
    assert (kept.count(), CompetitionScore.objects.standing().filter(entry=first).count()) == (2, 2)
    assert Entry.objects.filter(verb="assignments.competitionscore.voided").count() == 2
    assert {found.mean for found in competition_scores.outcomes_of(arena.now()).values()} == {10, 30, 40}


def test_the_mean_is_rounded_half_up_and_the_same_everywhere(arena: Arena, sign_in: Any) -> None:
    competition = make_competition(arena.district.top, state="published", title="均分")
    entry = make_entry(competition, *arena.files[:2], unit=arena.district.town)
    for given in (8, 8, 8, 9):
        reviewer = make_reviewer(competition, PersonFactory.create(name="评审", account=UserFactory.create()))
        make_scores(reviewer, entry, given, given)
    context = sign_in(arena.staff).get(url("competition_detail", competition)).context
    shown = [outcome.mean for _criterion, outcome in context["rows"][0].cells]
    placed = [mean for _place, _entry, mean in context["orders"][0].places]
    assert shown + placed == [Decimal("8.3")] * 3


@pytest.mark.parametrize(("days", "code"), [(-1, "past"), (400, "far")])
def test_the_last_day_for_scores_lies_within_a_year_and_is_moved_with_a_reason(
    arena: Arena, days: int, code: str, sign_in: Any
) -> None:
    competition = arena.scored()
    day = TODAY + timedelta(days=days)
    move = lambda day: competition_course.move_scores_until(  # noqa: E731
        arena.now(), scores_until=day, reason="评审人出差", actor=arena.staff
    )
    assert codes(lambda: move(day)) == {"scores_until": [code]}
    data = {"scores_until": (TODAY + timedelta(days=5)).isoformat(), "version": competition.version}
    client, page = sign_in(arena.staff), url("competition_act", competition, act="move")
    assert list(client.post(page, data).context["form"].errors) == ["reason"]
    assert client.post(page, data | {"reason": "评审人出差"}).status_code == 302
    assert arena.now().scores_until == TODAY + timedelta(days=5)
    assert Entry.objects.get(verb="assignments.competition.scores_moved").reason == "评审人出差"


def test_the_review_waits_for_the_last_day_of_the_season(arena: Arena) -> None:
    arena.verified(0)
    arena.verified(1)
    Competition.objects.filter(pk=arena.competition.pk).update(ended_on=TODAY + timedelta(days=1))
    start = lambda: competition_course.start_review(arena.now(), scores_until=TODAY, actor=arena.staff)  # noqa: E731
    assert codes(start) == {"": ["not_ready"]}
    assert "11" in competition_course.why_not_scored(arena.now())


def test_reviewers_read_why_a_leader_sent_it_back(arena: Arena, sign_in: Any, rf: Any) -> None:
    competition = arena.scored()
    for reviewer in competition.reviewers.all():
        for entry in competition.entries.all():
            make_scores(reviewer, entry, 30, 20)
    competition_course.close_review(arena.now(), actor=arena.staff)
    competition_course.send_back_competition(arena.now(), reason="第二项依据不足", actor=arena.leader)
    own, user = competition.reviewers.get(person=arena.reviewers[0]), account_of(arena.reviewers[0])
    assert titles(user, rf) == [url("scoring_sheet", own)]
    assert "第二项依据不足" in sign_in(user).get(url("scoring_sheet", own)).content.decode()
    assert titles(arena.staff, rf) == []


@pytest.mark.parametrize("state", ["closed", "signed", "published"])
def test_a_reviewer_keeps_reading_the_own_sheet_after_the_close(arena: Arena, sign_in: Any, state: str) -> None:
    competition = arena.scored()
    own, other = (competition.reviewers.get(person=person) for person in arena.reviewers[:2])
    for reviewer in (own, other):
        for entry in competition.entries.all():
            make_scores(reviewer, entry, 33 if reviewer == own else 22, 20)
    values: dict[str, Any] = {"state": state}
    if state != "closed":
        values |= {"signed_on": TODAY, "signed_by": arena.leader}
    if state == "published":
        values |= {"published_on": TODAY}
    Competition.objects.filter(pk=competition.pk).update(**values)
    client = sign_in(account_of(arena.reviewers[0]))
    page = client.get(url("scoring_sheet", own))
    assert (page.status_code, page.context["is_scored"]) == (200, False)
    sheets = client.get(url("competition_detail", competition)).context["sheets"]
    assert [sheet.reviewer for sheet in sheets] == [own]
    assert client.get(url("scores_hand_in", own)).status_code == 403
