"""Local days as moments, so that a filter by day can use the index on the moment; months and years by the calendar."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from django.utils import timezone


def start_of(day: date) -> datetime:
    """Midnight at which the local day begins, aware."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """Midnight at which the local day ends, aware; raises OverflowError for 31 December 9999."""
    return start_of(day + timedelta(days=1))


def days_before(day: date, days: int) -> date:
    """`days` before `day`, not before the first day there is."""
    return date.fromordinal(max(day.toordinal() - days, 1))


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it is shorter (as PostgreSQL's intervals do).

    Raises OverflowError outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"{day} + {months} months")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_of_month(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_years(day: date, years: int) -> date:
    """As `add_months`: 29 February becomes 28 February where the year has none."""
    return add_months(day, 12 * years)


def year_before(day: date) -> date:
    """The same day a year before; the last day of a month is the last one there, 28 February of a leap year's 29th too."""
    before = add_years(day, -1)
    return last_of_month(before) if day == last_of_month(day) else before


def months_between(start: date, end: date) -> int:
    """Completed months from `start` to `end`: the most that `add_months` can go without passing `end`; 0 before it."""
    months = max(0, (end.year - start.year) * 12 + end.month - start.month)
    return months if months == 0 or add_months(start, months) <= end else months - 1
