"""The work calendar of one year as twelve month grids, and which years still lack their holidays."""

from calendar import Calendar
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cadre_app.policy.models import DayKind, Holiday
from cadre_app.policy.workdays import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from django.db.models import QuerySet

NOVEMBER = 11
SATURDAY = 5


@dataclass(frozen=True)
class Day:
    """`mark` is off (holiday), work (made up for), rest (weekend) or empty."""

    day: date
    mark: str
    name: str
    is_today: bool


@dataclass(frozen=True)
class Month:
    first: date
    weeks: list[list[Day | None]]
    workdays: int


def months_of(year: int, holidays: "QuerySet[Holiday]", today: date) -> list[Month]:
    """Twelve months, weeks from Monday; one query."""
    known = {holiday.day: holiday for holiday in holidays.of_year(year)}  # type: ignore[attr-defined]
    return [_month(date(year, month, 1), known, today) for month in range(1, 13)]


def missing_years(today: date) -> list[int]:
    """This year, and from 1 November the next, when no holidays are entered for it; one query."""
    asked = [today.year, today.year + 1] if today.month >= NOVEMBER else [today.year]
    known = Counter(
        Holiday.objects.standing()
        .filter(day__gte=date(today.year, 1, 1), day__lte=date(today.year + 1, 12, 31))
        .values_list("day__year", flat=True)
    )
    return [year for year in asked if not known[year] and FIRST_DAY.year <= year <= LAST_DAY.year]


def _month(first: date, known: dict[date, Holiday], today: date) -> Month:
    weeks: list[list[Day | None]] = [
        [_day(day, known.get(day), today) if day.month == first.month else None for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    workdays = sum(1 for week in weeks for day in week if day is not None and day.mark in ("", "work"))
    return Month(first, weeks, workdays)


def _day(day: date, holiday: Holiday | None, today: date) -> Day:
    if holiday is not None:
        mark = "off" if holiday.kind == DayKind.HOLIDAY else "work"
    else:
        mark = "rest" if day.weekday() >= SATURDAY else ""
    return Day(day, mark, holiday.name if holiday else "", day == today)
