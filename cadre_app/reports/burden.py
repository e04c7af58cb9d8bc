"""减负清单 What was asked of whom in each month, counted by one statement over what the rooms announce.

Nothing here orders people, mentors or units by how much was asked of them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import pgettext

from cadre_app.core.days import add_months, last_of_month
from cadre_app.core.demands import Demand, Party, demands, parties
from cadre_app.reports import burden_sql as sql

if TYPE_CHECKING:
    from cadre_app.core.figures import Asked

MONTHS = 12


def span_until(month: date) -> tuple[date, date]:
    """The twelve calendar months that end with `month`."""
    return add_months(month.replace(day=1), 1 - MONTHS), last_of_month(month)


@dataclass(frozen=True)
class Asking:
    """One thing that was asked: when, as which demand, and what it was."""

    on: date
    demand: Demand
    what: str


@dataclass(frozen=True)
class MonthOfOne:
    """A month of one row: how much was asked, what, and whether it was more than the month may hold."""

    first: date
    cap: int
    askings: list[Asking]

    @property
    def is_over(self) -> bool:
        return len(self.askings) > self.cap


@dataclass
class Burden:
    """What was asked of a party in the months of `asked`."""

    asked: "Asked"
    key: str
    counts: dict[tuple[UUID, date], int] = field(default_factory=dict)

    @property
    def party(self) -> Party:
        return parties[self.key]

    @cached_property
    def months(self) -> list[date]:
        """The first days of the twelve months, in order."""
        return [add_months(self.asked.since, number) for number in range(MONTHS)]

    @property
    def headings(self) -> list[str]:
        """The months as columns name them."""
        label = pgettext("column of a month", "%(month)d/%(year)02d")
        return [label % {"month": month.month, "year": month.year % 100} for month in self.months]

    @cached_property
    def demands(self) -> dict[str, Demand]:
        """What is asked of this party, in order."""
        own = [(key, demand) for key, demand in demands.items() if demand.party == self.key]
        return dict(sorted(own, key=lambda pair: pair[1].order))

    def cap(self, month: date) -> int:
        """How much the month may hold, as the setting stood at its end."""
        return self.party.cap(last_of_month(month))

    def is_over(self, month: date, count: int) -> bool:
        return count > self.cap(month)

    def load(self, keys: Iterable[UUID]) -> None:
        """Count for these rows of the party; one statement."""
        source = sql.made(self.demands, self.asked, sql.of(keys))
        for whom, month, count in sql.rows(sql.BY_ROW, source):
            self.counts[whom, month] = count

    def count(self, whom: UUID, month: date) -> int:
        """How much was asked of somebody whose row was loaded."""
        return self.counts.get((whom, month), 0)

    def total(self, whom: UUID) -> int:
        return sum(self.count(whom, month) for month in self.months)

    @cached_property
    def over(self) -> dict[date, set[UUID]]:
        """For each month those of whom more was asked than it may hold."""
        found: dict[date, set[UUID]] = {month: set() for month in self.months}
        for demand, whom, month, count in self._whole:
            if demand is None and self.is_over(month, count):
                found[month].add(whom)
        return found

    def sums(self) -> list[tuple[Demand, list[int], int]]:
        """Each demand with how often it was made in each month and in all."""
        found: Counter[tuple[str, date]] = Counter()
        for key, _whom, month, count in self._whole:
            if key is not None:
                found[key, month] = count
        lines = []
        for key, demand in self.demands.items():
            numbers = [found[key, month] for month in self.months]
            lines.append((demand, numbers, sum(numbers)))
        return lines

    def askings(self, whom: UUID) -> list[Asking]:
        """Everything that was asked of one, the latest first; one statement."""
        found = []
        for key, on, what in sql.rows(sql.EACH, sql.made(self.demands, self.asked, sql.of([whom]))):
            demand = self.demands[key]
            found.append(Asking(on, demand, demand.words(what) if what else ""))
        return found

    def months_of(self, whom: UUID) -> list[MonthOfOne]:
        """The months in which something was asked of one, the latest first."""
        found: dict[date, list[Asking]] = {}
        for asking in self.askings(whom):
            found.setdefault(asking.on.replace(day=1), []).append(asking)
        return [MonthOfOne(month, self.cap(month), askings) for month, askings in found.items()]

    @cached_property
    def _whole(self) -> list[tuple[Any, ...]]:
        """Counts of each demand, and of those with more than the least cap of these months; one statement."""
        source = sql.made(self.demands, self.asked, sql.among(self.party.rows(self.asked)))
        return sql.rows(sql.WHOLE, source, min(self.cap(month) for month in self.months))
