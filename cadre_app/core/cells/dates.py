"""Days and months in cells: real dates, the numbers behind them, and the many ways of typing them."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.core.cells.texts import BLANKS, UNSEEN, as_text, shortened
from cadre_app.core.days import last_of_month
from cadre_app.core.serials import OutOfSerials, from_serial

FIRST_YEAR, LAST_YEAR = 1900, 2100
TURN = 40  # two digits: 40 to 99 are 19xx, 00 to 39 are 20xx

YEAR = r"(?P<year>\d{4}|\d{2})"
TIME = r"(?:[ T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
# 2025.3-5 are two months: after a dot no dash goes on with the day.
MIXED = r"(?!\d+[./年]\d+-)"
AGE = re.compile(r"[(（]\d{1,3}(?:周?岁)?[)）]$")
FULL = re.compile(
    rf"{MIXED}{YEAR}(?P<mark>[-./年])(?P<month>\d{{1,2}})[-./月](?P<day>\d{{1,2}})[日号]?{TIME}", re.ASCII
)
MONTH = re.compile(rf"{YEAR}(?P<mark>[-./年])(?P<month>\d{{1,2}})(?:月份?)?", re.ASCII)
PACKED = re.compile(r"(?P<year>\d{4})(?P<mark>\.?)(?P<month>\d{2})(?P<day>\d{2})", re.ASCII)
PACKED_MONTH = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<mark>)(?P<month>\d{2})", re.ASCII)
YEAR_ALONE = re.compile(r"(?P<year>\d{4})年?", re.ASCII)
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b", "-"))
NUMBER = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
ENDINGS = re.compile(r"(?:出?生|起)$")


class Precision(Enum):
    DAY = "day"
    MONTH = "month"


class Day(NamedTuple):
    """A day, or the first of a month of which no day was named."""

    value: date
    precision: Precision

    @property
    def last(self) -> date:
        """The last day of the month where none was named; else the day itself."""
        return self.value if self.precision is Precision.DAY else last_of_month(self.value)


def read_month(value: Any, *, uses_1904: bool = False) -> date:
    """The first of the month that `value` names, with or without a day; raises as `read_day`."""
    return read_day(value, uses_1904=uses_1904).value.replace(day=1)


def read_day(value: Any, *, uses_1904: bool = False) -> Day:
    """The day or month that a cell names; numbers of five digits are counted in the 1900 system unless `uses_1904`.

    Raises ValidationError for days that do not exist, years before 1900 or after 2100, a year alone, and 2020.1,
    which a spreadsheet makes of 2020.10 too.
    """
    if isinstance(value, datetime):
        return real_day(value.year, value.month, value.day)
    if isinstance(value, date):
        return real_day(value.year, value.month, value.day)
    if isinstance(value, bool):
        raise _unreadable(value)
    text = spelled(value)
    if NUMBER.fullmatch(text):
        return _counted(value, float(text), uses_1904=uses_1904)
    for form in (FULL, PACKED, MONTH, PACKED_MONTH):
        found = form.fullmatch(text)
        if found is not None:
            return _typed(value, found.groupdict())
    if YEAR_ALONE.fullmatch(text):
        raise ValidationError(
            _("The month is missing. Write the date as %(example)s."),
            code="month_missing",
            params={"example": f"{text[:4]}.07"},
        )
    raise _unreadable(value)


def spelled(value: Any) -> str:
    """The text of a cell in one way of writing days: half-width, one kind of dash, no age and no word behind it."""
    text = format(value, "f") if isinstance(value, Decimal) else as_text(value)
    text = UNSEEN.sub("", unicodedata.normalize("NFKC", text)).strip("'‘’` ")
    text = BLANKS.sub(" ", text.translate(DASHES).replace("。", ".").replace("\\", "/")).strip()
    text = ENDINGS.sub("", AGE.sub("", text).strip())
    return re.sub(r" ?([-./年月]) ?", r"\1", text)


def full_year(text: str) -> int:
    """The year that two or four figures mean."""
    number = int(text)
    if len(text) < len("1996"):
        number += 1900 if number >= TURN else 2000
    return number


def _typed(value: Any, parts: dict[str, str]) -> Day:
    year, month, day = parts["year"], parts["month"], parts.get("day")
    if day is None and parts["mark"] == "." and month == "1":
        raise ValidationError(
            _("“%(text)s” can be January or October. Write %(january)s or %(october)s."),
            code="january_or_october",
            params={"text": shortened(value), "january": f"{year}.01", "october": f"{year}.10"},
        )
    number = full_year(year)
    if day is None:
        return Day(real_day(number, int(month), 1).value, Precision.MONTH)
    return real_day(number, int(month), int(day))


def _counted(value: Any, number: float, *, uses_1904: bool) -> Day:
    try:
        found = from_serial(number, uses_1904=uses_1904)
    except OutOfSerials:
        raise _unreadable(value) from None
    return real_day(found.year, found.month, found.day)


def real_day(year: int, month: int, day: int) -> Day:
    """A day of the calendar within the years that are taken; raises ValidationError for all else."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(
            _("The year must lie between %(first)s and %(last)s."),
            code="year",
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
        )
    try:
        return Day(date(year, month, day), Precision.DAY)
    except ValueError:
        raise ValidationError(
            _("There is no %(day)s in the calendar."),
            code="no_such_day",
            params={"day": f"{year}-{month:02}-{day:02}"},
        ) from None


def _unreadable(value: Any) -> ValidationError:
    return ValidationError(
        _("“%(text)s” cannot be read as a date. Write it as 1996.07.05 or 1996.07."),
        code="not_a_date",
        params={"text": shortened(value)},
    )
