"""What a report is defined by: columns, groups of lines, each with its fixed rule of counting, and sums that must agree."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.rosters.facts import Facts

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PEOPLE = pgettext_lazy("unit of a report", "people")
TIMES = pgettext_lazy("unit of a report", "cases")
HOURS = pgettext_lazy("unit of a report", "training hours")
NOBODY = Decimal(0)


@dataclass(frozen=True)
class Column:
    """`holds(facts)`: who is counted in it. `parts` are the keys of columns that add up to this one."""

    key: str
    label: "_StrPromise | str"
    rule: "_StrPromise | str"
    holds: Callable[[Facts], bool]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """`counts(facts)`: how much one person adds: 1 or 0 for people, else cases or hours. `unit` names what is counted.

    `in_year`: counts what happened in the calendar year until the day, which says something beside another report only where
    that is of the same day of its year.
    """

    key: str
    label: "_StrPromise | str"
    rule: "_StrPromise | str"
    counts: Callable[[Facts], int | Decimal]
    unit: "_StrPromise | str" = PEOPLE
    in_year: bool = False


@dataclass(frozen=True)
class Group:
    """Lines under one heading. `sum_of`: the key of the line to which they add up, where they have to."""

    key: str
    label: "_StrPromise | str"
    lines: tuple[Line, ...]
    sum_of: str = ""


@dataclass(frozen=True)
class Definition:
    """One report to the superior."""

    title: "_StrPromise | str"
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    note: "_StrPromise | str" = ""
    lines: dict[str, Line] = field(init=False)

    def __post_init__(self) -> None:
        found = {line.key: line for group in self.groups for line in group.lines}
        object.__setattr__(self, "lines", found)

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)

    def people(self, line: str, column: str, facts: Iterable[Facts]) -> list[Facts]:
        """Whom a cell counts."""
        counted, held = self.lines[line], self.column(column)
        return [one for one in facts if held is not None and held.holds(one) and counted.counts(one)]

    def left_out(self, group: Group, column: str, facts: Iterable[Facts]) -> list[Facts]:
        """Who is in the line that a group adds up to and in none of its lines."""
        counted = self.people(group.sum_of, column, facts) if group.sum_of else []
        return [one for one in counted if not any(line.counts(one) for line in group.lines)]


def one_if(test: Callable[[Facts], bool], *, here: bool = True) -> Callable[[Facts], int]:
    """Counts people that are here on the day and pass the test; with `here=False` also those who left in the year."""
    return lambda facts: int((facts.is_here or not here) and test(facts))


WHOLE = _(
    "Everybody who belonged on the day to the unit or to one that is below it when it is counted; who left in the year "
    "counts in the lines of that alone"
)
