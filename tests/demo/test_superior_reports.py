"""The district's returns on any as-of day: one frozen, one a draft, and nothing of them lies ahead."""

from datetime import date

import pytest

from cadre_app.rosters.models import SuperiorReport
from cadre_app.rosters.report_page import shown
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_the_year_before_last_is_frozen_and_last_year_a_draft(day):
    load_demo(as_of=day)
    draft, frozen = SuperiorReport.objects.order_by("-as_of")
    assert [(one.state, one.as_of) for one in (draft, frozen)] == [
        ("draft", date(day.year - 1, 12, 31)),
        ("frozen", date(day.year - 2, 12, 31)),
    ]
    assert frozen.frozen_on <= day
    assert frozen.frozen_by_id not in frozen.hands
    found = shown(draft)
    here = found.sheet.numbers["here", "all"]
    assert found.before is not None
    assert (found.before.pk, here > 0) == (frozen.pk, True)
    assert found.sheet.numbers["male", "all"] + found.sheet.numbers["female", "all"] == here
