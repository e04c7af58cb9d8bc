"""Between the reading of files and the imports: a first look at the upload, then its rows."""

from dataclasses import dataclass, field

from cadre_app.core.importing import ImportColumn, ImportRow, ImportSheet
from cadre_app.imports.reading.table import check_file, read_cell, read_table

CLASSIFIED = "classified"


@dataclass
class Found:
    """The rows of a file, the keys of the columns that it has, and what was left out, in words."""

    rows: list[ImportRow]
    columns: list[str]
    remarks: list[str] = field(default_factory=list)


def look_at(content: bytes, name: str, sheet: ImportSheet, *, most_rows: int) -> None:
    """Raises ValidationError for a file of another kind, with other headings, or with far too many rows.

    Everything else is found when the rows are read, which takes its time and is a job.
    """
    check_file(content, name, sheet.columns(), most_rows=most_rows)


def read(content: bytes, name: str, sheet: ImportSheet, *, most_rows: int) -> Found:
    """The rows of the file; raises ValidationError (code CLASSIFIED for a marking) for a file that cannot be taken."""
    table = read_table(content, name, sheet.columns(), most_rows=most_rows)
    return Found(table.rows, table.columns, table.notes)


def read_into(row: ImportRow, column: ImportColumn, text: str) -> None:
    """Read one cell again from text that somebody typed."""
    read_cell(row, column, text)
