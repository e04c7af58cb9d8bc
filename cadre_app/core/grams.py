"""Texts that are found by one sign, two or more: the SQL function `core_grams`, its index and the question to both (ADR 31)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db.models import BooleanField, F, Func, Q, TextField, Value
from django.db.models.functions import Concat

BETWEEN = "\n"
# Entries that are still pending are read through by each question: once for every quarter where quarters are told apart.
PENDING_KB, PENDING_OF_QUARTERS_KB = 512, 64
FULL_WIDTH = {ord("\u3000"): " "} | {ord(sign) + 0xFEE0: sign for sign in map(chr, range(0x21, 0x7F))}
# What ends a run of signs, in one width: as in the function, or a text would be asked for pairs that it never has.
APART = " \t\n\r!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~，。、；：？！…—·“”‘’（）《》〈〉【】〔〕％～￥".translate(FULL_WIDTH)
RUNS = str.maketrans(dict.fromkeys(APART, " "))


class Grams(Func):
    """The signs and neighbouring pairs of a text, one width, one case, without punctuation."""

    function = "core_grams"
    output_field = TextField()


class QuarterGrams(Func):
    """Grams, each with the quarter of a day before it: "2026.4抗旱". For texts of at most 20,000 signs, or they would not fit."""

    function = "core_quarter_grams"
    output_field = TextField()


class HoldsGrams(Func):
    """That the grams of a text hold all of `asked`, which is a tsquery of lexemes."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()

    def __init__(self, text: Any, asked: Any, **extra: Any) -> None:
        super().__init__(text, asked, **extra)


def text_of(fields: Iterable[str]) -> Any:
    """Several columns as one text; in an index and in a question the same expression."""
    first, *rest = fields
    parts: list[Any] = [F(first)]
    for field in rest:
        parts += [Value(BETWEEN), F(field)]
    return Concat(*parts, output_field=TextField()) if rest else F(first)


def grams_kept(fields: Iterable[str], day: str = "") -> Func:
    """What an index holds of these columns; with a `day`, quarter by quarter."""
    grams = Grams(text_of(fields))
    return QuarterGrams(grams, F(day)) if day else grams


def gram_index(name: str, *fields: str, condition: Q, day: str = "") -> GinIndex:
    """The index over these columns of rows that may be found. With a `day` it tells quarters apart and is twice as large:
    for texts of which hundreds of thousands stand.
    """
    pending = PENDING_OF_QUARTERS_KB if day else PENDING_KB
    return GinIndex(grams_kept(fields, day), name=name, condition=condition, gin_pending_list_limit=pending)


def folded(text: str) -> str:
    """One width and one case for Latin, figures and punctuation, sign by sign."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in text.translate(FULL_WIDTH))


def grams_of(word: str) -> tuple[str, ...]:
    """What the grams of every text hold that holds this word: its pairs, and signs that stand alone in a run."""
    runs = folded(word).translate(RUNS).split()
    grams = (run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1)))
    return tuple(dict.fromkeys(grams))


def asked_of(grams: Iterable[str], quarter: str = "") -> str:
    """The tsquery of all these grams; they hold neither quotation mark nor backslash, which end a run."""
    return " & ".join(f"'{quarter}{gram}'" for gram in grams)


def any_of(asked: Iterable[str]) -> str:
    """The tsquery of rows for which one of these holds."""
    return " | ".join(f"({one})" for one in asked)


def quarters_back(last: date, first: date) -> Iterator[str]:
    """Quarters as the index writes them, from that of `last` back to that of `first`."""
    for number in range(_quarter(last), _quarter(first) - 1, -1):
        yield f"{number // 4}.{number % 4 + 1}"


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def holds(fields: Iterable[str], asked: Any, day: str = "") -> HoldsGrams:
    """The question to the index of `gram_index`, with the same columns and day; `asked` is a tsquery or the text of one.

    Where quarters are told apart, a text becomes a tsquery beside the rows: how many hold it is not weighed then, or for
    many quarters every row seemed to.
    """
    if isinstance(asked, str):
        asked = Func(
            Value(asked), template="(SELECT (%(expressions)s)::tsquery)" if day else "(%(expressions)s)::tsquery"
        )
    return HoldsGrams(grams_kept(fields, day), asked)
