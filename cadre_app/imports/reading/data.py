"""What a file holds, before anybody knows what it means."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

ODDITIES: dict[str, Any] = {
    "formula": _("This cell contains a formula. Copy the cell and paste it as a value."),
    "error": _("This cell shows an error of the spreadsheet program (%(text)s). Type the value again."),
    "too_long": _("This cell holds more text than a cell can hold. Shorten it."),
}
BEFORE_A = ord("A") - 1
LETTERS = 26
BLANKS = " \t\r\n\u00a0\u3000\u200b\ufeff"


class Odd(NamedTuple):
    """A cell that has no value that may be taken: a key of ODDITIES, and what the program shows there."""

    kind: str
    text: str = ""

    @property
    def message(self) -> str:
        return str(ODDITIES[self.kind]) % {"text": self.text}


# Decimal where the cell's format shows two decimals: 2020.10 is then no 2020.1.
Value = str | int | float | bool | Decimal | date | datetime | time | Odd | None


class Area(NamedTuple):
    """Merged cells, both ends included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class RawRow:
    """One row that says something; `number` is the row as the spreadsheet program counts it."""

    number: int
    cells: list[Value]
    is_hidden: bool = False

    def at(self, column: int) -> Value:
        """The value in `column`, counted from 1; None beyond the last."""
        return self.cells[column - 1] if 0 < column <= len(self.cells) else None


@dataclass
class SheetData:
    """One visible sheet; blank rows are left out. `is_cut`: reading stopped at the limit of rows; `part` of a workbook."""

    name: str
    part: str = ""
    rows: list[RawRow] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    is_cut: bool = False
    is_wider: bool = False
    uses_1904: bool = False
    is_only: bool = True
    notes: list[str] = field(default_factory=list)


def is_blank(value: Value) -> bool:
    """Nothing a reader would see: empty, only blanks, or a formula that shows nothing, as far as its result is kept."""
    if type(value) is str:
        return not value.strip(BLANKS)
    return value is None or (isinstance(value, Odd) and value.kind == "formula" and not value.text.strip())


def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 1, AA → 27; 0 for anything that is no column."""
    number = 0
    for letter in letters:
        step = ord(letter) - BEFORE_A
        if not 0 < step <= LETTERS:
            return 0
        number = number * LETTERS + step
    return number


def cell_name(row: int, column: int) -> str:
    """As the spreadsheet program names it: B7."""
    return f"{column_letters(column)}{row}"
