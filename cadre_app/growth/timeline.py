"""成长轨迹 one timeline over all sources: what is there, counted once; then one page of it, newest first.

Within a day, entries stand in the order of their sources (GrowthSource.order), then as they were recorded, the later
above the earlier, as days do.
"""

import base64
import binascii
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, TextField, Value
from django.db.models.functions import Cast, ExtractYear

from cadre_app.core.growth import COLUMNS, Access, GrowthSource, Row, growth_kinds, growth_sources

LONGEST_CURSOR = 400
ORDER = ("-entry_on", "-entry_order", "-entry_at", "-entry_id")


@dataclass(frozen=True)
class Place:
    """Where an entry stands; a page goes on after it."""

    day: date
    order: int
    at: datetime
    id: UUID

    def cursor(self) -> str:
        """As text for addresses."""
        text = f"{self.day.isoformat()}|{self.order}|{self.at.isoformat()}|{self.id}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@dataclass(frozen=True)
class Census:
    """How many entries there are, by source, kind and year."""

    counts: Counter[tuple[str, str, int]] = field(default_factory=Counter)

    def total(self, *, kind: str = "", year: int | None = None) -> int:
        return sum(self._found(kind, year).values())

    def kinds(self) -> list[tuple[str, int]]:
        """Kinds with entries, in their order, with how many."""
        found = {kind for _source, kind, _year in self.counts}
        ordered = sorted(found, key=lambda kind: (growth_kinds[kind].order, kind))
        return [(kind, self.total(kind=kind)) for kind in ordered]

    def years(self, *, kind: str = "") -> list[tuple[int, int]]:
        """Years with entries, the latest first, with how many."""
        found: Counter[int] = Counter()
        for (_source, _kind, year), count in self._found(kind, None).items():
            found[year] += count
        return sorted(found.items(), reverse=True)

    def sources(self, *, kind: str = "", year: int | None = None) -> set[str]:
        """Sources that have such entries; others need not be asked for a page."""
        return {source for source, _kind, _year in self._found(kind, year)}

    def _found(self, kind: str, year: int | None) -> dict[tuple[str, str, int], int]:
        return {
            key: count
            for key, count in self.counts.items()
            if (not kind or key[1] == kind) and (year is None or key[2] == year)
        }


@dataclass(frozen=True)
class Page:
    """Rows, newest first; `next` is the place to go on after, None at the end."""

    rows: list[Row]
    next: Place | None


def census_of(access: Access) -> Census:
    """Everything that `access` may see, counted; one query."""
    counted = [
        entries.order_by()
        .annotate(entry_source=_constant(key), entry_year=ExtractYear("entry_on"))
        .values("entry_source", "entry_kind", "entry_year")
        .annotate(entry_count=Count("*"))
        for key, _source, entries in _branches(access)
    ]
    counts: Counter[tuple[str, str, int]] = Counter()
    for row in _united(counted):
        counts[row["entry_source"], row["entry_kind"], row["entry_year"]] += row["entry_count"]
    return Census(counts)


def page_of(
    access: Access,
    census: Census,
    *,
    size: int,
    kind: str = "",
    year: int | None = None,
    after: Place | None = None,
) -> Page:
    """The entries of a kind and a year after a place; one query over the sources that `census` found."""
    wanted = census.sources(kind=kind, year=year)
    branches = [
        _sliced(key, source, entries, kind=kind, year=year, after=after, limit=size + 1)
        for key, source, entries in _branches(access)
        if key in wanted
    ]
    united = _united(branches)
    found = list(united.order_by(*ORDER)[: size + 1] if len(branches) > 1 else united)
    places = [Place(row["entry_on"], row["entry_order"], row["entry_at"], row["entry_id"]) for row in found[:size]]
    return Page([_row(row) for row in found[:size]], places[-1] if len(found) > size else None)


def read_place(cursor: str) -> Place | None:
    """The place that `Place.cursor` wrote; None for anything else."""
    if not 0 < len(cursor) <= LONGEST_CURSOR:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        day, order, at, key = text.split("|")
        place = Place(date.fromisoformat(day), int(order), datetime.fromisoformat(at), UUID(key))
    except (ValueError, binascii.Error):
        return None
    return place if place.at.tzinfo is not None and abs(place.order) < 2**15 else None


def _branches(access: Access) -> list[tuple[str, GrowthSource, Any]]:
    found = [(key, source, source.entries(access.trainee, access)) for key, source in growth_sources.items()]
    return [(key, source, entries) for key, source, entries in found if entries is not None]


def _sliced(
    key: str, source: GrowthSource, entries: Any, *, kind: str, year: int | None, after: Place | None, limit: int
) -> Any:
    """One source, narrowed and cut before the sources are united."""
    if kind and source.kinds != (kind,):
        entries = entries.filter(entry_kind=kind)
    if year is not None:
        entries = entries.filter(entry_on__gte=date(year, 1, 1), entry_on__lte=date(year, 12, 31))
    if after is not None:
        entries = entries.filter(_beyond(after, source.order))
    named = entries.annotate(entry_source=_constant(key), entry_order=Value(source.order))
    return named.order_by(*ORDER).values(*COLUMNS, "entry_source", "entry_order")[:limit]


def _beyond(after: Place, order: int) -> Q:
    """What stands below a place, among entries of one order."""
    if order > after.order:
        return Q(entry_on__lt=after.day)
    if order < after.order:
        return Q(entry_on__lte=after.day)
    later = Q(entry_at__lt=after.at) | Q(entry_at=after.at, entry_id__lt=after.id)
    return Q(entry_on__lte=after.day) & (Q(entry_on__lt=after.day) | later)


def _united(branches: list[Any]) -> Any:
    if not branches:
        return []
    first, *others = branches
    return first.union(*others, all=True) if others else first


def _constant(text: str) -> Cast:
    return Cast(Value(text), TextField())


def _row(found: dict[str, Any]) -> Row:
    return Row(
        day=found["entry_on"],
        id=found["entry_id"],
        kind=found["entry_kind"],
        source=found["entry_source"],
        data=found["entry_data"],
        status=found["entry_status"],
    )
