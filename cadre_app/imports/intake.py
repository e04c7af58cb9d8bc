"""INTERIM: replaced by cadre_app.imports.reading once it is there."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import openpyxl
import xlsxwriter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.core.importing import ImportColumn, ImportRow, ImportSheet

CLASSIFIED = "classified"


@dataclass
class Found:
    rows: list[ImportRow]
    columns: list[str]
    remarks: list[str] = field(default_factory=list)


def look_at(content: bytes, name: str, sheet: ImportSheet, *, most_rows: int) -> None:
    if not name.lower().endswith((".xlsx", ".csv")):
        raise ValidationError(_("The file is no table. Upload an Excel workbook (.xlsx) or a CSV file."))


def _lines(content: bytes, name: str) -> list[list[Any]]:
    if name.lower().endswith(".csv"):
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def read(content: bytes, name: str, sheet: ImportSheet, *, most_rows: int) -> Found:
    lines = _lines(content, name)
    columns = {str(c.label): c for c in sheet.columns()}
    for c in sheet.columns():
        for s in c.synonyms:
            columns.setdefault(s, c)
    heads = [columns.get(str(h)) for h in lines[0]]
    if not any(heads):
        raise ValidationError("No headings")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        row = ImportRow(number)
        for column, value in zip(heads, line, strict=False):
            if column is not None and value not in (None, ""):
                text = value.date().isoformat() if isinstance(value, datetime) else str(value)
                read_into(row, column, text)
        if row.cells:
            rows.append(row)
            for c in sheet.columns():
                if c.required and not row.cells.get(c.key):
                    row.unread.append((c.key, _("Please fill this in.")))
    return Found(rows, [c.key for c in heads if c])


def read_into(row: ImportRow, column: ImportColumn, text: str) -> None:
    row.unread = [pair for pair in row.unread if pair[0] != column.key]
    row.values.pop(column.key, None)
    row.cells.pop(column.key, None)
    if not text:
        if column.required:
            row.unread.append((column.key, _("Please fill this in.")))
        return
    row.cells[column.key] = text
    try:
        row.values[column.key] = _value(column, text)
    except (ValueError, ValidationError) as error:
        row.unread.append((column.key, str(error)))


def _value(column: ImportColumn, text: str) -> Any:
    if column.read:
        return column.read(text)
    if column.choices:
        for value, label in column.choices():
            if text in (str(value), str(label)):
                return value
        raise ValueError("unknown choice")
    if column.kind in ("date", "month"):
        return date.fromisoformat(text)
    if column.kind == "int":
        return int(text)
    return text


def template_book(sheet: ImportSheet) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        for i, c in enumerate(sheet.columns()):
            page.write_string(0, i, str(c.label))
    return out.getvalue()
