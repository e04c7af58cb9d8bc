"""Reading a year's holiday arrangement from a list: one day a line, `date, kind, name`."""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.core.fields import validate_plain_text
from cadre_app.policy.models import DayKind
from cadre_app.policy.workdays import FIRST_DAY, LAST_DAY

KINDS = {
    "放假": DayKind.HOLIDAY,
    "休": DayKind.HOLIDAY,
    "holiday": DayKind.HOLIDAY,
    "调休上班": DayKind.WORKDAY,
    "上班": DayKind.WORKDAY,
    "班": DayKind.WORKDAY,
    "workday": DayKind.WORKDAY,
}
HEADINGS = ("日期", "date", "day")
MOST_ROWS = 400
MOST_BYTES = 200_000
CELLS = 3
LONGEST_NAME = 40
SATURDAY = 5
DATE_FORM = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\Z", re.ASCII)
TEMPLATE = "\ufeff日期,类别,名称\r\n2027-01-01,放假,元旦\r\n2027-02-20,调休上班,春节\r\n"


@dataclass
class HolidayRow:
    """One line as it was typed and as it was understood; `errors` stand beside it in the preview."""

    number: int
    typed: list[str]
    day: date | None = None
    kind: str = ""
    name: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def kind_label(self) -> str:
        return str(DayKind(self.kind).label) if self.kind else ""


def decode(content: bytes) -> str:
    """The text of a file in UTF-8 (with or without BOM) or GB 18030; raises ValidationError for anything else."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is too large for a list of holidays."), code="too_large")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        validate_plain_text(text)
        return text
    raise ValidationError(_("The file is not a text file. Save the sheet as CSV first."), code="not_text")


def read_rows(text: str) -> list[HolidayRow]:
    """Every line that says something, each with its errors; columns by comma or tab, full-width digits accepted."""
    delimiter = "\t" if "\t" in text else ","
    normal = text.translate({0xFF0C: ",", **{0xFF10 + digit: str(digit) for digit in range(10)}})
    rows: list[HolidayRow] = []
    seen: dict[date, int] = {}
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(normal), delimiter=delimiter), 1):
            typed = [cell.strip() for cell in cells]
            if not any(typed) or typed[0].lower() in HEADINGS:
                continue
            rows.append(_read_row(number, typed, seen))
            if len(rows) > MOST_ROWS:
                rows[-1].errors.append(_("At most %(most)s days at a time.") % {"most": MOST_ROWS})
                break
    except csv.Error:
        rows.append(HolidayRow(len(rows) + 1, [], errors=[_("This line cannot be read as a list.")]))
    return rows


def check_day(day: date, kind: str) -> None:
    """Raises ValidationError for a day outside the calendar or a make-up workday that is a workday anyway."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(
            {
                "day": ValidationError(
                    _("The work calendar covers %(first)s to %(last)s."),
                    code="out_of_calendar",
                    params={"first": FIRST_DAY.year, "last": LAST_DAY.year},
                )
            }
        )
    if kind == DayKind.WORKDAY and day.weekday() < SATURDAY:
        raise ValidationError(
            {"kind": ValidationError(_("Monday to Friday need no make-up workday."), code="workday_anyway")}
        )


def _read_row(number: int, typed: list[str], seen: dict[date, int]) -> HolidayRow:
    day_text, kind_text, name = (*typed, "", "", "")[:CELLS]
    row = HolidayRow(number, [day_text, kind_text, name, *typed[CELLS:]])
    row.day = _day(day_text)
    row.kind = KINDS.get(kind_text.lower(), "")
    row.name = name
    if row.day is None:
        row.errors.append(_("The date cannot be read. Write it as 2027-01-01."))
    if not row.kind:
        row.errors.append(_("The kind is 放假 (holiday) or 调休上班 (workday)."))
    if not name or len(name) > LONGEST_NAME:
        row.errors.append(_("The name has 1 to %(longest)s characters.") % {"longest": LONGEST_NAME})
    if row.day is not None and row.kind:
        _check_against_others(row, row.day, seen)
    return row


def _check_against_others(row: HolidayRow, day: date, seen: dict[date, int]) -> None:
    try:
        check_day(day, row.kind)
    except ValidationError as error:
        row.errors += error.messages
    if day in seen:
        row.errors.append(_("This day already stands in line %(line)s.") % {"line": seen[day]})
    seen.setdefault(day, row.number)


def _day(text: str) -> date | None:
    found = DATE_FORM.match(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
