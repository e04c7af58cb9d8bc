"""What the end of a village term is called, which rule names it, and how its filing is taken back."""

from typing import Any

import pytest
from django.utils import translation

from cadre_app.accounts.models import User
from cadre_app.assignments.services import term_decisions, term_reviews
from cadre_app.assignments.stretches import term_stretches
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.people.file.sections import term_section
from cadre_app.people.models import Trainee, VillageTerm
from cadre_app.people.services import terms
from tests.assignments.leaves.conftest import Village
from tests.assignments.term_reviews.test_term_reviews import DUE, at, ending
from tests.people.conftest import TODAY

__all__ = ["at", "ending"]


def words(user: User) -> list[str]:
    """What the growth file's section says of the terms."""
    return [
        row.label for row in term_section(user, Trainee.objects.select_related("person", "home_unit").get())["rows"]
    ]


def drawn() -> list[str]:
    """What the board and the timeline say."""
    with translation.override("zh-hans"):
        return [str(one.mark[1]) for one in term_stretches(VillageTerm.objects.all(), TODAY)]


def rung(user: User) -> dict[str, int]:
    """Items about the end of the term that `user` reads, by rule."""
    rules = {key: rule for key, rule in reminder_rules.items() if key in ("people.village_term", STEP)}
    return {key: rule.visible(rule.dues(TODAY), user).count() for key, rule in rules.items()}


STEP = "assignments.term_review"


def test_a_term_that_was_passed_is_called_so_in_the_growth_file_and_on_the_timeline(ending: Village, at: Any) -> None:
    staff, own = ending.staff, ending.own
    review = at("hand_over")
    terms.end_term(ending.term, ended_on=DUE, actor=staff)
    assert (words(staff), words(own), drawn()) == (["期满待考核"], ["期满待考核"], ["期满待考核"])
    term_decisions.file_review(review, actor=staff)
    assert (words(staff), words(own), drawn()) == (["期满合格"], ["期满合格"], ["期满合格"])
    term_decisions.unfile_review(review, reason="有误", actor=staff)
    term_reviews.void_review(review, reason="误开", actor=staff)
    assert (words(staff), drawn()) == (["已期满"], ["已期满"])


def test_a_term_that_ended_early_is_called_so_whatever_its_review_says(ending: Village, at: Any) -> None:
    at("papers")
    terms.end_term(ending.term, ended_on=DUE, is_cut_short=True, actor=ending.staff)
    assert (words(ending.staff), drawn()) == (["提前结束"], ["提前结束"])


def test_another_units_staff_are_not_told(ending: Village, at: Any) -> None:
    term_decisions.file_review(at("hand_over"), actor=ending.staff)
    assert words(ending.district.somebody(Role.STAFF, ending.district.other_town)) == []


@pytest.mark.parametrize(
    ("step", "rings"),
    [
        ("", {"people.village_term": 1, STEP: 0}),
        ("summary", {"people.village_term": 0, STEP: 1}),
        ("talks", {"people.village_term": 0, STEP: 1}),
        ("proposal", {"people.village_term": 0, STEP: 0}),
        ("hand_over", {"people.village_term": 0, STEP: 1}),
    ],
)
def test_the_end_of_a_term_rings_once(ending: Village, at: Any, step: str, rings: dict[str, int]) -> None:
    assert rung(ending.staff) == {"people.village_term": 1, STEP: 0}
    at(step)
    assert rung(ending.staff) == rings


def test_a_voided_review_leaves_the_end_of_the_term_to_the_general_rule(ending: Village, at: Any) -> None:
    term_reviews.void_review(at("talks"), reason="误开", actor=ending.staff)
    assert rung(ending.staff) == {"people.village_term": 1, STEP: 0}
