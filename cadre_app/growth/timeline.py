"""成长轨迹 one timeline over all sources: what is there, counted once; then one page of it, newest first.

Within a day, entries stand in the order of their sources (GrowthSource.order), then as they were recorded, the later
above the earlier, as days do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, F, IntegerField, Q, TextField, Value
from django.db.models.functions import ExtractYear, JSONObject

from cadre_app.core.growth import Access, Entries, GrowthSource, Row, growth_sources
from cadre_app.growth.census import Census
from cadre_app.growth.places import Place
from cadre_app.people.models import Trainee

COLUMNS = (
    "entry_source",
    "entry_on",
    "entry_order",
    "entry_at",
    "entry_id",
    "entry_kind",
    "entry_data",
    "entry_status",
)
WITHIN = ("-entry_on", "-entry_at", "-entry_id")
ORDER = ("-entry_on", "-entry_order", "-entry_at", "-entry_id")


@dataclass(frozen=True)
class Page:
    """Rows, newest first; `next` is the place to go on after, None at the end."""

    rows: list[Row]
    next: Place | None


class Timeline:
    """The entries of one file that `access` may see; `trainee` with its person."""

    def __init__(self, trainee: Trainee, access: Access) -> None:
        self.trainee, self.access = trainee, access
        self.keys = growth_sources.keys()
        self.branches: list[tuple[int, GrowthSource, Entries]] = []
        self.facts: list[tuple[Place, Row]] = []
        for number, (key, source) in enumerate(growth_sources.items()):
            found = source.entries(access.trainee, access) if source.entries is not None else None
            if found is not None:
                self.branches.append((number, source, found))
            self.facts += _facts(key, source, trainee, access)

    @cached_property
    def census(self) -> Census:
        """Everything counted; one query."""
        counted = [_counted(number, found) for number, _source, found in self.branches]
        census = Census()
        for number, kind, year, count in _united(counted) if counted else ():
            census.counts[self.keys[number], kind, year] += count
        for _place, row in self.facts:
            census.counts[row.source, row.kind, row.day.year] += 1
        return census

    def page(self, *, size: int, kind: str = "", year: int | None = None, after: Place | None = None) -> Page:
        """The entries of a kind and a year after a place; one query over the sources that have some."""
        wanted = self.census.sources(kind=kind, year=year)
        branches = [
            _sliced(number, source, found, kind=kind, year=year, after=after, limit=size + 1)
            for number, source, found in self.branches
            if self.keys[number] in wanted
        ]
        rows = [self._read(values) for values in self._ordered(branches, size + 1)]
        rows += [
            (place, row)
            for place, row in self.facts
            if (not kind or row.kind == kind) and year in {None, row.day.year} and (after is None or place < after)
        ]
        rows.sort(key=lambda found: found[0], reverse=True)
        return Page([row for _place, row in rows[:size]], rows[size - 1][0] if len(rows) > size else None)

    def _ordered(self, branches: list[Any], limit: int) -> Iterator[tuple[Any, ...]]:
        if len(branches) > 1:
            yield from _united(branches).order_by(*ORDER)[:limit]
        elif branches:
            yield from branches[0]

    def _read(self, values: tuple[Any, ...]) -> tuple[Place, Row]:
        number, day, order, at, key, kind, data, status = values
        return Place(day, order, at, key), Row(day, key, kind, self.keys[number], data, status)


def _facts(key: str, source: GrowthSource, trainee: Trainee, access: Access) -> Iterator[tuple[Place, Row]]:
    for fact in source.facts(trainee, access) if source.facts is not None else ():
        place = Place(fact.day, source.order, trainee.created_at, trainee.pk)
        yield place, Row(fact.day, trainee.pk, fact.kind, key, fact.data, fact.status)


def _counted(number: int, found: Entries) -> Any:
    """How many rows of one source there are, by kind and year."""
    named = found.rows.order_by().annotate(
        entry_source=Value(number, IntegerField()), entry_kind=_text(found.kind), entry_year=ExtractYear(found.day)
    )
    grouped = named.values("entry_source", "entry_kind", "entry_year").annotate(entry_count=Count("pk"))
    return grouped.values_list("entry_source", "entry_kind", "entry_year", "entry_count")


def _sliced(
    number: int,
    source: GrowthSource,
    found: Entries,
    *,
    kind: str,
    year: int | None,
    after: Place | None,
    limit: int,
) -> Any:
    """One source, narrowed and cut before the sources are united."""
    entries = found.rows.annotate(
        entry_source=Value(number, IntegerField()),
        entry_on=_field(found.day),
        entry_order=Value(source.order, IntegerField()),
        entry_at=_field(found.at),
        entry_id=_field(found.pk),
        entry_kind=_text(found.kind),
        entry_data=JSONObject(**found.data),
        entry_status=_text(found.status),
    )
    if kind and source.kinds != (kind,):
        entries = entries.filter(entry_kind=kind)
    if year is not None:
        entries = entries.filter(entry_on__gte=date(year, 1, 1), entry_on__lte=date(year, 12, 31))
    if after is not None:
        entries = entries.filter(_beyond(after, source.order))
    return entries.order_by(*WITHIN).values_list(*COLUMNS)[:limit]


def _beyond(after: Place, order: int) -> Q:
    """What stands below a place, among entries of one order."""
    if order > after.order:
        return Q(entry_on__lt=after.day)
    if order < after.order:
        return Q(entry_on__lte=after.day)
    later = Q(entry_at__lt=after.at) | Q(entry_at=after.at, entry_id__lt=after.id)
    return Q(entry_on__lte=after.day) & (Q(entry_on__lt=after.day) | later)


def _united(branches: list[Any]) -> Any:
    first, *others = branches
    return first.union(*others, all=True) if others else first


def _field(value: Any) -> Any:
    return F(value) if isinstance(value, str) else value


def _text(value: Any) -> Any:
    return Value(value, TextField()) if isinstance(value, str) else value
