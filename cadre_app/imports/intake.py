"""Between the reading of files and the imports: a first look at the upload, then its rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from cadre_app.core.importing import ImportColumn, ImportRow, ImportSheet
from cadre_app.imports.reading.layouts import Head, Heading, side_by_side, signature, without_year
from cadre_app.imports.reading.table import check_file, marks_in, read_cell, read_head, read_table

__all__ = [
    "CLASSIFIED", "Found", "Head", "Heading", "head", "is_about_headings", "look_at", "marks_in", "read", "read_into",
    "side_by_side", "signature", "without_year",
]  # fmt: skip

CLASSIFIED = "classified"
HEADINGS = ("no_headings", "missing_headings", "double_heading")


@dataclass
class Found:
    """The rows of a file, the keys of the columns that it has, and what was left out, in words."""

    rows: list[ImportRow]
    columns: list[str]
    remarks: list[str] = field(default_factory=list)


def look_at(
    content: bytes, name: str, sheet: ImportSheet, *, most_rows: int, layout: Mapping[str, str] | None = None
) -> None:
    """Raises ValidationError for a file of another kind, with other headings, or with far too many rows.

    Everything else is found when the rows are read, which takes its time and is a job.
    """
    check_file(content, name, sheet.columns(), most_rows=most_rows, layout=layout)


def head(content: bytes, name: str, sheet: ImportSheet, *, most_rows: int) -> Head | None:
    """The headings as they stand; None where nothing looks like headings. Raises ValidationError as `look_at`."""
    return read_head(content, name, sheet.columns(), most_rows=most_rows)


def is_about_headings(error: ValidationError) -> bool:
    """True for what somebody can mend by saying which heading is which column."""
    return all(each.code in HEADINGS for each in error.error_list)


def read(
    content: bytes, name: str, sheet: ImportSheet, *, most_rows: int, layout: Mapping[str, str] | None = None
) -> Found:
    """The rows of the file; raises ValidationError (code CLASSIFIED for a marking) for a file that cannot be taken."""
    table = read_table(content, name, sheet.columns(), most_rows=most_rows, layout=layout)
    return Found(table.rows, table.columns, table.notes)


def read_into(row: ImportRow, column: ImportColumn, text: str) -> None:
    """Read one cell again from text that somebody typed."""
    read_cell(row, column, text)
