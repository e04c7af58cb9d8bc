"""What the sheets of people ask of single cells: names, days that are only months, values as people read them."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import formats

from cadre_app.core.cells import Precision, read_day, read_text
from cadre_app.core.importing import ImportRow
from cadre_app.people.writing.document_numbers import tidy_number
from cadre_app.people.writing.names import NOT_A_NAME, is_name, tidy_name

LONGEST_NAME = 40
LONGEST_NUMBER = 60


def read_name(raw: Any) -> str:
    """A full name: 王　㛃 as 王㛃, 阿依努尔・艾山 with its one dot. Raises ValidationError as `read_text`."""
    found = tidy_name(read_text(raw, longest=LONGEST_NAME))
    if not is_name(found):
        raise ValidationError(NOT_A_NAME, code="no_name")
    return found


def read_document_number(raw: Any) -> str:
    """望委〔2025〕1号, whatever the brackets round the year were typed as, without blanks. Raises ValidationError as `read_text`."""
    return tidy_number(read_text(raw, longest=LONGEST_NUMBER))


def is_missing(row: ImportRow, key: str) -> bool:
    """True where nothing is said, which 无 or — say too; False for a cell at which an error stands already."""
    return key not in row.values and not any(at == key for at, _message in (*row.unread, *row.errors))


def is_month_only(row: ImportRow, key: str) -> bool:
    """True where the cell names a month, so that its day is only the first, or the last, by default."""
    if not isinstance(row.get(key), date):
        return False
    try:
        return read_day(row.cells.get(key, "")).precision is Precision.MONTH
    except ValidationError:
        return False


def says(row: ImportRow, key: str, recorded: Any) -> bool:
    """True if the cell says what is recorded already; a month says any day of that month."""
    value = row.get(key)
    if value == recorded:
        return True
    is_same_month = isinstance(recorded, date) and isinstance(value, date) and same_month(value, recorded)
    return is_same_month and is_month_only(row, key)


def same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def day_text(day: date | None) -> str:
    """The day as the viewer's language writes it; nothing for none."""
    return formats.date_format(day) if day is not None else ""


def month_text(day: date | None) -> str:
    """The month as the viewer's language writes it; nothing for none."""
    return formats.date_format(day, "YEAR_MONTH_FORMAT") if day is not None else ""


def refuse_at(row: ImportRow, keys: str, message: str) -> None:
    """Put `message` at the first of these cells (keys divided by blanks) that is filled, else at the first."""
    names = keys.split()
    row.refuse(next((key for key in names if row.is_filled(key)), names[0]), message)
