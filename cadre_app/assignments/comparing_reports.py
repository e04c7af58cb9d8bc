"""Two versions of a report side by side: paragraphs that belong together, with what differs in them by words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word, a number, or one character of anything else: Chinese has no spaces to part words by.
TOKEN = re.compile(r"[A-Za-z]+|[0-9.]+|\s+|.", re.DOTALL)
# Beyond these, paragraphs or words are not told apart: a page must not take minutes whatever was typed.
MOST_PARAGRAPHS = 1_500
MOST_WORK = 6_000_000
ALIKE = 0.5
SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `differs` where the other side has something else."""

    text: str
    differs: bool = False


@dataclass(frozen=True)
class Pair:
    """Two paragraphs that belong together; one of them is empty where it was added or removed."""

    kind: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


@dataclass
class Budget:
    """How much comparing is left for one page."""

    left: int = MOST_WORK

    def takes(self, work: int) -> bool:
        if work > self.left:
            return False
        self.left -= work
        return True


def compare(old: str, new: str) -> list[Pair]:
    """Every paragraph of both texts in order."""
    before, after = paragraphs(old), paragraphs(new)
    budget = Budget()
    pairs: list[Pair] = []
    for tag, i1, i2, j1, j2 in _blocks(before, after):
        if tag == "equal":
            pairs += [Pair(SAME, (Piece(text),), (Piece(text),)) for text in before[i1:i2]]
        else:
            pairs += _changed(before[i1:i2], after[j1:j2], budget)
    return pairs


def paragraphs(text: str) -> list[str]:
    """Lines that say something."""
    return [line for line in (part.strip() for part in text.splitlines()) if line]


def counts(pairs: Sequence[Pair]) -> dict[str, int]:
    """How many paragraphs were changed, added, removed."""
    return {kind: sum(pair.kind == kind for pair in pairs) for kind in (CHANGED, ADDED, REMOVED)}


def _blocks(before: list[str], after: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    if max(len(before), len(after)) <= MOST_PARAGRAPHS:
        yield from SequenceMatcher(None, before, after).get_opcodes()
        return
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    last, newest = len(before) - end, len(after) - end
    yield "equal", 0, start, 0, start
    yield "replace", start, last, start, newest
    yield "equal", last, len(before), newest, len(after)


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    """How many paragraphs are the same from the beginning."""
    return next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def _changed(before: list[str], after: list[str], budget: Budget) -> Iterator[Pair]:
    """Paragraphs of one changed stretch, in pairs as they stand; what has no likeness is told apart."""
    for number in range(max(len(before), len(after))):
        old = before[number] if number < len(before) else ""
        new = after[number] if number < len(after) else ""
        pieces = _words(old, new, budget) if old and new else None
        if pieces is not None:
            yield Pair(CHANGED, *pieces)
            continue
        if old:
            yield Pair(REMOVED, (Piece(old, differs=True),), ())
        if new:
            yield Pair(ADDED, (), (Piece(new, differs=True),))


def _words(old: str, new: str, budget: Budget) -> tuple[tuple[Piece, ...], tuple[Piece, ...]] | None:
    """Both paragraphs in pieces; None where they have too little in common, or too much is asked for."""
    first, second = TOKEN.findall(old), TOKEN.findall(new)
    if not budget.takes(len(first) * len(second)):
        return (Piece(old, differs=True),), (Piece(new, differs=True),)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.ratio() < ALIKE:
        return None
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        differs = tag != "equal"
        if i2 > i1:
            left.append(Piece("".join(first[i1:i2]), differs))
        if j2 > j1:
            right.append(Piece("".join(second[j1:j2]), differs))
    return tuple(left), tuple(right)
