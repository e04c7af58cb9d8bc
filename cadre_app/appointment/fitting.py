"""Two sides and no more: how small the letters of each side of 干部任免审批表 become, and which rows give way.

The same measures hold for print view, PDF (static/css/paper.css: `fit-…`, `h-…`) and Word (`fit_word`).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import east_asian_width


@dataclass(frozen=True)
class Step:
    """Letters and lines in points; in millimetres a plain row, one for several lines, one for few, one to seal."""

    points: float
    leading: float
    row: float
    tall: float
    middle: float
    seal: float


# As the standard form has it; then rows give way; then letters become smaller, as programs of the form do it.
STEPS = (
    Step(12, 17, 9, 26, 16, 46),
    Step(12, 17, 8, 12, 12, 38),
    Step(11, 15, 7.5, 10, 10, 36),
    Step(10, 13.5, 7, 9, 9, 34),
    Step(9, 12, 6.5, 8, 8, 30),
    Step(8, 10.5, 6, 8, 8, 28),
)
FAMILY_WIDTHS = (16, 22, 20, 22, 62)
# The type area is 225 mm high; the title above the front takes 13, whoever fills it in below the back 8, and 5 are kept
# for what programs measure otherwise.
FRONT_HEIGHT, BACK_HEIGHT = 225 - 13 - 5, 225 - 8 - 5
PHOTO = 36
HIGHEST_SEAL, STEP_OF_HEIGHT, LEAST_ROWS, FRONT_ROWS = 56, 4, 7, 10
HANGING = 9  # letters: as wide as the months before a line of the résumé
MM = 25.4 / 72
BESIDE, ABOVE = 2.3, 1.4  # padding and lines of a cell
NARROW = 0.55
NEVER_FIRST = "，。；：、！？）》〉」』”’】…%,.;:!?)]"
STYLES = FRONT_STYLE, RESUME_STYLE, BACK_STYLE = "审批表正面", "审批表简历", "审批表背面"


@dataclass(frozen=True)
class Side:
    """One side as it is printed: `number` of its step, the height of the row that takes what is left, rows kept blank."""

    number: int
    open_mm: int
    blanks: int
    fits: bool

    @property
    def step(self) -> Step:
        return STEPS[self.number]

    @property
    def css(self) -> str:
        return f"fit-{self.number}"

    @property
    def open_css(self) -> str:
        return f"h-{self.open_mm}"


def front_side(values: Mapping[str, Any]) -> Side:
    """The largest letters with which everything up to the résumé stands on one page."""
    for number, step in enumerate(STEPS):
        left = FRONT_HEIGHT - sum(_front_rows(values, step))
        if _resume(values, step) <= left:
            return Side(number, _stepped(left), 0, fits=True)
    return Side(len(STEPS) - 1, STEP_OF_HEIGHT, 0, fits=False)


def back_side(values: Mapping[str, Any]) -> Side:
    """The same of rewards, family and opinions; blank rows of the family give way before anything else."""
    wanted = max(LEAST_ROWS - len(values["family"]), 0)
    for number, step in enumerate(STEPS):
        for blanks in range(wanted, -1, -1):
            left = BACK_HEIGHT - sum(_back_rows(values, step, blanks))
            if left >= step.seal:
                return Side(number, _stepped(min(left, HIGHEST_SEAL)), blanks, fits=True)
    return Side(len(STEPS) - 1, _stepped(STEPS[-1].seal), 0, fits=False)


def fit_word(document: Any, front: Side, back: Side) -> None:
    """Letters and rows of a filled Word file; one of the office's own without our styles stays as it is."""
    from docx.shared import Mm, Pt

    names = {style.name for style in document.styles}
    if not names.issuperset(STYLES):
        return
    for name, side in zip(STYLES, (front, front, back), strict=True):
        style = document.styles[name]
        style.font.size, style.paragraph_format.line_spacing = Pt(side.step.points), Pt(side.step.leading)
    hanging = Pt(front.step.points * HANGING)
    resume = document.styles[RESUME_STYLE].paragraph_format
    resume.left_indent, resume.first_line_indent = hanging, -hanging
    for table, side, style in zip(document.tables, (front, back), (FRONT_STYLE, BACK_STYLE), strict=False):
        for row, height in zip(table.rows, _word_heights(len(table.rows), side, style), strict=False):
            row.height = Mm(height)


def _word_heights(count: int, side: Side, style: str) -> list[float]:
    """Of each row; of none where the office's own template has other ones."""
    step = side.step
    if style == FRONT_STYLE:
        return [step.row] * (count - 1) + [side.open_mm] if count == FRONT_ROWS else []
    first = [step.tall, step.middle, step.middle]
    if count < len(first) + 2:
        return []
    return first + [step.row] * (count - len(first) - 2) + [step.middle, side.open_mm]


def _front_rows(values: Mapping[str, Any], step: Step) -> Iterable[float]:
    """Every row above the résumé."""
    head = (
        (("姓名", 20), (values["name"], 26), (values["sex"], 16), (f"{values['birth']}{values['age']}", 24)),
        ((values["ethnic_group"], 26), (values["native_place"], 20), (values["birth_place"], 24)),
        ((values["party"], 26), ("参加工作时间", 16), (values["work"], 20), (values["health"], 24)),
        (("专业技术职务", 20), (values["technical_post"], 42), ("熟悉专业有何专长", 20), (values["specialty"], 44)),
    )
    rows = [_row(step, *((_lines(text, width, step)) for text, width in row)) for row in head]
    yield max(sum(rows), PHOTO)
    for name in ("full_time", "on_job"):
        level = sum(_lines(line, 36, step) for line in values[name])
        yield _row(step, level, _lines(values[f"{name}_school"], 54, step), _lines("毕业院校系及专业", 20, step))
    for name in ("post", "new_post", "old_post"):
        yield _row(step, _lines(values[name], 110, step))


def _resume(values: Mapping[str, Any], step: Step) -> float:
    hanging = HANGING * step.points * MM
    lines = sum(_lines(line["text"], 136 - hanging, step) for line in values["resume"])
    return _height(lines, step)


def _back_rows(values: Mapping[str, Any], step: Step, blanks: int) -> Iterable[float]:
    """Every row but the last, which takes what is left."""
    for name, least in (("rewards", step.tall), ("assessments", step.middle), ("reason", step.middle)):
        lines = sum(_lines(line, 142, step) for line in values[name])
        yield max(_height(max(lines, _lines("年度考核结果", 14, step)), step), least)
    family = [_row(step, 1)] * (1 + blanks)
    for row in values["family"]:
        widths = zip(row.values(), FAMILY_WIDTHS, strict=True)
        family.append(_row(step, *(_lines(text, width, step) for text, width in widths)))
    yield max(sum(family), _height(_lines("家庭主要成员及重要社会关系", 14, step), step))
    yield max(_height(_lines(values["reporting_unit"], 142, step) + 1, step), step.middle)


def _row(step: Step, *lines: int) -> float:
    return max(_height(max(lines), step), step.row)


def _height(lines: int, step: Step) -> float:
    return lines * step.leading * MM + ABOVE


def _lines(text: str, width_mm: float, step: Step) -> int:
    """How many lines a text takes in a cell: letters as wide as high, figures and Latin ones about half."""
    room = (width_mm - BESIDE) / (step.points * MM)
    count, used, last = 1, 0.0, 0.0
    for letter in text:
        wide = 1.0 if east_asian_width(letter) in "WFA" else NARROW
        if used + wide > room and used:
            count += 1
            # What may not begin a line takes the letter before along.
            used = last if letter in NEVER_FIRST and last < room else 0.0
        used, last = used + wide, wide
    return count


def _stepped(height: float) -> int:
    """Down to a height for which the style sheet has a rule."""
    return max(math.floor(height / STEP_OF_HEIGHT) * STEP_OF_HEIGHT, STEP_OF_HEIGHT)
