"""Workdays by the calendar of the State Council's notices; days without a published arrangement follow the weekday.

Every function has a form in SQL, so that lead days can be counted in a query over thousands of rows. Days are local
dates; a day outside FIRST_DAY to LAST_DAY raises OutOfCalendar, a negative count ValueError.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Case, DateField, ExpressionWrapper, F, IntegerField, OuterRef, Subquery, Value, When
from django.utils.translation import gettext as _

from cadre_app.policy.models import CalendarDay, Holiday

FIRST_DAY = date(2015, 1, 1)
LAST_DAY = date(2045, 12, 31)

REBUILD_SQL = """
INSERT INTO policy_calendarday (day, is_workday, ordinal)
SELECT day, is_workday, sum(is_workday::int) OVER (ORDER BY day)
FROM (
    SELECT d::date AS day, coalesce(h.kind = 'workday', extract(isodow FROM d) < 6) AS is_workday
    FROM generate_series(%s::date, %s::date, interval '1 day') AS d
    LEFT JOIN policy_holiday AS h ON h.day = d::date AND h.voided_at IS NULL
) AS days
ON CONFLICT (day) DO UPDATE SET is_workday = excluded.is_workday, ordinal = excluded.ordinal
WHERE (policy_calendarday.is_workday, policy_calendarday.ordinal) IS DISTINCT FROM (excluded.is_workday, excluded.ordinal)
"""
REBUILD_LOCK = 706_500

# 全国年节及纪念日放假办法: the days that fall on the same date each year, before the State Council's notice of a year.
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))


class OutOfCalendar(ValidationError):
    """The calculation leaves the years that the work calendar covers."""

    def __init__(self, day: date | None = None) -> None:
        message = _("The work calendar covers %(first)s to %(last)s.") % {
            "first": FIRST_DAY.year,
            "last": LAST_DAY.year,
        }
        super().__init__(message, code="out_of_calendar", params={"day": day})


def rebuild() -> int:
    """Compute every calendar day anew in one statement; returns how many changed. Needs a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REBUILD_LOCK])
        cursor.execute(REBUILD_SQL, [FIRST_DAY, LAST_DAY])
        changed: int = cursor.rowcount
        return changed


def is_fixed_holiday(day: date) -> bool:
    """Off in every year, whether its notice is entered or not."""
    return (day.month, day.day) in FIXED_HOLIDAYS


def is_arranged(year: int) -> bool:
    """The notice on the holidays of this year is entered; without it days follow their weekday."""
    return Holiday.objects.standing().filter(day__year=year).exists()


def is_workday(day: date) -> bool:
    """True if people work on `day`."""
    return _calendar_day(day).is_workday


def add_workdays(day: date, count: int) -> date:
    """The `count`-th workday after `day`; for 0 the day itself, or the next workday if it is off."""
    start = _calendar_day(day)
    if _checked(count) == 0 and start.is_workday:
        return day
    return _workday_at(start.ordinal + max(count, 1))


def workdays_before(day: date, count: int) -> date:
    """The `count`-th workday before `day`; for 0 the day itself, or the workday before it if it is off."""
    start = _calendar_day(day)
    if _checked(count) == 0:
        return _workday_at(start.ordinal)
    return _workday_at(start.ordinal - count + (0 if start.is_workday else 1))


def workdays_between(start: date, end: date) -> int:
    """How many workdays lie after `start` up to and including `end`; negative when `end` is earlier."""
    return _calendar_day(end).ordinal - _calendar_day(start).ordinal


def workdays_since(starts: Iterable[date], end: date) -> list[int]:
    """`workdays_between` each of `starts` and `end`, in one query."""
    first = list(starts)
    days = CalendarDay.objects.in_bulk([*first, end])
    missing = next((day for day in (*first, end) if day not in days), None)
    if missing is not None:
        raise OutOfCalendar(missing)
    return [days[end].ordinal - days[start].ordinal for start in first]


def add_workdays_sql(field: str, count: int) -> Subquery:
    """`add_workdays` of a date column as an expression; NULL for NULL and outside the calendar."""
    ordinal = Case(
        When(is_workday=True, then=F("ordinal") + Value(_checked(count))),
        default=F("ordinal") + Value(max(count, 1)),
        output_field=IntegerField(),
    )
    return _workday_sql(field, ordinal)


def workdays_before_sql(field: str, count: int) -> Subquery:
    """`workdays_before` of a date column as an expression; NULL for NULL and outside the calendar."""
    ordinal = Case(
        When(is_workday=True, then=F("ordinal") - Value(_checked(count))),
        default=F("ordinal") - Value(max(count - 1, 0)),
        output_field=IntegerField(),
    )
    return _workday_sql(field, ordinal)


def workdays_between_sql(start: str, end: str) -> ExpressionWrapper[Any]:
    """`workdays_between` of two date columns as an expression."""
    ordinals = CalendarDay.objects.values("ordinal")
    difference = Subquery(ordinals.filter(day=OuterRef(end))) - Subquery(ordinals.filter(day=OuterRef(start)))
    return ExpressionWrapper(difference, output_field=IntegerField())


def _workday_sql(field: str, ordinal: Case) -> Subquery:
    wanted = CalendarDay.objects.filter(day=OuterRef(OuterRef(field))).annotate(wanted=ordinal).values("wanted")
    found = CalendarDay.objects.filter(is_workday=True, ordinal=Subquery(wanted)).order_by().values("day")
    return Subquery(found, output_field=DateField())


def _checked(count: int) -> int:
    if count < 0:
        raise ValueError("count workdays in the other direction by the other function")
    return count


def _calendar_day(day: date) -> CalendarDay:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise OutOfCalendar(day)
    return CalendarDay.objects.get(day=day)


def _workday_at(ordinal: int) -> date:
    found = CalendarDay.objects.filter(is_workday=True, ordinal=ordinal).values_list("day", flat=True).first()
    if found is None:
        raise OutOfCalendar
    return found
