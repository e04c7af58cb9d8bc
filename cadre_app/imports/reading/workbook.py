"""The way in: a file as it was uploaded becomes sheets of raw values, or a message that says what to do."""

from pathlib import Path

from django.core.exceptions import ValidationError

from cadre_app.imports.reading.data import SheetData
from cadre_app.imports.reading.limits import MOST_BYTES
from cadre_app.imports.reading.sniff import EMPTY, Form, recognise
from cadre_app.imports.reading.textfile import read_text
from cadre_app.imports.reading.xlsx import count_filled, read_workbook


def read_file(source: Path | bytes, name: str, *, most_rows: int, most_texts: int | None = None) -> list[SheetData]:
    """The visible sheets of an .xlsx or of a CSV file called `name`; a sheet `is_cut` where it has more than `most_rows`.

    Texts that a workbook's cells share are left out beyond `most_texts`, which is for a first look.

    Raises ValidationError, and nothing else, for whatever cannot or may not be read; code `classified` for a file
    that bears a classification marking.
    """
    content = source if isinstance(source, bytes) else _load(source)
    if recognise(content, name) is Form.WORKBOOK:
        sheets = read_workbook(content, most_rows=most_rows, most_texts=most_texts)
    else:
        sheets = read_text(content, most_rows=most_rows)
    if not any(sheet.rows for sheet in sheets):
        raise ValidationError(EMPTY, code="empty")
    return sheets


def count_rows(content: bytes, sheet: SheetData) -> int:
    """How many rows of `sheet` have something in a cell, without reading them; lines of a file of text."""
    return count_filled(content, sheet.part) if sheet.part else content.count(b"\n")


def _load(path: Path) -> bytes:
    """The file, or so much of it that its size is seen to be too large."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)
