"""Entries as the page shows them: in the viewer's words, under the marks of their years."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from cadre_app.core.growth import Access, GrowthKind, Row, Words, growth_kinds, growth_sources


@dataclass(frozen=True)
class Entry:
    """One line of the timeline; `id` is its anchor."""

    id: str
    day: date
    kind: GrowthKind
    words: Words


@dataclass(frozen=True)
class Year:
    """Entries of one year with how many there are in all; `goes_on` where its mark stands further up already."""

    year: int
    count: int
    entries: list[Entry]
    goes_on: bool


def years_of(
    rows: Iterable[Row], access: Access, counts: Iterable[tuple[int, int]], *, after: date | None = None
) -> Iterator[Year]:
    """Rows, newest first, by year; `after` is the day of the entry shown before them."""
    known = dict(counts)
    for year, found in groupby(rows, key=lambda row: row.day.year):
        entries = [_entry(row, access) for row in found]
        yield Year(year, known.get(year, len(entries)), entries, goes_on=after is not None and after.year == year)


def _entry(row: Row, access: Access) -> Entry:
    words = growth_sources[row.source].words(row, access)
    return Entry(f"{row.source.replace('.', '-')}-{row.id}", row.day, growth_kinds[row.kind], words)
