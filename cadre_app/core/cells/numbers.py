"""Whole numbers, quarters, and yes or no in cells."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.core.cells.texts import plain, shortened

COUNTED = re.compile(r"([+-]?[0-9]{1,9})(?:\.0+)?(?:年度?|个月|月|天|日|个|人|名|位|号|级|years?|months?|days?)?")
QUARTER = re.compile(
    r"(?:第?([1-4一二三四])季度?|q([1-4])|([一二三四])|"
    r"(?:1月?[-—–至~]+(?=3)|4月?[-—–至~]+(?=6)|7月?[-—–至~]+(?=9)|10月?[-—–至~]+(?=12))(?P<last_month>3|6|9|12)月)"
)
YEAR_IN_WORDS = re.compile(r"[〇○零一二三四五六七八九]{4}(?:年度?)?")
YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
CHINESE_DIGITS = str.maketrans("一二三四", "1234")
EXPONENT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]+", re.IGNORECASE)
EXACT_DIGITS = 10**15
YES = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "需要", "要"})
NO = frozenset({"否", "无", "不", "×", "✗", "✘", "☐", "n", "no", "false", "0", "不需要", "不要", "-", "—", "/"})


def read_int(value: Any, *, low: int, high: int) -> int:
    """A whole number from `low` to `high`, as 3, 3.0, ３ or “3年”; a year as 二〇二四年 too."""
    found = None if isinstance(value, bool) else COUNTED.fullmatch(_in_figures(plain(value)))
    if found is None:
        raise ValidationError(
            _("“%(text)s” is no whole number."), code="not_a_number", params={"text": shortened(value)}
        )
    number = int(found[1])
    if not low <= number <= high:
        raise ValidationError(
            _("The number must lie between %(low)s and %(high)s."),
            code="out_of_range",
            params={"low": low, "high": high},
        )
    return number


def read_quarter(value: Any) -> int:
    """A quarter of a year, as 3, 三季度, 第三季度, 第3季度, Q3 or 7-9月."""
    found = None if isinstance(value, bool) else QUARTER.fullmatch(plain(value))
    if found is None:
        return read_int(value, low=1, high=4)
    if found["last_month"]:
        return int(found["last_month"]) // 3
    return int("".join(part for part in found.groups() if part).translate(CHINESE_DIGITS))


def _in_figures(text: str) -> str:
    return text.translate(YEAR_DIGITS) if YEAR_IN_WORDS.fullmatch(text) else text


def read_yes_no(value: Any) -> bool:
    """是, 有, √, yes, 1 … or 否, 无, ×, no, 0 …"""
    if isinstance(value, bool):
        return value
    word = plain(value)
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValidationError(_("Write 是 (yes) or 否 (no)."), code="yes_or_no")


def refuse_lost_digits(value: Any) -> None:
    """Raises ValidationError for a long number of which the spreadsheet program has kept only the first digits."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= EXACT_DIGITS
    if is_number or (isinstance(value, str) and EXPONENT.fullmatch(plain(value))):
        raise ValidationError(
            _("The spreadsheet program has cut this number off. Format the cell as text and type it again."),
            code="lost_digits",
        )
