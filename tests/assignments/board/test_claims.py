"""均按规定履行批准手续并按期返回 is said only where every posting that counts has its document and is back in time; while some are
still away, that is said of those who are back.
"""

from datetime import date, timedelta

import pytest

from cadre_app.assignments.models import Posting, PostingKind, PostingState
from cadre_app.core.claims import claims
from cadre_app.core.figures import Asked
from tests.assignments.board.conftest import TODAY
from tests.assignments.factories import make_posting

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
BACK = {"due_on": TODAY - 5 * DAY, "ended_on": TODAY - 5 * DAY, "state": PostingState.CLOSED}
LATE = BACK | {"ended_on": TODAY - 4 * DAY}
ALL = (
    "postings_in_order",
    "postings_in_order_so_far",
    "postings_undocumented",
    "postings_overdue",
    "postings_back_late",
)


def holding(day=TODAY, **asked):
    """Which of them hold, without what they begin with."""
    return {key.removeprefix("postings_") for key in ALL if claims[key](Asked.on(day, **asked))}


def test_without_postings_nothing_is_claimed(place):
    assert holding() == set()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (BACK, {"in_order", "in_order_so_far"}),
        (BACK | {"due_on": TODAY, "ended_on": TODAY}, {"in_order", "in_order_so_far"}),
        (BACK | {"document_number": ""}, {"undocumented"}),
        (BACK | {"due_on": None}, set()),
        (LATE, {"back_late"}),
        ({"due_on": TODAY + 90 * DAY}, {"in_order_so_far"}),
        ({"due_on": TODAY}, {"in_order_so_far"}),
        ({"due_on": None}, {"in_order_so_far"}),
        ({"due_on": TODAY - DAY}, {"overdue"}),
    ],
)
def test_each_has_its_document_and_is_back_in_time(somebody, fields, expected):
    make_posting(somebody("甲"), **BACK)
    make_posting(somebody("乙"), **fields)
    assert holding() == expected


def test_while_all_are_away_nothing_is_said_of_their_return(somebody):
    make_posting(somebody("甲"), due_on=TODAY + 90 * DAY)
    assert holding() == set()


def test_it_is_asked_of_the_unit_and_the_day(place, somebody):
    make_posting(somebody("甲"), **BACK)
    late = make_posting(somebody("乙", unit=place.other_town), **LATE)
    assert holding() == {"back_late"}
    assert holding(unit=place.town) == {"in_order", "in_order_so_far"}
    assert holding(unit=place.other_town) == {"back_late"}
    assert holding(TODAY - 6 * DAY) == set()
    Posting.objects.filter(pk=late.pk).update(started_on=date(2022, 12, 31))
    assert holding() == {"in_order", "in_order_so_far"}


def test_of_shadow_training_that_at_municipal_departments_is_meant(somebody):
    make_posting(somebody("甲"), **BACK)
    shadow = {"kind": PostingKind.SHADOW, "front": None, "host_name": "省农业农村厅", "host_level": "province"}
    make_posting(somebody("乙"), **LATE, **shadow)
    assert holding() == {"in_order", "in_order_so_far"}
