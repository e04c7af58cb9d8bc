"""均已答复或说明 is said only where every problem raised in the period was answered by its last day."""

from datetime import date, timedelta

import pytest

from cadre_app.care.services import problems
from cadre_app.core.claims import claims
from cadre_app.core.figures import Asked
from tests.care.conftest import TODAY, Care

pytestmark = pytest.mark.django_db


def holds(day: date = TODAY, **asked: object) -> bool:
    return claims["problems_answered"](Asked.on(day, **asked))  # type: ignore[arg-type]


def test_it_holds_once_the_last_one_is_answered(care: Care) -> None:
    assert not holds()
    talk = care.held(held_on=date(2026, 11, 2))
    first, second = care.raised(talk), care.raised(talk, text="宿舍漏水")
    problems.answer_problem(first, answer="已更换", answered_on=date(2026, 11, 10), actor=care.staff)
    assert not holds()
    problems.answer_problem(second, answer="已修好", answered_on=TODAY, actor=care.staff)
    assert holds()
    assert not holds(TODAY - timedelta(days=1))
    assert holds(unit=care.district.town)
    assert not holds(unit=care.district.other_town)
