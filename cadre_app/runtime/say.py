"""What the commands print: Chinese first, English beside it, columns aligned by width on screen."""

import sys
import unicodedata
from collections.abc import Sequence


class Refusal(Exception):
    """The command cannot go on; says in one line what to do (exit code 1, no traceback)."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese} {english}")


def line(text: str = "") -> None:
    """Print at once, also into a pipe; characters the terminal cannot show are replaced."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()


def table(rows: Sequence[Sequence[str]], *, indent: str = "  ") -> str:
    """Columns two spaces apart; wide characters count double."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True)]
        lines.append((indent + "  ".join(cells)).rstrip())
    return "\n".join(lines)


def width(text: str) -> int:
    """Columns that `text` takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
