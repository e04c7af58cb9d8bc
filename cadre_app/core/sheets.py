"""Excel out: text stays text, nothing typed by anybody becomes a formula, every page carries who and when."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_767
HEADER_LIMIT = 255
FIRST_EXCEL_YEAR = 1900
LAST_NARROW = 0x2E7F
NARROWEST, WIDEST = 6, 50


class TooManyRows(Exception):
    """More rows than a worksheet holds (1,048,575 below the headings)."""


MOST_ROWS = 1_048_575


def watermark_text(name: str) -> str:
    """Who made it and when (local time), as printed over every page."""
    made = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    return _("Internal material, keep safe  %(name)s %(time)s") % {"name": name, "time": made}


def write_sheet(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, watermark: str, note: str = ""
) -> int:
    """Write headings and rows as an .xlsx at `path`, streaming, below `note` where there is one; returns the number of rows.

    Dates become dates, numbers numbers, everything else text. Raises TooManyRows.
    """
    folder = str(path.parent)
    options = {"constant_memory": True, "tmpdir": folder, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        sheet = workbook.add_worksheet()
        top = 1 if note else 0
        frame_sheet(sheet, columns, watermark, top=top)
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {
            "date": workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "time": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
        }
        if note:
            sheet.write_string(0, 0, safe_text(note), workbook.add_format({"bold": True}))
        for index, label in enumerate(columns):
            sheet.write_string(top, index, safe_text(label), heading)
        count = 0
        for count, row in enumerate(rows, start=1):
            if count > MOST_ROWS - top:
                raise TooManyRows
            for index, value in enumerate(row):
                _write(sheet, top + count, index, value, formats)
    return count


def safe_text(value: Any) -> str:
    """`value` as text that a spreadsheet program shows and never executes."""
    text = str(value).encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    if text.lstrip(" ").startswith(DANGEROUS):
        text = "'" + text
    return text[:LONGEST_CELL]


def _write(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        sheet.write_datetime(row, column, local.replace(tzinfo=None), formats["time"])
    elif isinstance(value, date) and value.year >= FIRST_EXCEL_YEAR:
        sheet.write_datetime(row, column, value, formats["date"])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, safe_text(value))


def frame_sheet(sheet: Any, columns: Sequence[str], watermark: str, *, top: int = 0) -> None:
    """What every worksheet that leaves the house has: A4 across, watermark, repeated headings in row `top`, widths."""
    text = watermark.replace("&", "&&")[: HEADER_LIMIT - 10]
    sheet.set_header(f"&C{text}")
    sheet.set_footer(f"&L{text[:200]}&R&P / &N")
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, top)
    sheet.freeze_panes(top + 1, 0)
    for index, label in enumerate(columns):
        wide = sum(2 if ord(character) > LAST_NARROW else 1 for character in str(label))
        sheet.set_column(index, index, min(max(wide + 6, NARROWEST * 2), WIDEST))
