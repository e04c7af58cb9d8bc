"""Entries as the page shows them: in the viewer's words, under the marks of their years."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from cadre_app.core.growth import Access, Row, growth_kinds, growth_sources

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Entry:
    """One line of the timeline, as components/timeline_entry.html draws it; `id` is its anchor."""

    id: str
    day: date
    icon: str
    tone: str
    kind: "_StrPromise | str"
    title: str
    text: str
    source: str
    state: str
    label: str
    url: str
    is_held: bool
    is_restricted: bool


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
    """Rows, newest first, by year; `after` is the day of the entry shown before them. A paper counts what stands on it."""
    known = {} if access.on_paper else dict(counts)
    for year, found in groupby(rows, key=lambda row: row.day.year):
        if entries := entries_of(found, access):
            yield Year(year, known.get(year, len(entries)), entries, goes_on=after is not None and after.year == year)


def entries_of(rows: Iterable[Row], access: Access) -> list[Entry]:
    """Rows as the pages show them; on a paper nothing of what is restricted."""
    entries = [entry_of(row, access) for row in rows]
    return [entry for entry in entries if not (access.on_paper and entry.is_restricted)]


def entry_of(row: Row, access: Access) -> Entry:
    """One row as the pages show it."""
    kind, words = growth_kinds[row.kind], growth_sources[row.source].words(row, access)
    return Entry(
        id=f"{row.source.replace('.', '-')}-{row.id}",
        day=row.day,
        icon=kind.icon,
        tone=kind.tone,
        kind=kind.label,
        title=words.title,
        text=words.text,
        source=words.by,
        state=words.state,
        label=words.label,
        url=words.url,
        is_held=words.is_held,
        is_restricted=words.is_restricted,
    )
