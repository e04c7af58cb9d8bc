"""A sheet of an office's own: its headings as they stand, what each of them probably is, and the first values below."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cadre_app.core.cells import as_text
from cadre_app.core.importing import ImportColumn
from cadre_app.imports.reading.data import Odd, SheetData, Value, column_letters, is_blank
from cadre_app.imports.reading.headings import FEWEST, marks_of, recognised, sounds_like

YEAR = re.compile(r"(?:19|20)\d\d(?:年度|年)?")
# By the column that tells the rows of one person apart; 导师单位 is no other mentor.
SERIES = (
    ("quarter", re.compile(r"(?:[一二三四1-4]季度?|[q][1-4]|[1-4]q)")),
    ("year", YEAR),
    ("mentor", re.compile(r"(?:政治|淬炼|群众|社区|村级|单位|部门|业务|结对|第[一二])\w*导师(?:姓名)?$")),
)
MOST_SAMPLES = 3
LONGEST_SAMPLE = 24


@dataclass(frozen=True)
class Heading:
    """One heading: `mark` is what a layout calls it, `guess` the key of the column that it probably is."""

    mark: str
    text: str
    letters: str
    guess: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Head:
    """The row of headings of the sheet that has most of them."""

    sheet: SheetData
    row: int
    headings: tuple[Heading, ...]

    @property
    def marks(self) -> list[str]:
        return [heading.mark for heading in self.headings]


def head_of(sheets: Sequence[SheetData], columns: Sequence[ImportColumn]) -> Head | None:
    """The row that looks most like headings: by columns that it names, then by texts; None for fewer than are needed."""
    fewest = max(FEWEST, sum(column.required for column in columns))
    best: tuple[tuple[int, int], SheetData, int, dict[str, int]] | None = None
    for sheet, found in recognised(sheets, columns):
        index = next(place for place, row in enumerate(sheet.rows) if row.number == found.row)
        texts = len(marks_of(sheet, index))
        score = (len(found.columns), texts)
        if texts >= fewest and index + 1 < len(sheet.rows) and (best is None or score > best[0]):
            best = score, sheet, index, found.columns
    if best is None:
        return None
    _score, sheet, index, known = best
    return Head(sheet, sheet.rows[index].number, tuple(_headings(sheet, index, known, columns)))


def without_year(mark: str) -> str:
    """A heading as the sheet of every year has it: 得的奖 of 2025年得的奖."""
    return YEAR.sub("", mark) or mark


def side_by_side(head: Head, columns: Sequence[ImportColumn]) -> list[Heading]:
    """Headings that are years, quarters or mentors beside each other, where the table wants a row for each of them."""
    keys = {column.key for column in columns}
    for key, pattern in SERIES:
        found = [heading for heading in head.headings if pattern.search(heading.mark)]
        if key in keys and len(found) >= FEWEST:
            return found
    return []


def signature(marks: Iterable[str]) -> str:
    """The same for every file with just these headings, in whatever order."""
    return hashlib.sha256(json.dumps(sorted(marks), ensure_ascii=False).encode()).hexdigest()


def _headings(
    sheet: SheetData, index: int, known: dict[str, int], columns: Sequence[ImportColumn]
) -> Iterable[Heading]:
    by_column = {place: key for key, place in known.items()}
    taken = set(known)
    for place, (mark, text) in marks_of(sheet, index).items():
        guess = by_column.get(place, "")
        if not guess:
            guess = next((each.key for each in columns if each.key not in taken and sounds_like(text, each)), "")
            taken.add(guess)
        values = [row.at(place) for row in sheet.rows[index + 1 :]]
        samples = [_sample(value) for value in values if not is_blank(value)][:MOST_SAMPLES]
        yield Heading(mark, text, column_letters(place), guess, tuple(samples))


def _sample(value: Value) -> str:
    text = (value.text if isinstance(value, Odd) else as_text(value)).strip()
    return text[:LONGEST_SAMPLE] + ("…" if len(text) > LONGEST_SAMPLE else "")
