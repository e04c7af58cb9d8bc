"""The office's year as its page, its workbook and the desk show it: rounds done, the present ones, and those to come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.days import last_of_month
from cadre_app.reminders.models import WorkItem, WorkItemDone
from cadre_app.reminders.rounds import Workdays, following

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

SOON = timedelta(days=14)
STATES: "dict[str, tuple[str, _StrPromise]]" = {
    "over": ("over", pgettext_lazy("work calendar", "Overdue")),
    "soon": ("soon", pgettext_lazy("work calendar", "Due soon")),
    "planned": ("none", pgettext_lazy("work calendar", "Planned")),
    "done": ("ok", pgettext_lazy("work calendar", "Done")),
    "off": ("idle", pgettext_lazy("work calendar", "Switched off")),
}
SEPARATOR = "、"


@dataclass(frozen=True)
class Round:
    """One entry on one day; `is_present` where it is the one to be done next."""

    item: WorkItem
    day: date
    state: str
    done: WorkItemDone | None = None
    is_present: bool = False

    @property
    def mark(self) -> str:
        return STATES[self.state][0]

    @property
    def state_text(self) -> str:
        return str(STATES[self.state][1])


@dataclass(frozen=True)
class Month:
    """`first` is None for what is overdue since earlier years."""

    first: date | None
    rounds: list[Round]


@dataclass(frozen=True)
class Asked:
    """What the page was asked for; 0 and empty texts stand for everything."""

    year: int
    month: int = 0
    responsible: str = ""
    state: str = ""

    def admits(self, found: Round) -> bool:
        return (
            (not self.month or (found.day.year, found.day.month) == (self.year, self.month))
            and (not self.state or found.state == self.state)
            and (not self.responsible or self.responsible in found.item.responsible.split(SEPARATOR))
        )


def months_of(user: "User", asked: Asked) -> list[Month]:
    """The months of a year that hold anything, in order; three queries."""
    months: dict[date | None, list[Round]] = {}
    for found in rounds_of(user, asked):
        first = found.day.replace(day=1) if found.day.year == asked.year else None
        months.setdefault(first, []).append(found)
    return [Month(first, months[first]) for first in sorted(months, key=lambda first: first or date.min)]


def rounds_of(user: "User", asked: Asked) -> list[Round]:
    """Every round of a year that is asked for, by day; of the present year also what is overdue since earlier ones."""
    today = timezone.localdate()
    first, last = date(asked.year, 1, 1), date(asked.year, 12, 31)
    workdays = Workdays(asked.year)
    found = [_done(done) for done in _dones(user, first, last)]
    for item in WorkItem.objects.visible_to(user).standing():
        if item.due_on is None:
            continue
        is_late = asked.year == today.year and item.due_on < first and item.is_on
        if is_late or first <= item.due_on <= last:
            found.append(_present(item, item.due_on, today))
        if item.is_on:
            found += _coming(item, asked.year, workdays)
    return sorted(filter(asked.admits, found), key=lambda one: (one.day, one.item.title_zh))


def month_of(user: "User", today: date) -> list[Round]:
    """What the desk shows: this month's rounds, done or not, and everything overdue; two queries."""
    first, last = today.replace(day=1), last_of_month(today)
    items = WorkItem.objects.visible_to(user).in_use().filter(due_on__lte=last)
    found = [_present(item, item.due_on, today) for item in items if item.due_on is not None]
    found += [_done(done) for done in _dones(user, first, last)]
    return sorted(found, key=lambda one: (one.state == "done", one.day, one.item.title_zh))


def present_round(item: WorkItem, today: date) -> Round | None:
    """The round to be done next; None once a single entry is done."""
    return _present(item, item.due_on, today) if item.due_on is not None else None


def responsible_parties(user: "User") -> list[str]:
    """Each office named as responsible, once; one query."""
    texts = WorkItem.objects.visible_to(user).standing().order_by().values_list("responsible", flat=True).distinct()
    return sorted({part for text in texts for part in text.split(SEPARATOR) if part})


def export_rows(months: Iterable[Month]) -> Iterable[list[Any]]:
    """Headings, then one row for each round."""
    names = (_("Day"), _("Item"), _("Responsible"), _("Basis or explanation"), _("Recurrence"), _("State"))
    yield [*names, _("Done on"), _("Recorded by"), _("Remark")]
    for month in months:
        for one in month.rounds:
            item, done = one.item, one.done
            record = [done.done_on, done.by.display_name, done.note] if done is not None else [None, "", item.note]
            yield [
                one.day,
                item.label,
                item.responsible,
                item.basis,
                item.get_recurrence_display(),
                one.state_text,
                *record,
            ]


def counted(months: Iterable[Month]) -> Mapping[str, int]:
    """How many rounds in each state."""
    numbers = dict.fromkeys(STATES, 0)
    for month in months:
        for one in month.rounds:
            numbers[one.state] += 1
    return numbers


def _dones(user: "User", first: date, last: date) -> "QuerySet[WorkItemDone]":
    in_time = Q(due_on__gte=first, due_on__lte=last, item__voided_at=None)
    return WorkItemDone.objects.visible_to(user).standing().filter(in_time).select_related("item", "by")


def _done(done: WorkItemDone) -> Round:
    return Round(done.item, done.due_on, "done", done=done)


def _present(item: WorkItem, due_on: date, today: date) -> Round:
    if not item.is_on:
        state = "off"
    elif due_on < today:
        state = "over"
    else:
        state = "soon" if due_on - today <= SOON else "planned"
    return Round(item, due_on, state, is_present=True)


def _coming(item: WorkItem, year: int, workdays: Workdays) -> Iterable[Round]:
    """The rounds after the present one whose plan lies in `year`."""
    for planned in following(item.planned_on, item.day, item.recurrence):
        if planned.year > year:
            return
        if planned.year == year:
            yield Round(item, workdays.on_or_before(planned), "planned")
