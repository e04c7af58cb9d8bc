"""Days as spreadsheet programs count them, in both systems."""

from datetime import date, datetime, timedelta

FALSE_LEAP_DAY = 60  # 29 February 1900, which never was
BASE_1900 = datetime(1899, 12, 30)  # noqa: DTZ001  # a day of the calendar, in no zone
BASE_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
LAST_SERIAL = 2_958_465
LAST_SERIAL_1904 = LAST_SERIAL - 1_462
SECONDS = 86_400


class OutOfSerials(Exception):
    """A number that is no day there: below 1900, the false 29 February 1900, or after 9999."""


def from_serial(number: float, *, uses_1904: bool = False) -> date | datetime:
    """The day with this number, with its time where it has one (whole seconds, no zone). Raises OutOfSerials."""
    day = int(number)
    first, last = (0, LAST_SERIAL_1904) if uses_1904 else (1, LAST_SERIAL)
    if number < 0 or not first <= day <= last or (day == FALSE_LEAP_DAY and not uses_1904):
        raise OutOfSerials(number)
    base = BASE_1904 if uses_1904 else BASE_1900
    if not uses_1904 and day < FALSE_LEAP_DAY:
        base += timedelta(days=1)
    seconds = round((number - day) * SECONDS)
    found = base + timedelta(days=day)
    return found.date() if seconds in (0, SECONDS) else found + timedelta(seconds=seconds)
