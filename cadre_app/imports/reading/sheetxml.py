"""One worksheet, read as a stream: only cells with content are kept, whatever size the file claims to have."""

import math
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from cadre_app.core.serials import OutOfSerials, from_serial
from cadre_app.imports.reading import limits
from cadre_app.imports.reading.data import Area, Odd, RawRow, SheetData, Value, column_number, is_blank
from cadre_app.imports.reading.limits import too_large
from cadre_app.imports.reading.markup import Attributes, local
from cadre_app.imports.reading.styles import Style

AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")
DIGITS = "0123456789"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
SURROGATES = range(0xD800, 0xE000)
UNKEPT = "="
CENT = Decimal("0.01")
TEXTS = ("v", "t")
PAGE_TEXTS = frozenset(f"{which}{part}" for which in ("odd", "even", "first") for part in ("Header", "Footer"))


class SheetReader:
    """Handlers for `markup.parse`; the result stands in `sheet`, printed heads and feet in `page_texts`."""

    def __init__(self, sheet: SheetData, strings: list[str], styles: list[Style], *, most_rows: int) -> None:
        self.sheet = sheet
        self.page_texts: list[str] = []
        self.elements = 0
        self._strings, self._styles = strings, styles
        self._most = most_rows + limits.HEAD_ROWS
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._hidden = self._in_cell = self._has_formula = False
        self._collecting = ""
        self._pieces: list[str] = []
        self._length = 0
        self._phonetic = 0
        self._type = self._style = ""
        self._cells: list[Value] = []

    def enough(self) -> bool:
        """True once the limit of rows is passed."""
        return self.sheet.is_cut

    def start(self, name: str, attributes: Attributes) -> None:
        self.elements += 1
        if self.elements > limits.MOST_ELEMENTS:
            raise too_large()
        if ":" in name:
            name = local(name)
        if name == "c":
            self._start_cell(attributes)
        elif self._in_cell:
            self._start_in_cell(name)
        elif name == "row":
            self._start_row(attributes)
        else:
            self._start_other(name, attributes)

    def end(self, name: str) -> None:
        if ":" in name:
            name = local(name)
        if name == self._collecting:
            self._collecting = ""
            if name in PAGE_TEXTS and len(self.page_texts) < limits.MOST_HIDDEN:
                self.page_texts.append(self._joined())
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._phonetic = max(self._phonetic - 1, 0)

    def text(self, text: str) -> None:
        if self._collecting and self._length <= limits.LONGEST_TEXT:
            self._pieces.append(text)
            self._length += len(text)

    def _start_row(self, attributes: Attributes) -> None:
        given = attributes.get("r", "")
        self._row = (
            int(given) if given.isascii() and given.isdigit() and len(given) < len("12345678") else self._row + 1
        )
        self._hidden = attributes.get("hidden") in ("1", "true")
        self._column = 0
        self._cells = []

    def _end_row(self) -> None:
        if self.sheet.is_cut or all(is_blank(value) for value in self._cells):
            return
        if len(self.sheet.rows) >= self._most:
            self.sheet.is_cut = True
            return
        self.sheet.rows.append(RawRow(self._row, self._cells, self._hidden))

    def _start_cell(self, attributes: Attributes) -> None:
        letters = attributes.get("r", "").rstrip(DIGITS)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_number(letters[:3])
        self._column = column or self._column + 1
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._pieces, self._length = [], 0
        self._in_cell, self._has_formula = True, False

    def _start_in_cell(self, name: str) -> None:
        if name in TEXTS and not self._phonetic:
            self._collecting = name
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._phonetic += 1

    def _start_other(self, name: str, attributes: Attributes) -> None:
        if name in PAGE_TEXTS:
            self._collecting, self._pieces, self._length = name, [], 0
        elif name == "mergeCell":
            self._add_area(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            room = len(self.sheet.hidden_columns) < limits.MOST_HIDDEN
            if room and first.isdecimal() and last.isdecimal():
                self.sheet.hidden_columns.append((int(first[:7]), int(last[:7])))

    def _add_area(self, reference: str) -> None:
        found = AREA.fullmatch(reference)
        if found is None or len(self.sheet.merged) >= limits.MOST_MERGES:
            return
        left, top = column_number(found[1]), int(found[2])
        right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
        self.sheet.merged.append(Area(top, left, bottom, min(right, limits.MOST_COLUMNS)))

    def _end_cell(self) -> None:
        self._in_cell = False
        if self._has_formula:
            value: Value = Odd("formula", self._joined() or self._unkept())
        elif self._length > limits.LONGEST_TEXT:
            value = Odd("too_long")
        elif self._pieces:
            value = self._value(self._joined())
        else:
            return
        if self._column > limits.MOST_COLUMNS:
            self.sheet.is_wider = self.sheet.is_wider or not is_blank(value)
            return
        missing = self._column - len(self._cells)
        if missing > 0:
            self._cells.extend([None] * missing)
        self._cells[self._column - 1] = value

    def _unkept(self) -> str:
        """What stands for a formula that some other program wrote without its result; empty for one that shows nothing."""
        return "" if self._type == "str" else UNKEPT

    def _joined(self) -> str:
        return self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)

    def _value(self, text: str) -> Value:
        if self._type == "n":
            return self._number(text)
        if self._type == "s":
            known = text.isascii() and text.isdigit() and int(text[:9]) < len(self._strings)
            return self._strings[int(text[:9])] if known else Odd("error", "?")
        return _of_type(self._type, text)

    def _number(self, text: str) -> Value:
        style = Style.PLAIN
        if self._style.isdigit() and int(self._style[:6]) < len(self._styles):
            style = self._styles[int(self._style[:6])]
        try:
            number = int(text) if text.isascii() and text.isdigit() else float(text)
            if not math.isfinite(number):
                return Odd("error", text[:20])
            if style is Style.DATE:
                return from_serial(number, uses_1904=self.sheet.uses_1904)
            if style is Style.CENTS:
                exact = Decimal(repr(number))
                return cents if (cents := exact.quantize(CENT)) == exact else number
        except (OutOfSerials, InvalidOperation):
            return number
        except (ValueError, OverflowError):
            return Odd("error", text[:20])
        return number


def unescape(text: str) -> str:
    """The characters that a workbook writes as _x000D_."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return "\ufffd" if code in SURROGATES else chr(code)


def _of_type(kind: str, text: str) -> Value:
    if kind == "b":
        return text.strip() == "1"
    if kind == "e":
        return Odd("error", text[:20])
    return _iso(text) if kind == "d" else unescape(text)


def _iso(text: str) -> Value:
    try:
        return date.fromisoformat(text) if len(text) == len("2020-01-01") else datetime.fromisoformat(text)
    except ValueError:
        return text
