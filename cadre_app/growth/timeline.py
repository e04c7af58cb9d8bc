"""成长轨迹 one timeline over all sources: what is there, counted once; then one page of it, newest first.

Within a day, entries stand in the order of their sources (GrowthSource.order), then as they were recorded, the later
above the earlier, as days do.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import connection

from cadre_app.core.growth import Access, GrowthSource, Row, growth_sources
from cadre_app.growth.branches import Branch, branch_of
from cadre_app.growth.census import Census
from cadre_app.growth.places import Place
from cadre_app.people.models import Trainee

COUNTED = (
    "SELECT {number}, entry_kind, EXTRACT(YEAR FROM entry_on)::int, COUNT(*) FROM ({branch}) AS entries GROUP BY 2, 3"
)
CUT = (
    "(SELECT {number}, entry_on, {order}, entry_at, entry_id, entry_kind::text, entry_data, entry_status::text"
    " FROM ({branch}) AS entries{where} ORDER BY entry_on DESC, entry_at DESC, entry_id DESC LIMIT {limit})"
)
NEWEST_FIRST = " ORDER BY 2 DESC, 3 DESC, 4 DESC, 5 DESC LIMIT {limit}"


@dataclass(frozen=True)
class Page:
    """Rows, newest first; `next` is the place to go on after, None at the end."""

    rows: list[Row]
    next: Place | None


class Timeline:
    """The entries of one file that `access` may see; `trainee` with its person."""

    def __init__(self, trainee: Trainee, access: Access) -> None:
        self.trainee = trainee
        self.access = access
        self.keys = growth_sources.keys()
        self.branches: list[tuple[int, GrowthSource, Branch]] = []
        self.facts: list[tuple[Place, Row]] = []
        for number, (key, source) in enumerate(growth_sources.items()):
            seen = source.sees(access) if source.sees is not None else None
            if seen is not None:
                self.branches.append((number, source, branch_of(source, seen)))
            self.facts += _facts(key, source, trainee, access)

    @cached_property
    def census(self) -> Census:
        """Everything counted; one query."""
        parts = [COUNTED.format(number=number, branch=branch.sql) for number, _source, branch in self.branches]
        params = [value for *_rest, branch in self.branches for value in branch.params_for(self.trainee.pk)]
        census = Census()
        for number, kind, year, count in _asked(parts, params):
            census.counts[self.keys[number], kind, year] += count
        for _place, row in self.facts:
            census.counts[row.source, row.kind, row.day.year] += 1
        return census

    def page(self, *, size: int, kind: str = "", year: int | None = None, after: Place | None = None) -> Page:
        """The entries of a kind and a year after a place; one query over the sources that have some."""
        wanted, limit = self.census.sources(kind=kind, year=year), size + 1
        parts, params = [], []
        for number, source, branch in self.branches:
            if self.keys[number] in wanted:
                where, given = _where(source, kind, year, after)
                parts.append(CUT.format(number=number, order=source.order, branch=branch.sql, where=where, limit=limit))
                params += [*branch.params_for(self.trainee.pk), *given]
        rows = [self._read(*values) for values in _asked(parts, params, NEWEST_FIRST.format(limit=limit))]
        rows += [
            (place, row)
            for place, row in self.facts
            if (not kind or row.kind == kind) and year in {None, row.day.year} and (after is None or place < after)
        ]
        rows.sort(key=lambda found: found[0], reverse=True)
        return Page([row for _place, row in rows[:size]], rows[size - 1][0] if len(rows) > size else None)

    def _read(
        self, number: int, day: date, order: int, at: Any, key: Any, kind: str, data: Any, status: str
    ) -> tuple[Place, Row]:
        known = json.loads(data) if isinstance(data, str) else data
        return Place(day, order, at, key), Row(day, key, kind, self.keys[number], known, status)


def _facts(key: str, source: GrowthSource, trainee: Trainee, access: Access) -> Iterator[tuple[Place, Row]]:
    for fact in source.facts(trainee, access) if source.facts is not None else ():
        place = Place(fact.day, source.order, trainee.created_at, trainee.pk)
        yield place, Row(fact.day, trainee.pk, fact.kind, key, fact.data, fact.status)


def _where(source: GrowthSource, kind: str, year: int | None, after: Place | None) -> tuple[str, list[Any]]:
    """What narrows one source; PostgreSQL looks through the brackets and uses the index of the table."""
    found: list[tuple[str, list[Any]]] = []
    if kind and source.kinds != (kind,):
        found.append(("entry_kind = %s", [kind]))
    if year is not None:
        found.append(("entry_on BETWEEN %s AND %s", [date(year, 1, 1), date(year, 12, 31)]))
    if after is not None:
        found.append(_beyond(after, source.order))
    if not found:
        return "", []
    return " WHERE " + " AND ".join(text for text, _given in found), [
        value for _text, given in found for value in given
    ]


def _beyond(after: Place, order: int) -> tuple[str, list[Any]]:
    """What stands below a place, among entries of one order."""
    if order > after.order:
        return "entry_on < %s", [after.day]
    if order < after.order:
        return "entry_on <= %s", [after.day]
    return "(entry_on, entry_at, entry_id) < (%s, %s, %s)", [after.day, after.at, after.id]


def _asked(parts: list[str], params: list[Any], order: str = "") -> list[Any]:
    """The rows of all parts together; one part stands in its own order. No query where there is none."""
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) + (order if len(parts) > 1 else ""), params)
        return list(cursor.fetchall())
