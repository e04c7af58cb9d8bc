"""How much of a file is read at most; beyond it the file is refused in words, never cut in silence."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_ENTRIES = 2_000
MOST_UNPACKED = 250 * MEGABYTE
MOST_RATIO = 150
SMALL_ENTRY = 4 * MEGABYTE
MOST_PART = 8 * MEGABYTE
MOST_STRINGS = 80 * MEGABYTE
MOST_SHEETS = 60
MOST_COLUMNS = 200
MOST_ELEMENTS = 12_000_000
MOST_MERGES = 20_000
MOST_MERGED_CELLS = 2_000_000
MOST_TEXTS = 2_000_000
MOST_LISTED = 200_000
MOST_HIDDEN = 1_000
LONGEST_RECORD = 4_000_000
LONGEST_TEXT = 32_767
HEAD_ROWS = 20
LAST_ROW = 1_048_576

DAMAGED = _("The file is damaged and cannot be read. Open it in a spreadsheet program and save it once more.")
TOO_LARGE = _("The file unpacks to more than can be read. Copy the rows into the template and upload that.")


def damaged() -> ValidationError:
    return ValidationError(DAMAGED, code="damaged")


def too_large() -> ValidationError:
    return ValidationError(TOO_LARGE, code="too_large")


def too_many_rows(most: int, sheet: str = "") -> ValidationError:
    """More rows than one import takes; `sheet` is named where the file has several."""
    message = _("The sheet “%(sheet)s” has more than %(most)s rows. Split it into several files.")
    if not sheet:
        message = _("The file has more than %(most)s rows. Split it into several files.")
    return ValidationError(message, code="too_many_rows", params={"sheet": sheet, "most": f"{most:,}"})
