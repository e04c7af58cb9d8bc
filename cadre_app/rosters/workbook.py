"""Tables of an official form as a workbook: title block, frame, widths, repeated heads, page numbers, watermark."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from cadre_app.core.sheets import MOST_ROWS, TooManyRows, safe_text

A3, A4 = 8, 9
HEADER_LIMIT = 240
SLACK = 1.5  # Excel counts in digits of its font; a Chinese character takes two of them, and the frame some more


@dataclass(frozen=True)
class Form:
    """What stands around the rows: `above` are the lines below the title, `below` those after the last row."""

    title: str
    above: Sequence[str]
    below: Sequence[str]
    headings: Sequence[str]
    widths: Sequence[int]
    watermark: str
    is_a3: bool = False
    is_upright: bool = False


def write_form(path: Path, form: Form, rows: Iterable[Sequence[Any]]) -> int:
    """Write the form at `path`, streaming; returns the number of rows. Raises core.sheets.TooManyRows."""
    options = {
        "constant_memory": True, "tmpdir": str(path.parent), "strings_to_urls": False, "strings_to_formulas": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as workbook:
        sheet = workbook.add_worksheet()
        formats = _formats(workbook)
        _set_page(sheet, form)
        last = len(form.headings) - 1
        sheet.set_row(0, 30)
        sheet.merge_range(0, 0, 0, last, safe_text(form.title), formats["title"])
        for line, text in enumerate(form.above, start=1):
            sheet.merge_range(line, 0, line, last, safe_text(text), formats["line"])
        head = len(form.above) + 1
        for column, label in enumerate(form.headings):
            sheet.write_string(head, column, safe_text(label), formats["head"])
        count = 0
        for count, row in enumerate(rows, start=1):
            if count > MOST_ROWS - head - len(form.below) - 1:
                raise TooManyRows
            for column, value in enumerate(row):
                _write(sheet, head + count, column, value, formats)
        for line, text in enumerate(form.below, start=head + count + 1):
            sheet.merge_range(line, 0, line, last, safe_text(text), formats["line"])
    return count


def _set_page(sheet: Any, form: Form) -> None:
    text = form.watermark.replace("&", "&&")[:HEADER_LIMIT]
    sheet.set_header(f"&R{text}")
    # Excel puts in both numbers itself.
    pages = _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"}
    sheet.set_footer(f"&C{pages}")
    sheet.set_paper(A3 if form.is_a3 else A4)
    if not form.is_upright:
        sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    head = len(form.above) + 1
    sheet.repeat_rows(head)
    sheet.freeze_panes(head + 1, 0)
    for column, width in enumerate(form.widths):
        sheet.set_column(column, column, width * 2 + SLACK)


def _formats(workbook: Any) -> dict[str, Any]:
    framed = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": 10}
    return {
        "title": workbook.add_format({"font_size": 18, "align": "center", "valign": "vcenter"}),
        "line": workbook.add_format({"font_size": 11, "valign": "vcenter"}),
        "head": workbook.add_format({**framed, "bold": True, "align": "center"}),
        "text": workbook.add_format(framed),
        "number": workbook.add_format({**framed, "align": "center"}),
    }


def _write(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, formats["number"])
    elif value in (None, ""):
        sheet.write_blank(row, column, None, formats["text"])
    else:
        sheet.write_string(row, column, safe_text(value), formats["text"])
