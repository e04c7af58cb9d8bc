"""Figures of postings with the list behind each, and whose time is taken."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from cadre_app.assignments.clashing import taken_by_leave, taken_by_postings
from cadre_app.assignments.figures.board import posting_counts
from cadre_app.assignments.models import PostingKind, PostingMode, PostingState
from cadre_app.assignments.policies import FIGURES_SINCE
from cadre_app.core.days import start_of
from cadre_app.core.figures import Asked, figures
from cadre_app.policy import services as policy
from tests.assignments.board.conftest import TODAY
from tests.assignments.factories import make_leave, make_posting

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SHADOW = {"kind": PostingKind.SHADOW, "front": None, "host_name": "市发展和改革委员会"}


def counts(place, **asked):
    found = posting_counts(Asked.on(**{"as_of": TODAY, "user": place.staff} | asked))
    return found["headquarters_postings"], found["secondments"]


COUNTED = ({"on": date(2023, 1, 1)}, {"on": TODAY}, {"on": TODAY - DAY, "state": "closed", "ended_on": TODAY})
NOT_COUNTED = (
    {"on": date(2022, 12, 31)},
    {"on": TODAY + DAY},
    {"on": TODAY, "state": PostingState.PROPOSED},
    {"on": TODAY, "state": PostingState.DECLINED, "decline_reason": "人手不足"},
    {"on": TODAY, "voided_at": "2026-11-01T00:00:00Z"},
)


def test_who_was_sent_to_headquarters_counts_from_the_first_day_on(place, somebody):
    for number, values in enumerate(NOT_COUNTED):
        make_posting(somebody(f"{number}某"), **values)
    assert counts(place) == (0, 0)
    for number, values in enumerate(COUNTED):
        make_posting(somebody(f"{number}某"), **values)
    assert counts(place) == (len(COUNTED), 0)


def test_shadow_training_counts_at_municipal_departments(staff, place, somebody):
    """PRODUCT.md, "The reference year"; the text says 市直部门."""
    for number, level in enumerate(("district", "city", "province")):
        make_posting(somebody(f"某{number}"), host_level=level, **SHADOW)
    assert counts(place) == (0, 1)
    asked = Asked.on(TODAY, user=place.staff)
    assert staff.get(figures["secondments"].url(asked)).context["table"].total == 1


def test_each_posting_counts_and_the_list_has_exactly_those(staff, place, somebody):
    person = somebody("甲")
    make_posting(person, on=date(2023, 1, 1), ended_on=date(2023, 3, 1), state=PostingState.CLOSED)
    make_posting(person)
    make_posting(somebody("乙"), on=date(2022, 1, 1), ended_on=date(2022, 3, 1), state=PostingState.CLOSED)
    make_posting(somebody("丙", unit=place.other_town), host_level="city", **SHADOW)
    asked = Asked.on(TODAY, user=place.staff)
    for key, number in (("headquarters_postings", 2), ("secondments", 1)):
        assert figures[key].count(asked) == staff.get(figures[key].url(asked)).context["table"].total == number
    assert counts(place, unit=place.other_town) == (0, 1)
    assert counts(place, as_of=date(2022, 12, 31)) == (0, 0)


def test_on_the_day_of_the_return_nobody_is_there_any_more_today_or_looked_at_later(staff, place, somebody):
    back = {"on": date(2026, 6, 1), "state": PostingState.RETURNED}
    make_posting(somebody("甲"), ended_on=TODAY, **back)
    make_posting(somebody("乙"), ended_on=TODAY - DAY, **back)
    for day, number in ((TODAY, 0), (TODAY - DAY, 1), (TODAY - 2 * DAY, 2)):
        asked = Asked.on(day, user=place.staff)
        table = staff.get(figures["postings_here"].url(asked)).context["table"]
        assert figures["postings_here"].count(asked) == table.total == number


def test_the_day_is_a_setting(place, somebody):
    make_posting(somebody("甲"), on=date(2024, 1, 1), ended_on=date(2024, 3, 1), state=PostingState.CLOSED)
    values = {"value": date(2024, 1, 2), "valid_from": date(2020, 1, 1), "source": "部务会", "reason": "口径调整"}
    policy.add_value(FIGURES_SINCE, **values, actor=place.staff)
    assert counts(place) == (0, 0)


def moment(day, hour=0):
    return start_of(day) + timedelta(hours=hour)


def taken(trainee, day, hour=9):
    asked = [trainee.pk], moment(day, hour), moment(day, hour + 1)
    return [one.text for one in (*taken_by_postings(*asked), *taken_by_leave(*asked)) if one.is_whole]


def test_full_time_postings_take_whole_days_and_say_kind_and_host_only(somebody):
    person = somebody("甲")
    make_posting(person, on=TODAY, due_on=TODAY + 9 * DAY)
    with translation.override("en"):
        found = [taken(person, TODAY + days * DAY) for days in (-1, 0, 9, 10)]
    there = ["Task force at 环湾大道工程建设指挥部"]
    assert found == [[], there, there, []]


def test_half_time_and_proposed_ones_take_nothing(somebody):
    person = somebody("甲")
    make_posting(person, on=TODAY, mode=PostingMode.HALF)
    make_posting(person, on=TODAY, state=PostingState.PROPOSED)
    assert taken(person, TODAY) == []


def test_leave_says_neither_kind_nor_reason_and_ends_with_the_return(somebody):
    person = somebody("甲")
    make_leave(person, on=TODAY - 9 * DAY, due_on=TODAY - 5 * DAY, kind="sick", reason="看病")
    with translation.override("en"):
        assert [taken(person, day) for day in (TODAY, TODAY + DAY)] == [["Leave"], []]
    make_leave(person, on=TODAY + DAY, state="requested")
    assert taken(person, TODAY + DAY) == []


def test_a_time_that_ends_at_midnight_does_not_touch_the_next_day(somebody):
    person = somebody("甲")
    make_posting(person, on=TODAY, due_on=TODAY + 9 * DAY)
    before = [person.pk], moment(TODAY - DAY, 20), moment(TODAY)
    assert taken_by_postings(*before) == []
