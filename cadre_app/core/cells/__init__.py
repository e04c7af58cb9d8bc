"""What people type into the cells of spreadsheets, read tolerantly and refused in words.

Every `read_*` takes a raw value (text, number, date …) that is not blank and returns what it means, or raises
ValidationError with a message that stands at the cell.
"""

from cadre_app.core.cells.dates import Day, Precision, read_day, read_month
from cadre_app.core.cells.numbers import read_int, read_quarter, read_yes_no, refuse_lost_digits
from cadre_app.core.cells.periods import Period, holds_two_days, read_period
from cadre_app.core.cells.texts import as_text, is_nothing, plain, read_choice, read_text

__all__ = [
    "Day",
    "Period",
    "Precision",
    "as_text",
    "holds_two_days",
    "is_nothing",
    "plain",
    "read_choice",
    "read_day",
    "read_int",
    "read_month",
    "read_period",
    "read_quarter",
    "read_text",
    "read_yes_no",
    "refuse_lost_digits",
]
