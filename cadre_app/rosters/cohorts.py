"""Lines by year of arrival are known by the calendar year they mean: reports of two years compare the same year."""

import re
from collections.abc import Mapping

YEARS_SHOWN = 5
YEAR, UNTIL = re.compile(r"year_([0-9]{4})"), re.compile(r"year_to_([0-9]{4})")
# As reports kept before had them: so many years back, and everything before those.
BACK, EARLIER = re.compile(r"year_([0-9])"), "year_earlier"

Number = int | float
Numbers = dict[tuple[str, str], Number]


def key_of(year: int) -> str:
    """The line of those who came in this year."""
    return f"year_{year}"


def key_until(year: int) -> str:
    """The line of those who came in this year or earlier."""
    return f"year_to_{year}"


def lasting(key: str, year: int) -> str:
    """The key of a line kept in a report of `year`, as it is known now."""
    if key == EARLIER:
        return key_until(year - YEARS_SHOWN)
    found = BACK.fullmatch(key)
    return key_of(year - int(found[1])) if found is not None else key


def summed_up(numbers: Mapping[tuple[str, str], Number]) -> Numbers:
    """The numbers, with those of "a year and earlier" also for each later year that has a line."""
    found: Numbers = dict(numbers)
    for (key, column), number in numbers.items():
        until = UNTIL.fullmatch(key)
        year, total = (int(until[1]) if until is not None else 0), number
        while until is not None and (key_of(year + 1), column) in numbers:
            year += 1
            total += numbers[key_of(year), column]
            found.setdefault((key_until(year), column), total)
    return found
