"""Pages of a list found by the values of their edge rows: the thousandth page costs what the first one does."""

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Generic, NamedTuple, TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

R = TypeVar("R", bound=models.Model)

LONGEST_CURSOR = 4_000
EVERYTHING = Q()


@dataclass(frozen=True)
class Term:
    """One step of an order; `field` parses its values (None: a relation); no two rows share the value of a `unique` one."""

    name: str
    field: Any
    nullable: bool
    unique: bool = False

    def ordering(self, *, descending: bool) -> Any:
        """Empty values last; a column that cannot be empty keeps the plain order, which its index serves."""
        if not self.nullable:
            return f"-{self.name}" if descending else self.name
        return F(self.name).desc(nulls_last=True) if descending else F(self.name).asc(nulls_last=True)


class Page(NamedTuple):
    items: list[Any]
    has_previous: bool
    has_next: bool


class Segment(NamedTuple):
    """A stretch of the list that one index scan gives in its order."""

    condition: Q
    terms: tuple[Term, ...]


def terms_of(queryset: "models.QuerySet[Any]", names: Sequence[str]) -> tuple[Term, ...]:
    """The order by `names` and, where rows are equal in all of them, by key; annotations count as nullable."""
    terms: list[Term] = []
    for name in (*names, "pk"):
        terms.append(_term(queryset, name))
        if terms[-1].unique:
            break
    return tuple(terms)


class Keyset(Generic[R]):
    """The pages of `queryset` in the order of `names`, all ascending or all descending, empty values last.

    A cursor is opaque text for URLs; `sort` is written into it, and a cursor of another sort counts as none.
    What lies beyond an edge is asked for in parts: rows that are equal to it in the first columns, those beyond, those
    with an empty value. Said as one condition, PostgreSQL misjudges columns of few values and sorts the whole table.
    """

    def __init__(
        self, queryset: "models.QuerySet[R]", names: Sequence[str], *, descending: bool, sort: str = ""
    ) -> None:
        self.queryset = queryset
        self.terms = terms_of(queryset, names)
        self.descending = descending
        self.sort = sort
        if any(term.field is None for term in self.terms):
            raise ValueError(f"{names}: pages by keyset are sorted by fields, not by relations")

    def cursor(self, item: R) -> str:
        """The place of a row of this list."""
        values = [_plain(_value_of(item, term.name)) for term in self.terms]
        text = json.dumps([self.sort, values], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def page(self, *, after: str = "", before: str = "", size: int) -> Page:
        """The rows after or before a cursor; the first page without a valid one.

        Nothing left after it, as when rows were removed: the last page. Nothing before it: the first.
        """
        if (edge := self._read(after)) is not None:
            found = self._collect(self._after(edge), size + 1)
            if found:
                return Page(found[:size], has_previous=True, has_next=len(found) > size)
            found = self._collect(reversed(self._whole()), size + 1, back=True)
            return Page(found[-size:], has_previous=len(found) > size, has_next=False)
        if (edge := self._read(before)) is not None:
            found = self._collect(self._before(edge), size + 1, back=True)
            if found:
                return Page(found[-size:], has_previous=len(found) > size, has_next=True)
        found = self._collect(self._whole(), size + 1)
        return Page(found[:size], has_previous=False, has_next=len(found) > size)

    def knows(self, cursor: str) -> bool:
        """True for a place in this order; a page passes over any other."""
        return self._read(cursor) is not None

    def _collect(self, segments: Iterable[Segment], limit: int, *, back: bool = False) -> list[R]:
        """At most `limit` rows of the segments, in the order of the list even when they were walked backwards.

        One query: each segment gives the keys of its nearest rows by its own index, and only those rows are sorted.
        """
        parts = list(segments)
        if len(parts) == 1:
            [only] = parts
            rows = self._ordered(self.queryset.filter(only.condition), only.terms, back=back)[:limit]
        else:
            keys = self.queryset.select_related(None).prefetch_related(None)
            first, *rest = (
                self._ordered(keys.filter(part.condition), part.terms, back=back).values("pk")[:limit] for part in parts
            )
            near = self.queryset.filter(pk__in=first.union(*rest, all=True))
            rows = self._ordered(near, self.terms, back=back)[:limit]
        return list(rows)[::-1] if back else list(rows)

    def _ordered(self, rows: "models.QuerySet[R]", terms: Sequence[Term], *, back: bool) -> "models.QuerySet[R]":
        rows = rows.order_by(*(term.ordering(descending=self.descending) for term in terms))
        return rows.reverse() if back else rows

    def _whole(self, level: int = 0, prefix: Q = EVERYTHING) -> list[Segment]:
        """Everything within `prefix`, which fixes the columns before `level`."""
        term = self.terms[level]
        if not term.nullable:
            return [Segment(prefix, self.terms[level:])]
        return [
            self._led_by(level, prefix & _is(term, empty=False)),
            *self._whole(level + 1, prefix & _is(term, empty=True)),
        ]

    def _after(self, edge: list[Any]) -> Iterator[Segment]:
        for level in reversed(range(len(edge))):
            term, value, prefix = self.terms[level], edge[level], self._equal(edge[:level])
            if value is None:
                continue
            yield self._led_by(level, prefix & Q(**{f"{term.name}__{'lt' if self.descending else 'gt'}": value}))
            if term.nullable:
                yield from self._whole(level + 1, prefix & _is(term, empty=True))

    def _before(self, edge: list[Any]) -> Iterator[Segment]:
        for level in reversed(range(len(edge))):
            term, value, prefix = self.terms[level], edge[level], self._equal(edge[:level])
            if value is None:
                yield self._led_by(level, prefix & _is(term, empty=False))
            else:
                yield self._led_by(level, prefix & Q(**{f"{term.name}__{'gt' if self.descending else 'lt'}": value}))

    def _equal(self, values: list[Any]) -> Q:
        found = EVERYTHING
        for term, value in zip(self.terms, values, strict=False):
            found &= _is(term, empty=True) if value is None else Q(**{term.name: value})
        return found

    def _led_by(self, level: int, condition: Q) -> Segment:
        """`condition` leaves no empty value at `level`, so that the plain order may stand there."""
        return Segment(condition, (replace(self.terms[level], nullable=False), *self.terms[level + 1 :]))

    def _read(self, cursor: str) -> list[Any] | None:
        if not 0 < len(cursor) <= LONGEST_CURSOR:
            return None
        try:
            sort, values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            if sort != self.sort or not isinstance(values, list):
                return None
            return [_parsed(term, value) for term, value in zip(self.terms, values, strict=True)]
        except (ValueError, TypeError, ArithmeticError, RecursionError, ValidationError):
            return None


def _is(term: Term, *, empty: bool) -> Q:
    return Q(**{f"{term.name}__isnull": empty})


def _term(queryset: "models.QuerySet[Any]", name: str) -> Term:
    annotation = queryset.query.annotations.get(name)
    if annotation is not None:
        return Term(name, annotation.output_field, nullable=True)
    options: Any = queryset.model._meta
    nullable, field = False, None
    for part in name.split("__"):
        found = options.pk if part == "pk" else options.get_field(part)
        nullable = nullable or found.null
        field = found
        if found.is_relation:
            options = found.related_model._meta
            field = found.target_field if part == getattr(found, "attname", None) else None
    if isinstance(field, models.GeneratedField):
        field = field.output_field  # its own `to_python` takes any value
    return Term(
        name, field, nullable=nullable, unique=field is not None and "__" not in name and field.unique and not nullable
    )


def _value_of(item: Any, name: str) -> Any:
    """The value at the end of `name`; None if a relation on the way is empty."""
    for part in name.split("__"):
        try:
            item = getattr(item, part)
        except ObjectDoesNotExist:
            return None
        if item is None:
            return None
    return item


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _parsed(term: Term, value: Any) -> Any:
    """A value of a cursor as its column holds it; raises where the database would refuse it."""
    if value is None and term.nullable:
        return None
    if not isinstance(value, bool | int | float | str):
        raise TypeError
    parsed = term.field.to_python(value)
    if isinstance(parsed, datetime):
        return timezone.localtime(parsed, UTC)
    if parsed is None or (isinstance(parsed, str) and b"\x00" in parsed.encode()):
        raise ValueError
    return parsed
