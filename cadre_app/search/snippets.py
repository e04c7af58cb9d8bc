"""摘录 the place of a text that was found: some signs around it, the words marked, nothing cut within a sign."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cadre_app.search.words import Words

BEFORE, LENGTH = 18, 72
JOINER = "\u200d"


@dataclass(frozen=True)
class Piece:
    text: str
    is_marked: bool = False


def snippet(texts: Iterable[str], words: Words) -> list[Piece]:
    """From the text that holds most of the words, the longest of several, around the first of them; empty where none does."""
    marks = re.compile("|".join(words.patterns))
    flat = [" ".join(text.split()) for text in texts]
    best = max(
        flat, key=lambda text: (sum(bool(re.search(each, text)) for each in words.patterns), len(text)), default=""
    )
    first = marks.search(best)
    if first is None:
        return []
    start = _whole(best, max(0, first.start() - BEFORE))
    end = _whole(best, min(len(best), max(start + LENGTH, first.end())))
    return list(_pieces(best, start, end, marks))


def _pieces(text: str, start: int, end: int, marks: "re.Pattern[str]") -> Iterator[Piece]:
    if start:
        yield Piece("…")
    at = start
    for found in marks.finditer(text, start, end):
        if found.start() > at:
            yield Piece(text[at : found.start()])
        yield Piece(found.group(), is_marked=True)
        at = found.end()
    if at < end:
        yield Piece(text[at:end])
    if end < len(text):
        yield Piece("…")


def _whole(text: str, at: int) -> int:
    """The same place, or the one before it at which a sign with its accents and variants begins."""
    while 0 < at < len(text) and (_belongs(text[at]) or text[at - 1] == JOINER):
        at -= 1
    return at


def _belongs(sign: str) -> bool:
    return sign == JOINER or unicodedata.category(sign) in ("Mn", "Me", "Mc")
