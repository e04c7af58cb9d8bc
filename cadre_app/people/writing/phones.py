"""Phone numbers of the mainland: mobile numbers of 11 digits, landlines with their area code."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

IGNORED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff().·-]")
DASHES = re.compile(r"[‐-―−]")
QUOTES = "'‘’`"
COUNTRY = re.compile(r"(?:[+]|00)86|86(?=1[3-9][0-9]{9}\Z)")
AS_NUMBER = re.compile(r"\d(?:[.]\d+)?E[+]?\d+")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))([2-8][0-9]{6,7})(?:转([0-9]{1,6}))?")
EXTENSION = re.compile(r"(?:转|分机|EXT[.]?|[*#])+|(?<=[0-9]{7})-(?=[0-9]{1,5}\Z)")


def normalize(text: str) -> str:
    """A number without blanks, dashes, brackets and country code; a landline as 0591-83310000转12."""
    plain = DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip().lstrip(QUOTES).removesuffix(".0").upper()
    if AS_NUMBER.fullmatch(plain):
        return plain
    digits = IGNORED.sub("", EXTENSION.sub("转", plain))
    country = COUNTRY.match(digits)
    if country:
        digits = digits[country.end() :]
        if not MOBILE.fullmatch(digits) and not digits.startswith("0"):
            digits = f"0{digits}"
    landline = LANDLINE.fullmatch(digits)
    return f"{landline[1]}-{digits[len(landline[1]) :]}" if landline else digits


def check(text: str) -> str:
    """The normalized number; ValidationError if it is neither a mobile number nor a landline with area code."""
    number = normalize(text)
    if AS_NUMBER.fullmatch(number):
        raise ValidationError(
            _("Excel has turned this number into a figure. Format the column as text and type it again."),
            code="number_format",
        )
    if not MOBILE.fullmatch(number) and not LANDLINE.fullmatch(number.replace("-", "")):
        raise ValidationError(
            _("Enter a mobile number of 11 digits, or a landline with its area code, such as 0591-83310000."),
            code="phone",
        )
    return number


def masked(number: str) -> str:
    """Number for display: 138****0000, 0591-****0000; empty stays empty, anything else shows nothing."""
    if MOBILE.fullmatch(number):
        return f"{number[:3]}****{number[-4:]}"
    landline = LANDLINE.fullmatch(number.replace("-", ""))
    if landline:
        return f"{landline[1]}-****{landline[2][-4:]}"
    return "****" if number else ""
