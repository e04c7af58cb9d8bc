"""When an entry of the work calendar comes round: days of the plan, and the workday on which each is due.

Pure but for `workday` and `Workdays`, which ask the work calendar. `day` 31 stands for the last day of the month.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from cadre_app.core.days import add_months, last_of_month
from cadre_app.policy import workdays
from cadre_app.policy.models import CalendarDay
from cadre_app.reminders.models import Recurrence
from cadre_app.reminders.models.work_items import MONTH_END

STEPS = {Recurrence.MONTHLY.value: 1, Recurrence.QUARTERLY.value: 3, Recurrence.YEARLY.value: 12}
LONGEST_BREAK = 31


def day_of(planned: date) -> int:
    """What later rounds keep of a day: its number, or that it is the last of its month."""
    return MONTH_END if planned == last_of_month(planned) else planned.day


def following(planned: date, day: int, recurrence: str) -> Iterator[date]:
    """The rounds after the one planned for `planned`, without end but for the end of all years; none for `once`."""
    step = STEPS.get(recurrence)
    first = planned.replace(day=1)
    while step is not None:
        try:
            first = add_months(first, step)
        except OverflowError:
            return
        yield first.replace(day=min(day, last_of_month(first).day))


def first_after(planned: date, day: int, recurrence: str, after: date) -> date | None:
    """The first round that comes after both `planned` and `after`; None if there is none."""
    return next((round_ for round_ in following(planned, day, recurrence) if round_ > after), None)


def workday(day: date) -> date:
    """The workday on or before `day`; the day itself beyond the years that the work calendar covers."""
    try:
        return workdays.workdays_before(day, 0)
    except workdays.OutOfCalendar:
        return day


class Workdays:
    """`workday` for the days of one year, in one query for all."""

    def __init__(self, year: int) -> None:
        start = date(year, 1, 1) - timedelta(days=LONGEST_BREAK) if year > 1 else date(1, 1, 1)
        found = CalendarDay.objects.filter(day__gte=start, day__lte=date(year, 12, 31), is_workday=True)
        self._days = set(found.values_list("day", flat=True))

    def on_or_before(self, day: date) -> date:
        near = (day - timedelta(days=back) for back in range(LONGEST_BREAK) if day.toordinal() > back)
        return next((one for one in near if one in self._days), day)
