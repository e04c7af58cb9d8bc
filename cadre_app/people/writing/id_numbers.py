"""Resident identity numbers, GB 11643-1999: six digits of region, birth date, serial with the sex, check character."""

import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LENGTH = 18
FIRST_GENERATION = 15
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
EARLIEST_YEAR = 1900
# 99 is no province: numbers of examples and demonstrations begin with it.
PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|99")
IGNORED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]")
QUOTES = "'‘’`"
AS_NUMBER = re.compile(r"\d([.]\d+)?E[+]?\d+")
LOST_END = re.compile(r"[1-9]\d{14}000")
DIGITS = "0123456789"


def normalize(text: str) -> str:
    """The number as it should have been typed: half-width, without blanks or a leading quote, with a capital X."""
    return IGNORED.sub("", unicodedata.normalize("NFKC", text)).lstrip(QUOTES).removesuffix(".0").upper()


def check(text: str) -> str:
    """The 18 characters of a number that may exist; ValidationError says which character to look at."""
    number = normalize(text)
    if AS_NUMBER.fullmatch(number):
        raise _excel_error()
    if len(number) == FIRST_GENERATION and not number.strip(DIGITS):
        raise ValidationError(
            _("This is a 15-digit number of the first generation. Enter the 18-digit number of the present card."),
            code="first_generation",
        )
    position = _wrong_position(number)
    if position == LENGTH and LOST_END.fullmatch(number):
        raise _excel_error()
    if position:
        raise ValidationError(
            _("The ID number does not check out: please look at character %(n)s."),
            code="id_number",
            params={"n": position},
        )
    return number


def birth_day(number: str) -> date:
    """Date of birth in a checked number; ValueError if there is none."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex_code(number: str) -> str:
    """Code of the table `sex` (GB/T 2261.1) in a checked number: 1 male, 2 female."""
    return "1" if int(number[16]) % 2 else "2"


def masked(number: str) -> str:
    """Number for display, 3501 **** **** 0024; empty stays empty, another length shows nothing."""
    if len(number) != LENGTH:
        return "****" if number else ""
    return f"{number[:4]} **** **** {number[-4:]}"


def check_character(digits: str) -> str:
    """Eighteenth character for the first seventeen digits."""
    return CHECK_CHARACTERS[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11]


def _excel_error() -> ValidationError:
    return ValidationError(
        _("Excel has turned this number into a figure and lost its end. Format the column as text and type it again."),
        code="number_format",
    )


def _wrong_position(number: str) -> int:
    """Position (from 1) of the first character that cannot be right; 0 if all can."""
    for position, character in enumerate(number[:LENGTH], 1):
        if character not in DIGITS and not (position == LENGTH and character == "X"):
            return position
    if len(number) != LENGTH:
        return min(len(number), LENGTH) + 1
    if not PROVINCES.match(number):
        return 1 if number[0] == "0" else 2
    return _wrong_birth_position(number) or (LENGTH if check_character(number[:-1]) != number[-1] else 0)


def _wrong_birth_position(number: str) -> int:
    """7 for the year, 11 for the month, 13 for the day; in a future date the first digit that is too high."""
    if int(number[6:10]) < EARLIEST_YEAR:
        return 7
    if not 1 <= int(number[10:12]) <= 12:  # noqa: PLR2004
        return 11
    try:
        day = birth_day(number)
    except ValueError:
        return 13
    today = timezone.localdate()
    if day <= today:
        return 0
    return next(7 + index for index, (a, b) in enumerate(zip(number[6:14], f"{today:%Y%m%d}", strict=True)) if a != b)
