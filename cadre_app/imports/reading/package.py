"""The zip around a workbook (core.packages), with the limits and the words of imports."""

from typing import ClassVar

from django.core.exceptions import ValidationError

from cadre_app.core import packages
from cadre_app.imports.reading import limits
from cadre_app.imports.reading.sniff import MACROS, PROTECTED

WORDS = packages.WORDS | {
    "protected": PROTECTED,
    "macros": MACROS,
    "too_large": limits.TOO_LARGE,
    "damaged": limits.DAMAGED,
}


class Package(packages.Package):
    """Reads parts by name; every byte that leaves counts against one budget."""

    most_entries: ClassVar[int] = limits.MOST_ENTRIES
    most_unpacked: ClassVar[int] = limits.MOST_UNPACKED
    most_ratio: ClassVar[int] = limits.MOST_RATIO
    small_entry: ClassVar[int] = limits.SMALL_ENTRY

    @classmethod
    def refusal(cls, code: str) -> ValidationError:
        """What is said of a workbook that is not read."""
        return ValidationError(WORDS[code], code=code)
