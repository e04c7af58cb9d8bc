"""28名同志 is said only where nobody of them had two outcomes; else it is 人次."""

from datetime import date

import pytest

from cadre_app.core.claims import claims
from cadre_app.core.figures import Asked

pytestmark = pytest.mark.django_db


def test_a_second_outcome_of_somebody_counts_no_second_person(town):
    once_each = claims["outcomes_once_each"]
    town.signed()
    assert once_each(Asked.on(date(2026, 11, 23)))
    town.signed(
        kind="advanced",
        post="",
        rank="09",
        document_number="望委干〔2026〕32号",
        published_on=date(2026, 11, 23),
        effective_on=date(2026, 11, 23),
    )
    assert not once_each(Asked.on(date(2026, 11, 23)))
    assert once_each(Asked.on(date(2026, 11, 22)))
