"""Which row of which sheet has the headings, and which column is which."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from cadre_app.core.cells.texts import shortened
from cadre_app.core.importing import ImportColumn
from cadre_app.imports.reading.cells import LANGUAGES
from cadre_app.imports.reading.data import Area, SheetData, Value, column_letters
from cadre_app.imports.reading.limits import HEAD_ROWS
from cadre_app.imports.reading.words import IGNORED_HEADINGS

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
LAYOUT = re.compile(r"[\s\u200b\ufeff*:：、,，.。/\\|_\-—·?？()【】〔〕\[\]]+")
FEWEST = 2
NAMED = 8
MOST_AREAS = 1_000


@dataclass
class Headings:
    """`columns` by key, counted from 1; `typed` is each heading as it stands there, without blanks at its ends."""

    row: int
    columns: dict[str, int] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    double: list[tuple[str, int, int]] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)


Layout = Mapping[str, str]


def find_headings(
    sheets: Sequence[SheetData], columns: Sequence[ImportColumn], layout: Layout | None = None
) -> tuple[SheetData, Headings]:
    """The sheet and row that name most of `columns`, among the first 20 rows of each sheet.

    `layout`: which column each heading (as `marks_of` writes it) is, "" for one that is left out; then the row that has
    just these headings. Raises ValidationError when there is none, when two columns have one heading, or a required one
    is missing.
    """
    if layout:
        found_by = _by_layout(sheets, layout)
        _check(found_by[1], columns)
        return found_by
    best: tuple[SheetData, Headings] | None = None
    for sheet, found in recognised(sheets, columns):
        if best is None or len(found.columns) > len(best[1].columns):
            best = sheet, found
    if best is None or not best[1].columns:
        raise _nothing_found(columns)
    if len(best[1].columns) < min(FEWEST, len(columns)):
        raise _too_few(best[1], columns)
    _check(best[1], columns)
    return best


def _nothing_found(columns: Sequence[ImportColumn]) -> ValidationError:
    return ValidationError(
        _("No headings were found in the first %(rows)s rows. Use the headings of the template, such as: %(names)s"),
        code="no_headings",
        params={"rows": HEAD_ROWS, "names": _names(str(column.label) for column in columns if column.required)},
    )


def _too_few(found: Headings, columns: Sequence[ImportColumn]) -> ValidationError:
    """One heading may be a word of a title, so that nothing is said of its row; what is missing is named."""
    others = [column for column in columns if column.key not in found.columns]
    missing = [str(column.label) for column in [each for each in others if each.required] or others]
    return ValidationError(
        _("Of the headings only “%(found)s” was found in the first %(rows)s rows. These are missing: %(names)s"),
        code="no_headings",
        params={"rows": HEAD_ROWS, "found": _names(found.typed.values()), "names": _names(missing)},
    )


def recognised(sheets: Sequence[SheetData], columns: Sequence[ImportColumn]) -> Iterator[tuple[SheetData, Headings]]:
    """What each of the first 20 rows of each sheet names of `columns`."""
    known = _known(columns)
    for sheet in sheets:
        areas = _areas_on_top(sheet)
        for index in range(min(HEAD_ROWS, len(sheet.rows))):
            yield sheet, _read(sheet, areas, index, known)


def marks_of(sheet: SheetData, index: int) -> dict[int, tuple[str, str]]:
    """Every heading in a row by its column, counted from 1: without layout and made unlike the others, and as it stands."""
    areas, found = _areas_on_top(sheet), dict[int, tuple[str, str]]()
    seen: Counter[str] = Counter()
    for column in range(1, _width(sheet, index) + 1):
        own = _text(sheet.rows[index].at(column)) or _from_above(sheet, areas, index, column)
        if not own or _short(own) in IGNORED_HEADINGS:
            continue
        text = _group(sheet, areas, index, column) + own
        seen[_full(text)] += 1
        again = f"#{seen[_full(text)]}" if seen[_full(text)] > 1 else ""
        found[column] = (_full(text) + again, text)
    return found


def sounds_like(text: str, column: ImportColumn) -> bool:
    """True where a heading holds a name of the column among other words."""
    heading = _full(text)
    names = [_short(each) for each in (*_labels(column), *column.synonyms)]
    return any(len(name) >= FEWEST and name in heading for name in names)


def _by_layout(sheets: Sequence[SheetData], layout: Layout) -> tuple[SheetData, Headings]:
    for sheet in sheets:
        for index in range(min(HEAD_ROWS, len(sheet.rows))):
            marks = marks_of(sheet, index)
            if {mark for mark, _text in marks.values()} != set(layout):
                continue
            found = Headings(sheet.rows[index].number)
            for column, (mark, text) in marks.items():
                if key := layout[mark]:
                    found.columns[key], found.typed[key] = column, text
                else:
                    found.unknown.append((column, text))
            return sheet, found
    raise ValidationError(_("The headings of this file are not those that were matched."), code="no_headings")


def _known(columns: Sequence[ImportColumn]) -> dict[str, str]:
    """Every way of writing a heading → the column's key; the labels before what only sounds like them."""
    known: dict[str, str] = {}
    labels = [(column.key, label) for column in columns for label in _labels(column)]
    synonyms = [(column.key, synonym) for column in columns for synonym in column.synonyms]
    for spelling in (_full, _short):
        for key, text in (*labels, *synonyms):
            word = spelling(text)
            if word:
                known.setdefault(word, key)
    return known


def _labels(column: ImportColumn) -> list[str]:
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(str(column.label))
    return found


def _full(text: str) -> str:
    """A heading without layout, its brackets kept."""
    return LAYOUT.sub("", unicodedata.normalize("NFKC", text)).lower()


def _short(text: str) -> str:
    """A heading without what stands in brackets."""
    return _full(BRACKETS.sub("", unicodedata.normalize("NFKC", text)))


def _read(sheet: SheetData, areas: Sequence[Area], index: int, known: dict[str, str]) -> Headings:
    row = sheet.rows[index]
    found = Headings(row.number)
    for column in range(1, _width(sheet, index) + 1):
        own = _text(row.at(column)) or _from_above(sheet, areas, index, column)
        if not own:
            continue
        group = _group(sheet, areas, index, column)
        spellings = (*((_full(group + own), _short(group + own)) if group else ()), _full(own), _short(own))
        key = next((known[each] for each in spellings if each in known), "")
        if not key:
            if _short(own) not in IGNORED_HEADINGS:
                found.unknown.append((column, own))
        elif key in found.columns:
            found.double.append((key, found.columns[key], column))
        else:
            found.columns[key], found.typed[key] = column, own
    return found


def _areas_on_top(sheet: SheetData) -> list[Area]:
    last = sheet.rows[:HEAD_ROWS][-1].number if sheet.rows else 0
    return [area for area in sheet.merged if area.top <= last][:MOST_AREAS]


def _width(sheet: SheetData, index: int) -> int:
    above = sheet.rows[index - 1].cells if index else []
    return max(len(sheet.rows[index].cells), len(above))


def _text(value: Value) -> str:
    return value.strip() if isinstance(value, str) else ""


def _from_above(sheet: SheetData, areas: Sequence[Area], index: int, column: int) -> str:
    """The text of a heading that is merged over two rows and ends in this one."""
    number = sheet.rows[index].number
    for area in areas:
        if number - 2 <= area.top < number <= area.bottom and area.left == column:
            return _text(_at(sheet, index, area.top, column))
    return ""


def _group(sheet: SheetData, areas: Sequence[Area], index: int, column: int) -> str:
    """The text over several headings, merged across in the row above (全日制教育 over 学历, 学位)."""
    number = sheet.rows[index].number
    for area in areas:
        across = area.left <= column <= area.right and area.left < area.right
        if across and area.top == area.bottom == number - 1:
            return _text(_at(sheet, index, area.top, area.left))
    return ""


def _at(sheet: SheetData, index: int, number: int, column: int) -> Value:
    return next((row.at(column) for row in sheet.rows[: index + 1] if row.number == number), None)


def _check(found: Headings, columns: Sequence[ImportColumn]) -> None:
    labels = {column.key: str(column.label) for column in columns}
    errors = [
        ValidationError(
            _("The columns %(first)s and %(second)s are both “%(heading)s”. Take one of them out."),
            code="double_heading",
            params={"first": column_letters(first), "second": column_letters(second), "heading": labels[key]},
        )
        for key, first, second in found.double
    ]
    missing = [str(column.label) for column in columns if column.required and column.key not in found.columns]
    if missing:
        errors.append(
            ValidationError(
                _("These columns are missing in row %(row)s: %(names)s"),
                code="missing_headings",
                params={"row": found.row, "names": _names(missing)},
            )
        )
    if errors:
        raise ValidationError(errors)


def _names(names: Iterable[str]) -> str:
    known = [shortened(name) for name in names]
    return _(", ").join(known[:NAMED]) + ("…" if len(known) > NAMED else "")
