"""年度小结 one year of one file: what was done, how it was judged, its hours; for the present year also what comes next.

Everything is pulled from the sources and parts of the file, so that a reader finds here what the timeline shows them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cadre_app.core.growth import Access, GrowthKind, HeadLine, growth_kinds, year_parts
from cadre_app.growth.entries import Entry, entries_of
from cadre_app.growth.head import head_context
from cadre_app.growth.timeline import Timeline

if TYPE_CHECKING:
    from cadre_app.people.models import Trainee

MOST = 1_000
EARLIEST = 1900


@dataclass(frozen=True)
class Section:
    """The entries of one kind in that year, the earliest first, of `count` in all."""

    kind: GrowthKind
    count: int
    entries: list[Entry]


@dataclass(frozen=True)
class YearView:
    """`years` are those with entries and the present one, the latest first; `coming` and `gaps` only of the present year."""

    year: int
    years: list[int]
    total: int
    sections: list[Section]
    lines: list[HeadLine]
    coming: Any
    gaps: Any
    is_present: bool

    @property
    def is_cut(self) -> bool:
        return self.total > MOST


def year_view(trainee: "Trainee", access: Access, year: int) -> YearView:
    """The year as `access` sees it, up to today: what lies ahead did not happen yet."""
    timeline, today = Timeline(trainee, access), timezone.localdate()
    last = min(date(year, 12, 31), today)
    told = {source for part in year_parts.values() for source in part.sources}
    every = [row for row in timeline.page(size=MOST, year=year).rows[::-1] if row.source not in told]
    rows, ahead = [row for row in every if row.day <= last], Counter(row.kind for row in every if row.day > last)
    by_kind = sorted(rows, key=lambda row: (growth_kinds[row.kind].order, row.kind))
    sections = [
        Section(
            growth_kinds[kind],
            timeline.census.total(kind=kind, year=year, without=told) - ahead[kind],
            entries_of(found, access),
        )
        for kind, found in groupby(by_kind, key=lambda row: row.kind)
    ]
    head = head_context(trainee, access) if year == today.year else {}
    return YearView(
        year=year,
        years=sorted({of for of, _count in timeline.census.years()} | {today.year, year}, reverse=True),
        total=timeline.census.total(year=year, without=told) - ahead.total(),
        sections=sections,
        lines=_lines(trainee, access, year),
        coming=head["head"]["coming"] if head else [],
        gaps=head.get("gaps", []),
        is_present=year == today.year,
    )


def is_year(year: int) -> bool:
    """A year that a file can tell of: none before anybody in it was born, none to come."""
    return EARLIEST <= year <= timezone.localdate().year


def _lines(trainee: "Trainee", access: Access, year: int) -> list[HeadLine]:
    parts = sorted(year_parts.values(), key=lambda part: part.order)
    return [line for part in parts for line in part.lines(trainee, access, year)]
