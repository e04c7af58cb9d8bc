"""A village term that is over, and its review brought up to a step."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from cadre_app.assignments.models import TermReview
from cadre_app.assignments.services import term_decisions, term_reviews, term_steps
from cadre_app.people.services import terms
from tests.assignments.leaves.conftest import Village, village
from tests.people.conftest import TODAY, _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in", "village"]

DUE = date(2026, 11, 20)  # a Friday, three days ago


def page(name: str, obj: Any) -> str:
    return reverse(f"assignments:{name}", kwargs={"pk": obj.pk})


def on(day: int) -> date:
    return TODAY - timedelta(days=day)


@pytest.fixture
def ending(village: Village) -> Village:
    """The term ended by its dates three days ago."""
    terms.change_term(
        village.term, village=village.term.village, role="director", started_on=date(2024, 11, 21), months=24,
        actor=village.staff,
    )  # fmt: skip
    village.term.refresh_from_db()
    assert village.term.due_on == DUE
    return village


@pytest.fixture
def at(ending: Village) -> "Callable[..., TermReview]":
    """A review brought up to a step."""
    acts: dict[str, Callable[[TermReview, str], Any]] = {
        "summary": lambda review, _: term_steps.write_summary(
            review, summary="走遍农户", summary_on=on(60), actor=ending.staff
        ),
        "papers": lambda review, _: term_steps.record_papers(
            review, papers_on=on(50), finding_papers="齐全", actor=ending.staff
        ),
        "talks": lambda review, _: term_steps.record_talks(
            review, talks_on=on(45), talks_held=12, finding_talks="评价较好", actor=ending.staff
        ),
        "proposal": lambda review, conclusion: term_steps.propose(
            review, proposed_on=on(40), proposal="考核合格", conclusion=conclusion, no_report_reason="病假",
            actor=ending.staff,
        ),
        "sign": lambda review, _: signed(review, ending),
        "notice": lambda review, _: term_steps.record_notice(
            review, notice_from=on(38), notice_until=on(28), actor=ending.staff
        ),
        "hand_over": lambda review, _: term_steps.hand_over(
            review, handed_over_on=on(2), handed_to="干部档案室", actor=ending.staff
        ),
    }  # fmt: skip

    def brought(step: str, conclusion: str = "passed") -> TermReview:
        review = term_reviews.open_review(ending.term, actor=ending.staff)
        names = list(acts)
        for name in names[: names.index(step) + 1] if step else ():
            acts[name](review, conclusion)
        return TermReview.objects.get(pk=review.pk)

    return brought


def signed(review: TermReview, village: Village) -> None:
    term_decisions.sign_off_review(review, actor=village.leader)
    TermReview.objects.filter(pk=review.pk).update(signed_on=on(39))
