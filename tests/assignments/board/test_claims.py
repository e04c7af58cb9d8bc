"""均按规定履行批准手续并按期返回 is said only where every posting that counts has its document and nobody stayed longer."""

from datetime import date, timedelta

import pytest

from cadre_app.assignments.models import Posting, PostingState
from cadre_app.core.claims import claims
from cadre_app.core.figures import Asked
from tests.assignments.board.conftest import TODAY
from tests.assignments.factories import make_posting

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def holds(day=TODAY, **asked):
    return claims["postings_in_order"](Asked.on(day, **asked))


def test_without_postings_nothing_is_claimed(place):
    assert not holds()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"document_number": ""}, False),
        ({"due_on": TODAY - DAY}, False),
        ({"due_on": TODAY}, True),
        ({"due_on": TODAY - 5 * DAY, "ended_on": TODAY - 5 * DAY, "state": PostingState.CLOSED}, True),
        ({"due_on": TODAY - 5 * DAY, "ended_on": TODAY - 4 * DAY, "state": PostingState.CLOSED}, False),
        ({"due_on": None}, True),
    ],
)
def test_each_has_its_document_and_nobody_stays_longer(somebody, fields, expected):
    make_posting(somebody("甲"))
    make_posting(somebody("乙"), **fields)
    assert holds() is expected


def test_it_is_asked_of_the_unit_and_the_day(place, somebody):
    make_posting(somebody("甲"))
    late = make_posting(somebody("乙", unit=place.other_town), due_on=TODAY - DAY)
    assert not holds()
    assert holds(unit=place.town)
    assert not holds(unit=place.other_town)
    assert holds(TODAY - 2 * DAY)
    Posting.objects.filter(pk=late.pk).update(started_on=date(2022, 12, 31))
    assert holds()
