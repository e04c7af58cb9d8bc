"""Keys that sort characters 按姓氏笔画 (GF 3003-1999): number of strokes, then their order 横竖撇点折, bytewise."""

from bisect import bisect_right
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent.parent / "data" / "cnchar-order" / "strokes.txt"

# The main block of Unicode is in the order of radicals and strokes, so that neighbours tell the number of strokes.
BLOCK = range(0x4E00, 0x9FA6)
NEAR = 24
LAST = 99
RANKS = "0123456789"
PAIRS = "ABCDEFGHIJKLMNOPQRSTUVWXY"


def stroke_key(character: str) -> str:
    """ASCII key of one character: two digits of strokes, the strokes in pairs, a digit to part equals.

    A character that the table lacks: the strokes of the character before it in Unicode's main block, after all others
    of that number; anything else (other blocks, other scripts) comes last, by code point.
    """
    return _table().get(character) or f"{_estimated_count(character):02d}~{ord(character):05x}"


@cache
def _table() -> dict[str, str]:
    keys = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        digits, _, characters = line.partition(" ")
        start = f"{len(digits):02d}{_packed(digits)}"
        for rank, character in zip(RANKS, characters, strict=False):
            keys[character] = start + rank
    return keys


def _packed(digits: str) -> str:
    """Two strokes to a letter; a last odd one alone, which is safe because keys of equal counts are equally long."""
    numbers = [int(digit) - 1 for digit in digits]
    pairs = [PAIRS[5 * first + second] for first, second in zip(numbers[::2], numbers[1::2], strict=False)]
    return "".join(pairs) + (PAIRS[numbers[-1]] if len(numbers) % 2 else "")


@cache
def _known() -> list[str]:
    return sorted(character for character in _table() if ord(character) in BLOCK)


def _estimated_count(character: str) -> int:
    if ord(character) not in BLOCK:
        return LAST
    known = _known()
    before = known[bisect_right(known, character) - 1]
    if ord(character) - ord(before) > NEAR:
        return LAST
    return int(_table()[before][:2])
