"""Both days of a period in one cell, in the ways of typing them: 2025.6.9-6.13, 2025年3月-5月, 自2025.6.9起至2025.6.13."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from cadre_app.core.cells.dates import Day, Precision, full_year, real_day, spelled

MONTHS = 12
# A last month without a year is one of the next year only where the period is no longer than this.
MOST_OVER = 6

# Without a dash in it: two figures of a year before one are two months or two days as well.
SHORT_YEAR = r"\d{2}(?=[./年])"
# 11.1-12.5 can be days of a year that is not said.
SHORT_YEAR_OF_MONTH = r"\d{2}(?=年)|(?:1[3-9]|[2-9]\d)(?=[./])"
DAY = rf"(?P<year>\d{{4}}|{SHORT_YEAR})[-./年](?P<month>\d{{1,2}})[-./月](?P<day>\d{{1,2}})[日号]?"
DAY_OF_YEAR = r"(?P<month>\d{1,2})[-./月](?P<day>\d{1,2})[日号]?"
DAY_OF_MONTH = r"(?P<day>\d{1,2})[日号]?"
PACKED_DAY = r"(?P<year>(?:19|20)\d{2})\.?(?P<month>\d{2})(?P<day>\d{2})"
PACKED_DAY_OF_YEAR = r"(?P<month>\d{2})(?P<day>\d{2})"
FULL_MONTH = r"(?P<year>\d{4})[-./年](?P<month>\d{1,2})(?:月份?)?"
MONTH = rf"(?P<year>\d{{4}}|{SHORT_YEAR_OF_MONTH})[-./年](?P<month>\d{{1,2}})(?:月份?)?"
MONTH_BEFORE_MONTH = rf"(?P<year>\d{{4}}|{SHORT_YEAR_OF_MONTH})[./年](?P<month>\d{{1,2}})(?:月份?)?"
MONTH_OF_YEAR = r"(?P<month>\d{1,2})(?:月份?)?"
PACKED_MONTH = r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})"
JOINT = r" ?起? ?,?(?:至|到|[~〜]+|-+|[一ー]+) ?"
FORMS = (
    (DAY, DAY), (DAY, DAY_OF_YEAR), (DAY, DAY_OF_MONTH), (DAY, FULL_MONTH), (FULL_MONTH, DAY),
    (PACKED_DAY, PACKED_DAY), (PACKED_DAY, PACKED_DAY_OF_YEAR),
    (MONTH, MONTH), (MONTH_BEFORE_MONTH, MONTH_OF_YEAR), (PACKED_MONTH, PACKED_MONTH),
)  # fmt: skip
NAMED = re.compile(r"\?P<(\w+)>")
PERIODS = [
    re.compile(NAMED.sub(r"?P<first_\1>", first) + JOINT + NAMED.sub(r"?P<last_\1>", last), re.ASCII)
    for first, last in FORMS
]
NUMBER = r"(?:\d{1,3}(?:\.5)?|[半一二两三四五六七八九十]{1,3})"
LASTING = rf"{NUMBER}个?半?(?:天|日|周|星期|工作日|月|年|学时|课时|小时)"
REMARK = re.compile(rf" ?(?:\((?:共|共计|合计|计|为期|历时)?{LASTING}\)|,? ?(?:共|共计|为期|历时){LASTING})$")
BEFORE, BEHIND = re.compile(r"^(?:自|从|由) ?"), re.compile(r"(?:为)?(?:止|结束)$")
ONE_DAY = re.compile(r"\d{1,4}-\d{1,2}(?:-\d{1,4})?")
TWO_DAYS = re.compile(r"\d(?:月份?|[日号])? ?起? ?,?(?:至|到|[~〜]|-|[一ー、;和与及]) ?(?:\d|今)")


class Period(NamedTuple):
    """The first and the last day, each with what was named of it."""

    first: Day
    last: Day

    @property
    def names_months(self) -> bool:
        """True where of one of the two only the month is named."""
        return Precision.MONTH in (self.first.precision, self.last.precision)


def read_period(value: Any) -> Period | None:
    """Both days of a cell, what the last one repeats of the first left out, how long it lasts beside it; None for all else.

    A last day without a year is one of the next year where the year ends in between.
    """
    text = BEHIND.sub("", BEFORE.sub("", REMARK.sub("", spelled(value))))
    return next(_found(text), None)


def holds_two_days(value: Any) -> bool:
    """True for a cell in which two days seem to stand, readable or not."""
    text = spelled(value)
    return TWO_DAYS.search(text) is not None and ONE_DAY.fullmatch(text) is None


def _found(text: str) -> Iterator[Period]:
    for form in PERIODS:
        match = form.fullmatch(text)
        if match is None:
            continue
        try:
            period = _period(match.groupdict())
        except ValidationError:
            continue
        if period.first.value <= period.last.last:
            yield period


def _period(parts: dict[str, str]) -> Period:
    year, month = full_year(parts["first_year"]), int(parts["first_month"])
    first = _day(year, month, parts.get("first_day"))
    last_month = int(parts.get("last_month") or month)
    if "last_year" in parts:
        year = full_year(parts["last_year"])
    elif last_month < month and last_month + MONTHS - month <= MOST_OVER:
        year += 1
    return Period(first, _day(year, last_month, parts.get("last_day")))


def _day(year: int, month: int, day: str | None) -> Day:
    if day is not None:
        return real_day(year, month, int(day))
    return Day(real_day(year, month, 1).value, Precision.MONTH)
