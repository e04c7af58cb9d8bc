"""Between the reading of files and the imports: a first look at the upload, then its rows."""

import io
from dataclasses import dataclass, field

import xlsxwriter
from django.utils.translation import gettext as _

from cadre_app.core.importing import ImportColumn, ImportRow, ImportSheet
from cadre_app.imports.reading.limits import HEAD_ROWS, MOST_UNPACKED, too_many_rows
from cadre_app.imports.reading.package import Package
from cadre_app.imports.reading.sniff import Form, recognise
from cadre_app.imports.reading.table import read_cell, read_table

CLASSIFIED = "classified"
SHEETS, ROW_END, FILLED = "xl/worksheets/", b"</row>", (b"<v", b"<is", b"<f")


@dataclass
class Found:
    """The rows of a file, the keys of the columns that it has, and what was left out, in words."""

    rows: list[ImportRow]
    columns: list[str]
    remarks: list[str] = field(default_factory=list)


def look_at(content: bytes, name: str, *, most_rows: int) -> None:
    """Raises ValidationError for what is no table by its content and name, and for far too many rows.

    Everything else is found when the rows are read, which takes its time and is a job.
    """
    if recognise(content, name) is Form.WORKBOOK and _rows_of_only_sheet(content, most_rows) > most_rows + HEAD_ROWS:
        raise too_many_rows(most_rows)


def read(content: bytes, name: str, sheet: ImportSheet, *, most_rows: int) -> Found:
    """The rows of the file; raises ValidationError (code CLASSIFIED for a marking) for a file that cannot be taken."""
    table = read_table(content, name, sheet.columns(), most_rows=most_rows)
    return Found(table.rows, table.columns, table.notes)


def read_into(row: ImportRow, column: ImportColumn, text: str) -> None:
    """Read one cell again from text that somebody typed."""
    read_cell(row, column, text)


def refuse_empty(rows: list[ImportRow], sheet: ImportSheet) -> None:
    """An error at every cell that must be filled in and is not."""
    required = [column.key for column in sheet.columns() if column.required]
    for row in rows:
        unread = {key for key, _message in row.unread}
        for key in required:
            if key not in row.values and key not in unread:
                row.refuse(key, _("Please fill this in."))


def template_book(sheet: ImportSheet) -> bytes:
    """The empty workbook to fill in."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        for index, column in enumerate(sheet.columns()):
            page.write_string(0, index, str(column.label))
    return out.getvalue()


def _rows_of_only_sheet(content: bytes, most_rows: int) -> int:
    """Filled rows of a workbook with one sheet, counted without reading them, to a little beyond `most_rows`.

    0 for one with several sheets, of which only the reading knows which one counts.
    """
    package = Package(content)
    parts = [name for name in package.names if name.startswith(SHEETS) and name.endswith(".xml")]
    if len(parts) != 1:
        return 0
    count, rest = 0, b""
    with package.chunks(parts[0], MOST_UNPACKED) as pieces:
        for piece in pieces:
            *rows, rest = (rest + piece).split(ROW_END)
            count += sum(any(mark in row for mark in FILLED) for row in rows)
            if count > most_rows + HEAD_ROWS:
                break
    return count
