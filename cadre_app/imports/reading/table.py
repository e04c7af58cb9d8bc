"""A sheet as rows of the columns that are wanted: what is no row of data is left out, and said."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeGuard

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core.cells import plain
from cadre_app.core.cells.texts import shortened
from cadre_app.core.importing import ImportColumn, ImportRow
from cadre_app.core.markings import REFUSED, is_marking_alone, refuse_marked
from cadre_app.imports.reading.cells import CellReader
from cadre_app.imports.reading.data import RawRow, SheetData, Value, cell_name, column_letters, is_blank
from cadre_app.imports.reading.headings import FEWEST, Headings, Layout, find_headings, marks_of
from cadre_app.imports.reading.layouts import Head, head_of
from cadre_app.imports.reading.limits import HEAD_ROWS, MOST_COLUMNS, MOST_MERGED_CELLS, too_large, too_many_rows
from cadre_app.imports.reading.periods import split_periods, wants_column
from cadre_app.imports.reading.words import CLOSING, EXPLANATIONS, TOTAL
from cadre_app.imports.reading.workbook import count_rows, read_file

TITLE_ROWS = 5
FIRST_TEXTS = 20_000
SECTION_COLUMNS = 3
NAMED = 8
LONGEST_MARKING = 40


@dataclass
class ReadTable:
    """`columns` are the keys that the file has; `notes` say what was left out or taken in a certain way."""

    sheet: str
    heading_row: int
    columns: list[str]
    rows: list[ImportRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_table(
    source: Path | bytes,
    name: str,
    columns: Sequence[ImportColumn],
    *,
    most_rows: int,
    layout: Layout | None = None,
) -> ReadTable:
    """The rows of the sheet that has the headings. What cannot be read in a cell stands in `unread` of its row.

    `layout` as in `find_headings`.

    Raises ValidationError for files that cannot or may not be read (`read_file`), headings that do not fit
    (`find_headings`), no rows, or more than `most_rows`.
    """
    sheets = read_file(source, name, most_rows=most_rows)
    sheet, headings = _choose(sheets, columns, layout)
    if sheet.is_cut:
        raise too_many_rows(most_rows, "" if sheet.is_only else sheet.name)
    sorting = _Sorting(sheet, headings)
    if len(sorting.kept) > most_rows:
        raise too_many_rows(most_rows, "" if sheet.is_only else sheet.name)
    if not sorting.kept:
        raise ValidationError(_("There are no rows below the headings."), code="no_rows")
    wanted = [column for column in columns if column.key in headings.columns]
    table = ReadTable(sheet.name, headings.row, [column.key for column in wanted])
    readers = [(CellReader(column, uses_1904=sheet.uses_1904), headings.columns[column.key]) for column in wanted]
    merged = _merged(sheet, headings)
    table.rows = [_row(raw, readers, merged) for raw in sorting.kept]
    periods = split_periods(table.rows, columns)
    table.columns = [
        each.key for each in columns
        if each.key in headings.columns or (each.kind == "date" and wants_column(table.rows, columns, each.key))
    ]  # fmt: skip
    table.notes = [*_sheet_notes(sheets, sheet, headings), *sorting.notes, *_month_notes(readers), *periods]
    return table


def check_file(
    content: bytes, name: str, columns: Sequence[ImportColumn], *, most_rows: int, layout: Layout | None = None
) -> None:
    """Look only at the beginning of a file: raises what `read_table` would for its kind, markings and headings.

    Also for a sheet that has clearly more than `most_rows`; a little more than that only the reading finds.
    """
    try:
        sheets = read_file(content, name, most_rows=HEAD_ROWS, most_texts=FIRST_TEXTS)
        sheet, headings = _choose(sheets, columns, layout)
    except ValidationError:  # the headings may be among the texts left out
        sheet, headings = _choose(read_file(content, name, most_rows=HEAD_ROWS), columns, layout)
    _refuse_length(content, sheet, headings.row, most_rows)


def read_head(content: bytes, name: str, columns: Sequence[ImportColumn], *, most_rows: int) -> Head | None:
    """The headings of a file as they stand, for somebody to say which is which; None where nothing looks like headings.

    Raises ValidationError for files that cannot or may not be read.
    """
    sheets = read_file(content, name, most_rows=HEAD_ROWS)
    _refuse_marked_tops(sheets)
    head = head_of(sheets, columns)
    if head is not None:
        _refuse_marked(head.sheet, Headings(head.row))
        _refuse_length(content, head.sheet, head.row, most_rows)
    return head


def marks_in(content: bytes, name: str) -> list[list[str]]:
    """The marks of every row that may be one of headings. Raises ValidationError for files that cannot be read."""
    sheets = read_file(content, name, most_rows=HEAD_ROWS)
    rows = [(sheet, index) for sheet in sheets for index in range(min(HEAD_ROWS, len(sheet.rows)))]
    found = [[mark for mark, _text in marks_of(sheet, index).values()] for sheet, index in rows]
    return [marks for marks in found if len(marks) >= FEWEST]


def _refuse_length(content: bytes, sheet: SheetData, heading_row: int, most_rows: int) -> None:
    if sheet.is_cut and count_rows(content, sheet) > heading_row + most_rows + HEAD_ROWS:
        raise too_many_rows(most_rows, "" if sheet.is_only else sheet.name)


def read_cell(row: ImportRow, column: ImportColumn, typed: str) -> None:
    """Read one cell of a row again from text that somebody typed; empty text takes it out."""
    CellReader(column).read_again(row, typed)
    _ask_for_missing(row, column)


def _choose(
    sheets: Sequence[SheetData], columns: Sequence[ImportColumn], layout: Layout | None
) -> tuple[SheetData, Headings]:
    _refuse_marked_tops(sheets)
    sheet, headings = find_headings(sheets, columns, layout)
    _refuse_marked(sheet, headings)
    return sheet, headings


def _row(raw: RawRow, readers: Sequence[tuple[CellReader, int]], merged: dict[tuple[int, int], str]) -> ImportRow:
    row = ImportRow(number=raw.number)
    for reader, column in readers:
        first = merged.get((raw.number, column)) if merged else None
        if first is not None:
            message = _("This cell is merged with %(first)s. Take the merging back and fill in every row.")
            row.unread.append((reader.column.key, message % {"first": first}))
        else:
            reader.read(row, raw.at(column))
            if reader.column.required:
                _ask_for_missing(row, reader.column)
    return row


def _ask_for_missing(row: ImportRow, column: ImportColumn) -> None:
    if column.required and column.key not in row.values and not any(key == column.key for key, _text in row.unread):
        row.unread.append((column.key, _("Please fill this in.")))


class _Sorting:
    """Parts the rows below the headings into data (`kept`) and what stands around it, with a note on each kind."""

    def __init__(self, sheet: SheetData, headings: Headings) -> None:
        self._columns = list(headings.columns.values())
        self._typed = [(headings.columns[key], text) for key, text in headings.typed.items()]
        self._across = {area.top: area for area in sheet.merged if area.right - area.left >= SECTION_COLUMNS - 1}
        self.totals: list[int] = []
        self.sections: list[int] = []
        self.closing: list[int] = []
        self.repeated: list[int] = []
        rows = [row for row in sheet.rows if row.number > headings.row]
        while rows and (self._is_closing(rows[-1]) or self._is_total(rows[-1]) or not self._says_something(rows[-1])):
            last = rows.pop()
            if self._says_something(last) or self._is_closing(last):
                (self.totals if self._is_total(last) else self.closing).append(last.number)
        self.kept = [row for row in rows if self._is_data(row)]

    @property
    def notes(self) -> list[str]:
        kinds = (
            (self.totals, _("Rows with totals were left out: %(rows)s")),
            (self.closing, _("Remarks below the table were left out: rows %(rows)s")),
            (self.sections, _("Headings between the rows were left out: rows %(rows)s")),
            (self.repeated, _("Repeated headings were left out: rows %(rows)s")),
        )
        return [text % {"rows": _numbers(sorted(numbers))} for numbers, text in kinds if numbers]

    def _is_data(self, row: RawRow) -> bool:
        for numbers, is_one in (
            (self.sections, self._is_section),
            (self.totals, self._is_total),
            (self.repeated, self._is_repeated),
        ):
            if is_one(row):
                numbers.append(row.number)
                return False
        return self._says_something(row)

    def _says_something(self, row: RawRow) -> bool:
        return any(not is_blank(row.at(column)) for column in self._columns)

    def _is_total(self, row: RawRow) -> bool:
        return TOTAL.match(_first(row)) is not None

    def _is_closing(self, row: RawRow) -> bool:
        return CLOSING.match(_first(row)) is not None

    def _is_section(self, row: RawRow) -> bool:
        area = self._across.get(row.number)
        filled = [column for column in range(1, len(row.cells) + 1) if not is_blank(row.at(column))]
        return area is not None and filled == [area.left]

    def _is_repeated(self, row: RawRow) -> bool:
        alike = sum(row.at(column) == text for column, text in self._typed)
        return alike >= min(2, len(self._typed))


def _first(row: RawRow) -> str:
    return next((plain(value) for value in row.cells if not is_blank(value)), "")


def _refuse_marked_tops(sheets: Iterable[SheetData]) -> None:
    for sheet in sheets:
        for row in sheet.rows[:TITLE_ROWS]:
            refuse_marked(*(value for value in row.cells if _may_be_marking(value)), bare=False)


def _refuse_marked(sheet: SheetData, headings: Headings) -> None:
    """Titles and headings bear no marking, and no cell of the whole sheet is one."""
    for row in sheet.rows:
        for value in row.cells:
            if not _may_be_marking(value):
                continue
            if row.number <= headings.row:
                refuse_marked(value)
            elif len(value) <= LONGEST_MARKING and is_marking_alone(value):
                raise ValidationError(REFUSED, code="classified")


def _may_be_marking(value: Value) -> TypeGuard[str]:
    return isinstance(value, str) and "密" in value


def _merged(sheet: SheetData, headings: Headings) -> dict[tuple[int, int], str]:
    """Cells of data that are hidden under a merged one → the name of that one."""
    wanted, cells = set(headings.columns.values()), 0
    numbers = [row.number for row in sheet.rows]
    hidden: dict[tuple[int, int], str] = {}
    for area in sheet.merged:
        if area.top <= headings.row:
            continue
        first = cell_name(area.top, area.left)
        columns = [column for column in wanted if area.left <= column <= area.right]
        covered = numbers[bisect_left(numbers, area.top) : bisect_left(numbers, area.bottom + 1)]
        cells += len(covered) * len(columns) + 1
        if cells > MOST_MERGED_CELLS:
            raise too_large()
        for number in covered:
            for column in columns:
                if (number, column) != (area.top, area.left):
                    hidden[number, column] = first
    return hidden


def _sheet_notes(sheets: Sequence[SheetData], sheet: SheetData, headings: Headings) -> list[str]:
    notes = list(sheet.notes)
    others = [each.name for each in sheets if each is not sheet and each.rows and plain(each.name) not in EXPLANATIONS]
    if others:
        text = _("Only the sheet “%(sheet)s” is read, not: %(others)s")
        notes.append(text % {"sheet": sheet.name, "others": _joined(others)})
    if headings.unknown:
        known = [f"{column_letters(column)} {shortened(text)}" for column, text in headings.unknown]
        notes.append(
            _("These columns are not part of the table and were left out: %(names)s") % {"names": _joined(known)}
        )
    if sheet.is_wider:
        notes.append(_("Columns after %(last)s were not read.") % {"last": column_letters(MOST_COLUMNS)})
    hidden_rows = [row.number for row in sheet.rows if row.is_hidden and row.number > headings.row]
    if hidden_rows:
        notes.append(_("Hidden rows are read like the others: %(rows)s") % {"rows": _numbers(hidden_rows)})
    hidden = [
        f"{column_letters(column)} {headings.typed[key]}"
        for key, column in headings.columns.items()
        if any(first <= column <= last for first, last in sheet.hidden_columns)
    ]
    if hidden:
        notes.append(_("Hidden columns are read like the others: %(names)s") % {"names": _joined(hidden)})
    return notes


def _month_notes(readers: Sequence[tuple[CellReader, int]]) -> list[str]:
    return [
        _month_note(reader.months_only, is_end=reader.column.is_end)
        % {"column": reader.column.label, "count": reader.months_only}
        for reader, _column in readers
        if reader.months_only
    ]


def _month_note(count: int, *, is_end: bool) -> str:
    if is_end:
        return ngettext(
            "%(column)s: in %(count)s row only the month is given; its last day is taken.",
            "%(column)s: in %(count)s rows only the month is given; its last day is taken.",
            count,
        )
    return ngettext(
        "%(column)s: in %(count)s row only the month is given; its first day is taken.",
        "%(column)s: in %(count)s rows only the month is given; its first day is taken.",
        count,
    )


def _joined(names: Sequence[str]) -> str:
    return _(", ").join(names[:NAMED]) + ("…" if len(names) > NAMED else "")


def _numbers(rows: Sequence[int]) -> str:
    return _joined([str(number) for number in rows])
