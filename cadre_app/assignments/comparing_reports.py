"""Two versions of a report side by side: paragraphs that belong together, with what differs in them by words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

# A word, a number, or one character of anything else: Chinese has no spaces to part words by.
TOKEN = re.compile(r"[A-Za-z]+|[0-9.]+|\s+|.", re.DOTALL)
# Steps of comparing for one page: a page must not take minutes whatever was typed.
MOST_WORK = 3_000_000
CELL = 8  # steps for two paragraphs that may belong together
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


class BoundedMatcher(SequenceMatcher[str]):
    """Finds nothing more in common once `budget` is used up: what is left counts as different."""

    def __init__(self, old: Sequence[str], new: Sequence[str], budget: Budget) -> None:
        self.old, self.budget = old, budget
        self.times = Counter(new)
        super().__init__(None, old, new, autojunk=False)

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """One look costs a step for each item on the left and for each place on the right where it stands."""
        looked_at = self.old[alo:ahi]
        if not self.budget.takes(len(looked_at) + sum(self.times[item] for item in looked_at)):
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)


def compare(old: str, new: str, budget: Budget | None = None) -> list[Pair]:
    """Every paragraph of both texts in order."""
    before, after = paragraphs(old), paragraphs(new)
    budget = budget or Budget()
    pairs: list[Pair] = []
    for tag, i1, i2, j1, j2 in BoundedMatcher(before, after, budget).get_opcodes():
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


def _changed(before: list[str], after: list[str], budget: Budget) -> Iterator[Pair]:
    """Paragraphs of one changed stretch: those that are alike in pairs, the others by themselves, all in order."""
    i = j = 0
    for old_at, new_at in [*_alike(before, after, budget), (len(before), len(after))]:
        yield from (Pair(REMOVED, (Piece(text, differs=True),), ()) for text in before[i:old_at])
        yield from (Pair(ADDED, (), (Piece(text, differs=True),)) for text in after[j:new_at])
        if old_at < len(before):
            yield Pair(CHANGED, *_words(before[old_at], after[new_at], budget))
        i, j = old_at + 1, new_at + 1


def _alike(before: list[str], after: list[str], budget: Budget) -> list[tuple[int, int]]:
    """Which paragraphs belong together, in order on both sides, with the most likeness in all."""
    if not before or not after or not budget.takes(CELL * len(before) * len(after)):
        return []
    rights = [_marks(text) for text in after]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    likes = []
    for i in reversed(range(len(before))):
        left = _marks(before[i])
        row = [_likeness(left, right, budget) for right in rights]
        likes.append(row)
        for j in reversed(range(len(after))):
            paired = best[i + 1][j + 1] + row[j] if row[j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    likes.reverse()
    return list(_followed(best, likes))


def _followed(best: list[list[float]], likes: list[list[float]]) -> Iterator[tuple[int, int]]:
    """The pairs on the way through the table that was the best."""
    i = j = 0
    while i < len(likes) and j < len(likes[0]):
        if likes[i][j] >= ALIKE and best[i][j] == best[i + 1][j + 1] + likes[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _marks(text: str) -> Counter[str]:
    """Its characters and how often each of them stands there."""
    return Counter(text)


def _likeness(left: Counter[str], right: Counter[str], budget: Budget) -> float:
    """How much two paragraphs share, from 0 to 1; 0 where that cannot be enough, or the budget is used up."""
    shorter, both = min(left.total(), right.total()), left.total() + right.total()
    if 2 * shorter < ALIKE * both or not budget.takes(min(len(left), len(right))):
        return 0.0
    few, many = sorted((left, right), key=len)
    return 2 * sum(min(times, many[mark]) for mark, times in few.items()) / both


def _words(old: str, new: str, budget: Budget) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both paragraphs in pieces."""
    first, second = TOKEN.findall(old), TOKEN.findall(new)
    start = _common(first, second)
    end = _common(first[start:][::-1], second[start:][::-1])
    inner, inner_new = first[start : len(first) - end], second[start : len(second) - end]
    left, right = [Piece("".join(first[:start]))], [Piece("".join(second[:start]))]
    for tag, i1, i2, j1, j2 in BoundedMatcher(inner, inner_new, budget).get_opcodes():
        left.append(Piece("".join(inner[i1:i2]), tag != "equal"))
        right.append(Piece("".join(inner_new[j1:j2]), tag != "equal"))
    left.append(Piece("".join(first[len(first) - end :])))
    right.append(Piece("".join(second[len(second) - end :])))
    return tuple(piece for piece in left if piece.text), tuple(piece for piece in right if piece.text)


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    """How many items are the same from the beginning."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(first), len(second)))
