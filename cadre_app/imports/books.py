"""Workbooks that an import gives back: the rows with errors, to be corrected; and what became of each row."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.importing import ImportColumn, ImportRow, ImportSheet
from cadre_app.core.sheets import frame_sheet, safe_text, watermark_text, write_sheet
from cadre_app.imports.models import Batch, BatchRow, BatchStatus
from cadre_app.imports.services.checking import Tell
from cadre_app.imports.services.confirming import outcomes
from cadre_app.imports.services.rows import open_row
from cadre_app.imports.wording import ACTIONS, error_lines

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

MARKED = "#F6D9D5"
EVERY = 200
NAME = "name"  # the column of all sheets about people


def file_name(batch: Batch, what: str) -> str:
    """Units, rows with errors 20261123.xlsx"""
    parts = {"table": batch.label, "what": what, "date": f"{timezone.localdate():%Y%m%d}"}
    return _("%(table)s, %(what)s %(date)s.xlsx") % parts


def write_errors(path: Path, batch: Batch, sheet: ImportSheet, *, actor: "User", tell: Tell) -> None:
    """The rows that cannot or could not be imported, with their cells as typed (those at fault marked) and a column of messages.

    Its headings are those of the template, so that it can be corrected and uploaded as it is.
    """
    columns = shown_columns(batch, sheet)
    stored = rows_to_correct(batch)
    total = stored.count()
    options = {"tmpdir": str(path.parent), "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, **options}) as workbook:
        page = workbook.add_worksheet()
        headings = [str(column.label) for column in columns] + [
            pgettext("import", "Problems"),
            _("Row in the uploaded file"),
        ]
        frame_sheet(page, headings, watermark_text(actor.display_name))
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text = workbook.add_format({"num_format": "@"})
        marked = workbook.add_format({"num_format": "@", "bg_color": MARKED, "border": 1})
        for index, label in enumerate(headings):
            page.write_string(0, index, label, heading)
        for line, each in enumerate(stored.iterator(chunk_size=500), start=1):
            _write_row(page, line, open_row(each), columns, text, marked)
            if line % EVERY == 0:
                tell(line, total, _("Writing the workbook"))
    tell(total, total, _("Writing the workbook"))


def rows_to_correct(batch: Batch) -> "QuerySet[BatchRow]":
    """The rows with errors; once the rest is imported, those that were left out."""
    rows = batch.rows.order_by("number")
    return rows.filter(is_left_out=True) if batch.confirmed_at else rows.filter(has_errors=True, is_left_out=False)


def write_result(path: Path, batch: Batch, sheet: ImportSheet, *, actor: "User") -> None:
    """Row, what was done, to what, and what is worth knowing: a file number, or why a row was left out."""
    columns = [_("Row"), _("What was done"), pgettext("import", "Record"), pgettext("import", "Outcome"), _("Remarks")]
    write_sheet(path, columns, _result_rows(batch, sheet), watermark=watermark_text(actor.display_name))


def shown_columns(batch: Batch, sheet: ImportSheet) -> list[ImportColumn]:
    """The columns that the file has, in the order of the template."""
    return [column for column in sheet.columns() if column.key in batch.columns]


def _write_row(page: Any, line: int, row: ImportRow, columns: list[ImportColumn], text: Any, marked: Any) -> None:
    at_fault = {key for key, _message in (*row.unread, *row.errors)}
    for index, column in enumerate(columns):
        page.write_string(
            line, index, safe_text(row.cells.get(column.key, "")), marked if column.key in at_fault else text
        )
    labels = {column.key: str(column.label) for column in columns}
    page.write_string(line, len(columns), safe_text("\n".join(line for _key, line in error_lines(row, labels))), text)
    page.write_number(line, len(columns) + 1, row.number)


def _result_rows(batch: Batch, sheet: ImportSheet) -> Iterator[list[Any]]:
    labels = {column.key: str(column.label) for column in sheet.columns()}
    done = outcomes(batch)
    undone = _("The import was undone.") if batch.status == BatchStatus.UNDONE else ""
    for stored in batch.rows.order_by("number").iterator(chunk_size=500):
        row, effect = open_row(stored), done.get(stored.number)
        what = ACTIONS["left_out" if stored.is_left_out else stored.action]
        if stored.is_left_out:
            whom = row.target_text or row.cells.get(NAME, "")
            yield [row.number, str(what), whom, "", "\n".join(line for _key, line in error_lines(row, labels))]
        elif effect is None:
            yield [row.number, str(what), row.target_text, "", " ".join(row.notes)]
        else:
            yield [row.number, str(what), effect.label, effect.outcome, undone or " ".join(row.notes)]
