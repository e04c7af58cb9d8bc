"""What was typed, as words that a text has to hold, all of them, in any width and case."""

import re
from dataclasses import dataclass

from cadre_app.core.grams import folded, grams_of

SHORTEST_LATIN = 2
WIDER = 0xFEE0
LISTED = "、"
ESCAPED = frozenset("\\]^-[")


@dataclass(frozen=True)
class Words:
    """`patterns` find one word each, here and in the database; `grams` are what the index knows all of them by.

    `is_exact`: whatever holds the grams holds the words.
    """

    patterns: tuple[str, ...]
    grams: tuple[str, ...]
    is_exact: bool


def words_of(text: str) -> Words | None:
    """The words of a text, apart by blanks or 、; None where they are too short: one Latin letter, one figure, punctuation alone."""
    words = tuple(dict.fromkeys(folded(text).replace(LISTED, " ").split()))
    grams = {word: grams_of(word) for word in words}
    if not any(found and _is_enough(word) for word, found in grams.items()):
        return None
    exact = all(len(found) == 1 and found[0] == word for word, found in grams.items())
    together = dict.fromkeys(gram for found in grams.values() for gram in found)
    return Words(tuple(map(pattern_of, words)), tuple(together), exact)


def pattern_of(word: str) -> str:
    """A regular expression, the same for Python and PostgreSQL, that finds a folded word in any width and case."""
    return "".join(map(_sign, word))


def _sign(sign: str) -> str:
    if not sign.isascii():
        return re.escape(sign)
    forms = dict.fromkeys((sign, sign.upper()))
    both = "".join(f"\\{form}" if form in ESCAPED else form for form in forms)
    return f"[{both}{''.join(chr(ord(form) + WIDER) for form in forms)}]"


def _is_enough(word: str) -> bool:
    return len(word) >= SHORTEST_LATIN or not word.isascii()
