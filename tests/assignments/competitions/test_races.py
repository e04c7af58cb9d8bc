"""What reviewers, staff and liaisons do at the same moment."""

import pytest

from cadre_app.assignments.models import CompetitionEntry, CompetitionReviewer
from cadre_app.assignments.services import competition_course, competition_scores
from tests.accounts.test_races import at_once
from tests.assignments.competing import make_scores
from tests.assignments.competitions.conftest import Arena, account_of

pytestmark = pytest.mark.django_db(transaction=True)


def ready(arena: Arena) -> list[CompetitionReviewer]:
    """All results are scored by all, nobody has handed in."""
    competition = arena.scored()
    for reviewer in competition.reviewers.all():
        for entry in competition.entries.all():
            make_scores(reviewer, entry, 30, 20)
    competition.reviewers.update(handed_in_at=None)
    return list(competition.reviewers.select_related("person", "competition").order_by("person__name"))


def test_reviewers_who_hand_in_at_the_same_moment_all_count_and_nobody_twice(arena: Arena) -> None:
    first, second, third = ready(arena)

    def hand_in(reviewer: CompetitionReviewer) -> object:
        actor = account_of(reviewer.person)
        return competition_scores.hand_in_scores(reviewer, is_free=True, actor=actor).pk

    outcomes = at_once(*(lambda one=one: hand_in(one) for one in (first, second, third, third)))
    assert sorted(map(str, outcomes)) == sorted([str(first.pk), str(second.pk), str(third.pk), "refused"])
    assert {found.count for found in competition_scores.outcomes_of(arena.now()).values()} == {3}


def test_a_close_and_a_take_back_at_the_same_moment_leave_no_closed_review_without_scores(arena: Arena) -> None:
    reviewers = ready(arena)
    for reviewer in reviewers:
        competition_scores.hand_in_scores(reviewer, is_free=True, actor=account_of(reviewer.person))
    back = account_of(reviewers[0].person)
    at_once(
        lambda: competition_course.close_review(arena.competition, actor=arena.staff),
        lambda: competition_scores.take_scores_back(reviewers[0], actor=back),
    )
    is_closed = arena.now().state == "closed"
    assert is_closed is not arena.now().reviewers.filter(handed_in_at=None).exists()


def test_two_who_enter_the_same_person_into_two_teams_leave_one(arena: Arena) -> None:
    members = arena.files[:2]
    outcomes = at_once(
        lambda: arena.entered(name="甲组", members=members).pk, lambda: arena.entered(name="乙组", members=members).pk
    )
    assert sorted(outcome == "refused" for outcome in outcomes) == [False, True]
    assert CompetitionEntry.objects.count() == 1
