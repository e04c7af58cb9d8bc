from datetime import date, timedelta

import chinese_calendar
import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre_app.policy import services, workdays
from cadre_app.policy.models import CalendarDay, Holiday

pytestmark = pytest.mark.django_db

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
days = st.dates(date(2016, 1, 1), date(2044, 1, 1))
published = st.dates(date(2023, 1, 1), date(2026, 11, 30))
counts = st.integers(0, 60)


def test_every_day_from_2023_to_2026_is_as_published():
    first, last = date(2023, 1, 1), date(2026, 12, 31)
    ours = dict(CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "is_workday"))
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert ours == {day: chinese_calendar.is_workday(day) for day in every}


def test_a_year_without_published_holidays_follows_the_weekday():
    ours = CalendarDay.objects.filter(day__year=2027).values_list("day", "is_workday")
    assert [day for day, is_workday in ours if is_workday != (day.weekday() < 5)] == []


def test_the_ordinal_counts_the_workdays_up_to_each_day():
    counted = 0
    for day, is_workday, ordinal in CalendarDay.objects.values_list("day", "is_workday", "ordinal"):
        counted += is_workday
        assert ordinal == counted, day


@quick
@given(day=published, count=st.integers(1, 15))
def test_adding_workdays_passes_exactly_as_many_published_ones(day, count):
    end = workdays.add_workdays(day, count)
    passed = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(chinese_calendar.is_workday(each) for each in passed) == count
    assert workdays.is_workday(end)


@quick
@given(day=days, count=counts)
def test_going_on_and_back_ends_at_the_same_workday(day, count):
    start = workdays.add_workdays(day, 0)
    assert workdays.workdays_before(workdays.add_workdays(start, count), count) == start


@quick
@given(start=days, end=days)
def test_counting_between_is_the_reverse_of_the_other_direction(start, end):
    assert workdays.workdays_between(start, end) == -workdays.workdays_between(end, start)


@quick
@given(day=days, count=counts)
def test_the_workdays_between_are_those_that_were_added(day, count):
    start = workdays.add_workdays(day, 0)
    assert workdays.workdays_between(start, workdays.add_workdays(start, count)) == count


@pytest.mark.parametrize("count", [0, 1, 5])
def test_the_forms_in_sql_say_the_same(count):
    rows = Holiday.objects.filter(day__year=2024).annotate(
        later=workdays.add_workdays_sql("day", count), earlier=workdays.workdays_before_sql("day", count)
    )
    for row in rows:
        assert row.later == workdays.add_workdays(row.day, count)
        assert row.earlier == workdays.workdays_before(row.day, count)


def test_counting_between_two_columns_in_sql():
    rows = Holiday.objects.filter(day__year=2024).annotate(
        later=workdays.add_workdays_sql("day", 3), count=workdays.workdays_between_sql("day", "day")
    )
    assert {row.count for row in rows} == {0}


def test_around_the_leap_day_and_the_national_holiday():
    assert workdays.add_workdays(date(2024, 2, 28), 1) == date(2024, 2, 29)
    assert workdays.workdays_before(date(2024, 3, 1), 1) == date(2024, 2, 29)
    assert workdays.add_workdays(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert workdays.workdays_before(date(2026, 10, 8), 0) == date(2026, 10, 8)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2014, 12, 31), date(2046, 1, 1), date(9999, 12, 31)])
def test_a_day_outside_the_calendar_is_refused_clearly(day):
    for call in (workdays.is_workday, lambda each: workdays.add_workdays(each, 1)):
        with pytest.raises(workdays.OutOfCalendar, match=r"2015.*2045"):
            call(day)


def test_a_count_that_leaves_the_calendar_is_refused_clearly():
    for call in (workdays.add_workdays, workdays.workdays_before):
        with pytest.raises(workdays.OutOfCalendar):
            call(date(2026, 3, 2), 100_000)
    with pytest.raises(ValueError, match="other direction"):
        workdays.add_workdays(date(2026, 3, 2), -1)


def test_a_new_holiday_moves_every_later_ordinal_and_its_removal_moves_them_back(sysadmin):
    before = workdays.add_workdays(date(2027, 2, 5), 1)
    holiday = services.add_holiday(
        day=date(2027, 2, 8), kind="holiday", name="春节", source="通知", reason="录入", actor=sysadmin
    )
    moved = workdays.add_workdays(date(2027, 2, 5), 1)
    services.void_holiday(holiday, reason="录入有误", version=1, actor=sysadmin)
    after = workdays.add_workdays(date(2027, 2, 5), 1)
    assert (before, moved, after) == (date(2027, 2, 8), date(2027, 2, 9), date(2027, 2, 8))


def test_monday_to_friday_cannot_be_a_make_up_workday(sysadmin):
    with pytest.raises(ValidationError) as caught:
        services.add_holiday(
            day=date(2027, 2, 8), kind="workday", name="春节", source="通知", reason="录入", actor=sysadmin
        )
    assert caught.value.error_dict.keys() == {"kind"}
