"""Tables of text: CSV as Chinese and other programs write it."""

import csv
import io
import re
from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cadre_app.imports.reading import limits
from cadre_app.imports.reading.data import Odd, RawRow, SheetData, Value, is_blank

SEPARATORS = (",", "\t", ";")
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
NAMED_SEPARATOR = re.compile(r'\s*"?sep=(.)"?\s*(?:\r\n|\r|\n)', re.IGNORECASE)
FORMULA = re.compile(r"=\s*[^\s=]")
HELD_AS_TEXT = re.compile(r'="([^"]*)"')
LOOKED_AT = 20_000
MOST_NULS = 0.2

NOT_TEXT = _("The text of this file cannot be read. Save it as “CSV UTF-8” or as an Excel workbook (.xlsx).")
BROKEN_QUOTES = _("Line %(line)s cannot be read as a row of a table. Check the quotation marks.")


def read_text(content: bytes, *, most_rows: int) -> list[SheetData]:
    """The rows of a CSV file in UTF-8, UTF-16 with its mark, or GB 18030, by comma, semicolon or tab.

    Raises ValidationError for other encodings and for quotes that do not fit.
    """
    text = decode(content)
    text, separator = _separator(text)
    sheet = SheetData("")
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    cells = 0
    try:
        for number, row in enumerate(reader, 1):
            lines.taken = 0
            cells += len(row)
            if cells > limits.MOST_ELEMENTS or number > limits.LAST_ROW:
                raise limits.too_large()
            values: list[Value] = [_cell(cell) for cell in row[: limits.MOST_COLUMNS]]
            sheet.is_wider = sheet.is_wider or any(cell.strip() for cell in row[limits.MOST_COLUMNS :])
            if all(is_blank(value) for value in values):
                continue
            if len(sheet.rows) >= most_rows + limits.HEAD_ROWS:
                sheet.is_cut = True
                break
            sheet.rows.append(RawRow(number, values))
    except csv.Error as error:
        raise ValidationError(BROKEN_QUOTES, code="quotes", params={"line": reader.line_num}) from error
    return [sheet]


class _Lines:
    """The lines of a text; raises ValidationError where one record would take too many of them."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.taken = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.taken += len(line)
        if self.taken > limits.LONGEST_RECORD:
            raise limits.too_large()
        return line


def decode(content: bytes) -> str:
    """Raises ValidationError where the bytes are no text in an encoding that is read."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _try(content[len(mark) :], encoding)
    if content.count(0) > MOST_NULS * len(content):
        raise ValidationError(NOT_TEXT, code="not_text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _try(content, "gb18030")


def _try(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValidationError(NOT_TEXT, code="not_text") from error


def _separator(text: str) -> tuple[str, str]:
    """The text without a first line `sep=;`, and the separator: named there, else the one that the rows agree on."""
    named = NAMED_SEPARATOR.match(text)
    if named is not None and named[1] not in '"\r\n\x00':
        return text[named.end() :], named[1]
    start = text[:LOOKED_AT]
    return text, max(SEPARATORS, key=lambda each: _fit(start, each))


def _fit(text: str, separator: str) -> tuple[bool, int, int]:
    """How well the first rows agree on a number of columns, more than one."""
    lengths: Counter[int] = Counter()
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
            lengths[len(row)] += bool(row)
            if number >= limits.HEAD_ROWS:
                break
    except csv.Error:
        pass
    length, count = max(lengths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
    return length > 1, count, length


def _cell(text: str) -> Value:
    if not text.startswith("="):
        return text if len(text) <= limits.LONGEST_TEXT else Odd("too_long")
    held = HELD_AS_TEXT.fullmatch(text)
    if held is not None:
        return held[1]
    return Odd("formula", text) if FORMULA.match(text) else text
