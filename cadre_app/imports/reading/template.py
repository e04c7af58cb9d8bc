"""The workbook that staff fill in: headings, lists to choose from, cells that keep text as text, and how to fill it in."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from cadre_app.core.importing import ImportColumn, ImportSheet
from cadre_app.core.sheets import safe_text
from cadre_app.imports.reading.data import column_letters

VALIDATED_ROWS = 20_000
LONGEST_PROMPT = 255
LONGEST_PROMPT_TITLE = 32
LONGEST_SHEET_NAME = 31
UNUSABLE = re.compile(r"[\[\]:*?/\\']")
MADE = datetime(2026, 1, 1, tzinfo=UTC)
REQUIRED_COLOUR, OPTIONAL_COLOUR, INK = "#DCE6F0", "#EFEFEC", "#1F2A37"
WIDTHS = (24, 10, 60, 28)
FIRST_LIST_COLUMN = 5


def template_book(sheet: ImportSheet, rows: Iterable[Mapping[str, str]] = ()) -> bytes:
    """The template of `sheet` in the active language as an .xlsx, filled with `rows` (text by column key).

    The same sheet, rows and language always give the same bytes.
    """
    out = io.BytesIO()
    columns = list(sheet.columns())
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"created": MADE, "title": str(sheet.label)})
        page = workbook.add_worksheet(_sheet_name(str(sheet.label)))
        explanation = workbook.add_worksheet(_sheet_name(_("How to fill it in")))
        _headings(workbook, page, columns)
        text = workbook.add_format({"num_format": "@"})
        for line, row in enumerate(rows, start=1):
            for index, column in enumerate(columns):
                if value := row.get(column.key, ""):
                    page.write_string(line, index, safe_text(value), text)
        lists = _explain(workbook, explanation, sheet, columns)
        for index, column in enumerate(columns):
            _validate(page, index, column, lists.get(column.key, ""))
    return out.getvalue()


def _headings(workbook: Any, page: Any, columns: Sequence[ImportColumn]) -> None:
    text = workbook.add_format({"num_format": "@"})
    formats = {
        needed: workbook.add_format(
            {
                "bold": needed,
                "bg_color": REQUIRED_COLOUR if needed else OPTIONAL_COLOUR,
                "font_color": INK,
                "border": 1,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "center",
            }
        )
        for needed in (True, False)
    }
    for index, column in enumerate(columns):
        page.set_column(index, index, column.width, None if column.kind == "int" else text)
        label = f"{column.label}*" if column.required else str(column.label)
        page.write_string(0, index, safe_text(label), formats[column.required])
    page.set_row(0, 32)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)
    page.ignore_errors({"number_stored_as_text": f"A1:{column_letters(len(columns))}{VALIDATED_ROWS + 1}"})


def _validate(page: Any, index: int, column: ImportColumn, source: str) -> None:
    """What stands beside the cell when it is chosen; lists only warn, for other ways of writing are understood too."""
    options: dict[str, Any] = {
        "input_title": str(column.label)[:LONGEST_PROMPT_TITLE],
        "input_message": _prompt(column)[:LONGEST_PROMPT],
        "validate": "any",
    }
    if source:
        options |= {"validate": "list", "source": source, "error_type": "warning"}
        options |= {"error_title": options["input_title"], "error_message": _("This is not in the list. Keep it?")}
    page.data_validation(1, index, VALIDATED_ROWS, index, options)


def _prompt(column: ImportColumn) -> str:
    parts = [_("Required.") if column.required else "", str(column.help), how_to_write(column)]
    return " ".join(part for part in parts if part)


def how_to_write(column: ImportColumn) -> str:
    """What the kind of a column asks for, in a sentence."""
    words = {
        "date": _("A day such as 2024.08.01."),
        "month": _("A month such as 1996.07; write October as 2020.10."),
        "id_number": _("18 characters, as text."),
        "phone": _("A mobile number, or a landline with its area code."),
        "bool": _("Yes or no."),
        "choice": _("Choose from the list."),
        "code": _("Choose from the list."),
    }
    if column.kind == "int":
        return _("A whole number from %(low)s to %(high)s.") % {"low": column.low, "high": column.high}
    if column.kind == "text" and column.read is None:
        return _("At most %(longest)s characters.") % {"longest": column.longest}
    return str(words.get(column.kind, "")) if column.read is None or column.choices else ""


def _explain(workbook: Any, page: Any, sheet: ImportSheet, columns: Sequence[ImportColumn]) -> dict[str, str]:
    """Fill the sheet of explanations; returns where the list of each column stands, as a reference."""
    bold = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    title = workbook.add_format({"bold": True, "font_size": 14})
    for index, width in enumerate(WIDTHS):
        page.set_column(index, index, width)
    page.write_string(0, 0, str(sheet.label), title)
    line = 1
    for rule in (str(sheet.help), *_rules()):
        if rule:
            page.merge_range(line, 0, line, len(WIDTHS) - 1, safe_text(rule), plain)
            line += 1
    line += 1
    _write_line(page, line, (_("Column"), _("Required"), _("How to fill it in"), _("Example")), bold)
    for column in columns:
        line += 1
        told = " ".join(part for part in (str(column.help), how_to_write(column)) if part)
        needed = _("Required") if column.required else ""
        _write_line(page, line, (str(column.label), needed, told, column.example), plain)
    _examples(page, line + 2, sheet, columns, bold, plain)
    return _lists(page, columns, bold, plain)


def _rules() -> list[str]:
    return [
        _(
            "Fill in one row for each record below the headings. Columns with * are required; columns may be moved or left out."
        ),
        _("Do not merge cells and use no formulas: paste values. Hidden rows are read like the others."),
        _("ID numbers and telephone numbers are text. Empty cells say nothing; an existing value is kept."),
        _("Please enter no state secrets and no work secrets. A file with a classification marking is refused."),
    ]


def _examples(page: Any, line: int, sheet: ImportSheet, columns: Sequence[ImportColumn], bold: Any, plain: Any) -> None:
    """Whole rows, written downwards: a column of the template is a line here."""
    examples = list(sheet.examples()) if sheet.examples is not None else []
    if not examples:
        return
    used = [column for column in columns if any(example.get(column.key) for example in examples)]
    heads = [_("Example %(number)s") % {"number": number} for number in range(1, len(examples) + 1)]
    _write_line(page, line, (_("Examples"), "", *heads), bold)
    for offset, column in enumerate(used, start=1):
        values = [example.get(column.key, "") for example in examples]
        _write_line(page, line + offset, (str(column.label), "", *values), plain)


def _lists(page: Any, columns: Sequence[ImportColumn], bold: Any, plain: Any) -> dict[str, str]:
    """Every list to choose from, each in its own column on the right."""
    places: dict[str, str] = {}
    name = page.get_name().replace("'", "''")
    place = FIRST_LIST_COLUMN
    for column in columns:
        offered = _offered(column)
        if not offered:
            continue
        page.set_column(place, place, 22)
        page.write_string(0, place, _("Choices: %(column)s") % {"column": column.label}, bold)
        for line, label in enumerate(offered, start=1):
            page.write_string(line, place, safe_text(label), plain)
        letters = column_letters(place + 1)
        places[column.key] = f"='{name}'!${letters}$2:${letters}${len(offered) + 1}"
        place += 1
    return places


def _offered(column: ImportColumn) -> list[str]:
    if column.kind == "bool":
        return [_("Yes"), _("No")]
    return [str(label) for _value, label in column.choices()] if column.choices is not None else []


def _write_line(page: Any, line: int, texts: Sequence[str], cell_format: Any) -> None:
    for index, text in enumerate(texts):
        page.write_string(line, index, safe_text(text), cell_format)


def _sheet_name(text: str) -> str:
    return UNUSABLE.sub(" ", text).strip()[:LONGEST_SHEET_NAME] or "1"
