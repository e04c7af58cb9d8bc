"""Which days a name of a period means, and the same period a year before."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre_app.core import days
from cadre_app.core.days import add_years
from cadre_app.core.figures import period_start

Span = tuple[date, date]
MONTHS_OF_A_QUARTER = 3


class Period(models.TextChoices):
    """All but the free one follow from the day that is asked; those of the calendar end on it, not at their own end."""

    TWELVE = "12m", _("12 months until the day")
    YEAR = "year", _("The year of the day")
    LAST_YEAR = "last", _("The year before, whole")
    QUARTER = "quarter", _("The quarter of the day")
    MONTH = "month", _("The month of the day")
    FREE = "free", _("From a day of your choice")


def span_of(period: str, day: date, since: date | None = None) -> Span:
    """First and last day; `since` is the first of a free one."""
    if period == Period.LAST_YEAR:
        return date(day.year - 1, 1, 1), date(day.year - 1, 12, 31)
    firsts = {
        Period.TWELVE: period_start(day),
        Period.YEAR: day.replace(month=1, day=1),
        Period.QUARTER: day.replace(month=(day.month - 1) // MONTHS_OF_A_QUARTER * MONTHS_OF_A_QUARTER + 1, day=1),
        Period.MONTH: day.replace(day=1),
        Period.FREE: since or day,
    }
    return firsts[Period(period)], day


def year_before(period: str, span: Span) -> Span:
    """The same days a year before; where a month ends with `span`, it ends there too. Twelve months follow each other."""
    since, until = span
    if period == Period.TWELVE:
        before = add_years(until, -1)
        return period_start(before), before
    return add_years(since, -1), days.year_before(until)
