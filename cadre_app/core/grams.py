"""Texts that are found by one sign, two or more: the SQL function `core_grams`, its index and the question to both (ADR 31)."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db.models import BooleanField, F, Func, Q, TextField, Value
from django.db.models.functions import Concat

BETWEEN = "\n"
PENDING_KB = 512
FULL_WIDTH = {ord("\u3000"): " "} | {ord(sign) + 0xFEE0: sign for sign in map(chr, range(0x21, 0x7F))}
# What ends a run of signs, in one width: as in the function, or a text would be asked for pairs that it never has.
APART = " \t\n\r!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~，。、；：？！…—·“”‘’（）《》〈〉【】〔〕％～￥".translate(FULL_WIDTH)
RUNS = str.maketrans(dict.fromkeys(APART, " "))


class Grams(Func):
    """The signs and neighbouring pairs of a text, one width, one case, without punctuation."""

    function = "core_grams"
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


def gram_index(name: str, *fields: str, condition: Q) -> GinIndex:
    """The index over these columns of rows that may be found; with few entries pending, through which every question reads."""
    return GinIndex(Grams(text_of(fields)), name=name, condition=condition, gin_pending_list_limit=PENDING_KB)


def folded(text: str) -> str:
    """One width and one case for Latin, figures and punctuation, sign by sign."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in text.translate(FULL_WIDTH))


def grams_of(word: str) -> tuple[str, ...]:
    """What the grams of every text hold that holds this word: its pairs, and signs that stand alone in a run."""
    runs = folded(word).translate(RUNS).split()
    grams = (run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1)))
    return tuple(dict.fromkeys(grams))


def holds(fields: Iterable[str], grams: Iterable[str]) -> HoldsGrams:
    """The question to the index; grams hold neither quotation mark nor backslash, which end a run."""
    asked = " & ".join(f"'{gram}'" for gram in grams)
    return HoldsGrams(Grams(text_of(fields)), Func(Value(asked), template="(%(expressions)s)::tsquery"))
