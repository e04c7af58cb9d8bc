"""Looks through the texts of one kind, the latest first, within what the viewer reads (ADR 31).

A frequent word stands in one of the latest texts: some thousand of these are read one by one, in the order of their day.
Only what is still wanting is asked of the index, which answers quickly where a word is rare; an index that tells quarters
apart is asked from the latest to the earliest until enough is found, so that a word that was frequent long ago leads to
the rows of one quarter and not to all. Whoever sees few texts is led to these, and no index is asked.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import DateTimeField, F, Max, Min, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cadre_app.core.grams import any_of, asked_of, holds, quarters_back, text_of
from cadre_app.core.texts import Place, TextSource
from cadre_app.search.snippets import Piece, snippet
from cadre_app.search.words import Words

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

BETWEEN = "_"
TYPED, DAY = "typed_text", "day_of_text"
# How many keys are sought for each text that is wanted: enough for whoever reads a third of all, then a thirtieth.
KEYS = (3, 40)
PART = RawSQL("part.asked", ())
# In the order of the parts, which is theirs already: nothing is sorted, and no part behind that of the last row is asked.
BY_QUARTER = """
SELECT found.* FROM unnest(%s::tsquery[]) WITH ORDINALITY AS part (asked, place), LATERAL ({}) AS found
ORDER BY part.place LIMIT %s
"""


@dataclass(frozen=True)
class Span:
    """From when to when texts are looked for, both days included; `after` is the place in the list after which to go on."""

    since: date | None = None
    until: date | None = None
    after: str = ""


@dataclass(frozen=True)
class TextHit:
    place: Place
    pieces: list[Piece]


@dataclass(frozen=True)
class TextPage:
    """`following` is where the next page goes on; empty on the last one."""

    hits: list[TextHit] = field(default_factory=list)
    following: str = ""


EVERYTHING = Span()


@contextmanager
def joined_as_written() -> Iterator[None]:
    """While it lasts, joins are made in their written order, from the text to its person and unit: to weigh all orders of
    seven tables takes longer than to look through the texts.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL join_collapse_limit = 1")
        yield
        cursor.execute("SET LOCAL join_collapse_limit = DEFAULT")


def find_texts(source: TextSource, user: "User", words: Words, size: int, span: Span = EVERYTHING) -> TextPage:
    """One page of the texts of `source` that hold all words."""
    rows = _found(source, user, words, size + 1, span)
    hits = [TextHit(source.place(row), snippet((getattr(row, name) for name in source.fields), words)) for row in rows]
    following = _cursor(rows[size - 1], source) if len(rows) > size else ""
    return TextPage(hits[:size], following)


def _found(source: TextSource, user: "User", words: Words, wanted: int, span: Span) -> list[Any]:
    rows = source.rows(user)
    within = _within(rows, source.day, span)
    latest = rows.filter(within).order_by(f"-{source.day}", "-pk")
    few = source.few(user)
    if few is not None:
        return list(_read(latest.filter(few), source, words)[:wanted])
    every = rows.model._default_manager.all()
    edge = _edge(source, every.filter(within))
    near = latest if edge is None else latest.filter(**{f"{source.day}__gte": edge})
    found = list(_read(near, source, words)[:wanted])
    if edge is None or len(found) == wanted:
        return found
    wanted -= len(found)
    if source.quarters is None:
        far = _unindexed(latest, source).filter(**{f"{source.day}__lt": edge})
        return [*found, *_holding(far, source, words, asked_of(words.grams))[:wanted]]
    days = every.filter(within, **{f"{source.day}__lt": edge}).aggregate(first=Min(source.day), last=Max(source.day))
    if days["last"] is None:
        return found
    before = _within(rows, source.day, span, column=DAY) & Q(**{f"{DAY}__lt": edge})
    far, every = (_unindexed(one, source).filter(before) for one in (rows, every))
    return [*found, *_by_quarter(far, every, source, words, wanted, days)]


def _by_quarter(
    rows: "QuerySet[Any]", every: "QuerySet[Any]", source: TextSource, words: Words, wanted: int, days: dict[str, Any]
) -> list[Any]:
    """Those of `rows`, the latest first. Keys are sought among `every` row, which is one table without joins, more of them
    where the viewer reads few of the first; whoever still wants some asks for the rest as a whole.
    """
    found: list[Any] = []
    last = days["last"]
    for times in KEYS:
        most = times * wanted
        keys = _keys(every, source, words, quarters_back(last, days["first"]), most)
        shown = rows.filter(pk__in=[key for key, _day in keys]).order_by(f"-{DAY}", "-pk")
        found += shown[: wanted - len(found)]
        if len(keys) < most or len(found) == wanted:
            return found
        key, last = keys[-1]
        after = _after(DAY, last, key)
        rows, every = rows.filter(after), every.filter(after)
    asked = any_of(asked_of(words.grams, one) for one in quarters_back(last, days["first"]))
    return [*found, *_holding(rows, source, words, asked)[: wanted - len(found)]]


def _keys(
    every: "QuerySet[Any]", source: TextSource, words: Words, quarters: Iterable[str], most: int
) -> list[tuple[Any, Any]]:
    """Keys and days of the latest rows: each quarter is asked only while those after it have too few."""
    rows = _holding(every.filter(source.quarters), source, words, PART).values_list("pk", source.day)
    text, given = rows[:most].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(BY_QUARTER.format(text), [[asked_of(words.grams, one) for one in quarters], *given, most])
        return list(cursor.fetchall())


def _edge(source: TextSource, rows: "QuerySet[Any]") -> Any:
    """The day before which texts are left to the index; None where there are not so many."""
    days = rows.order_by(f"-{source.day}").values_list(source.day, flat=True)
    return next(iter(days[source.near : source.near + 1]), None)


def _holding(rows: "QuerySet[Any]", source: TextSource, words: Words, asked: Any) -> "QuerySet[Any]":
    """Those that the index names, the latest first."""
    held = rows.filter(holds(source.fields, asked, source.day if source.quarters is not None else ""))
    return (held if words.is_exact else _read(held, source, words)).order_by(f"-{DAY}", "-pk")


def _unindexed(rows: "QuerySet[Any]", source: TextSource) -> "QuerySet[Any]":
    """With the day as `DAY`, said so that no index has it: else rows are walked by day, and each makes its grams anew; or
    half of all days are looked up before those that the words leave.
    """
    found: QuerySet[Any] = rows.alias(**{DAY: Greatest(F(source.day), F(source.day))})
    return found


def _read(rows: "QuerySet[Any]", source: TextSource, words: Words) -> "QuerySet[Any]":
    """Those in which every word is found, text by text."""
    rows = rows.alias(**{TYPED: text_of(source.fields)})
    for pattern in words.patterns:
        rows = rows.filter(**{f"{TYPED}__regex": pattern})
    return rows


def _within(rows: "QuerySet[Any]", day: str, span: Span, *, column: str = "") -> Q:
    """The condition on the day of a text; `column` if it goes by another name."""
    found = Q()
    is_moment = isinstance(_field(rows, day), DateTimeField)
    place = _place(rows, day, span.after)
    day = column or day
    if span.since is not None:
        found &= Q(**{f"{day}__gte": _begin(span.since) if is_moment else span.since})
    if span.until is not None and is_moment:
        found &= Q(**{f"{day}__lt": _begin(span.until + timedelta(days=1))})
    elif span.until is not None:
        found &= Q(**{f"{day}__lte": span.until})
    if place is not None:
        found &= _after(day, *place)
    return found


def _after(day: str, at: Any, key: Any) -> Q:
    """What follows this day and key, the latest first."""
    return Q(**{f"{day}__lte": at}) & (Q(**{f"{day}__lt": at}) | Q(pk__lt=key))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _field(rows: "QuerySet[Any]", path: str) -> Any:
    options: Any = rows.model._meta
    *way, last = path.split("__")
    for part in way:
        options = options.get_field(part).related_model._meta
    return options.get_field(last)


def _cursor(row: Any, source: TextSource) -> str:
    value = row
    for part in source.day.split("__"):
        value = getattr(value, part)
    return f"{value.isoformat()}{BETWEEN}{row.pk.hex}"


def _place(rows: "QuerySet[Any]", day: str, cursor: str) -> tuple[Any, UUID] | None:
    """What a cursor says; None for one that says nothing, which opens the first page."""
    at, _between, key = cursor.partition(BETWEEN)
    try:
        parsed = _parsed(_field(rows, day), at)
        return (parsed, UUID(key)) if parsed is not None else None
    except (ValueError, ValidationError):
        return None


def _parsed(column: Any, at: str) -> Any:
    if not isinstance(column, DateTimeField):
        return column.to_python(at)
    moment = parse_datetime(at)
    return moment if moment is not None and timezone.is_aware(moment) else None
