"""Months and days as files write them: 199008, 19900812, 1990.08, 1990-8, 1990年8月, 1990.08（36岁）; kept as
figures alone.
"""

import re
from datetime import date

from cadre_app.core.forms import FIRST_YEAR, LAST_YEAR

FULL_WIDTH = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")
FIGURES = re.compile(r"(\d{4})(\d{2})(\d{2})?")
PARTED = re.compile(r"(\d{4})\s?[./年-]\s?(\d{1,2})(?:\s?[./月-]\s?(\d{1,2})\s?日?|\s?月)?")
# As printed forms add it below the month.
AGE = re.compile(r"\s*[（(]\s*\d{1,3}\s*周?岁\s*[）)]$")
BETWEEN = re.compile(r"[；;]")
FIGURE = re.compile(r"[0-9０-９]")


def read_day(text: str) -> tuple[date, bool] | None:
    """The day, and whether the text names one and not its month alone; None for anything else."""
    plain = AGE.sub("", text.strip()).translate(FULL_WIDTH)
    found = FIGURES.fullmatch(plain) or PARTED.fullmatch(plain)
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None
    return (day, found[3] is not None) if FIRST_YEAR <= day.year <= LAST_YEAR else None


def month_of(text: str) -> date | None:
    """The first day of the month that a text names."""
    found = read_day(text)
    return found[0].replace(day=1) if found is not None else None


def as_month(text: str) -> str | None:
    """`yyyyMM`, empty for nothing; None for what is no month."""
    if not text.strip():
        return ""
    month = month_of(text)
    return f"{month:%Y%m}" if month is not None else None


def as_day(text: str) -> str | None:
    """`yyyyMMdd`, of a month its first day; empty for nothing, None for what is no day."""
    if not text.strip():
        return ""
    found = read_day(text)
    return f"{found[0]:%Y%m%d}" if found is not None else None


def as_party(text: str) -> str:
    """`yyyyMM`, a party's name, or both joined by ；; what is no month stays as it is written."""
    parts = [part.strip() for part in BETWEEN.split(text)]
    return "；".join(as_month(part) or part for part in parts if part)


def unreadable_party(text: str) -> str:
    """The part that is neither a month nor a name: no party has figures in its name. Empty where all can be read."""
    parts = (part.strip() for part in BETWEEN.split(text))
    return next((part for part in parts if part and not as_month(part) and FIGURE.search(part)), "")


def party_parts(text: str) -> tuple[str, str]:
    """The month of joining the Party (`yyyyMM`) and what else stands there."""
    parts = [part for part in BETWEEN.split(text) if part]
    month = next((part for part in parts if as_month(part)), "")
    return month, "；".join(part for part in parts if part != month)


def shown(text: str) -> str:
    """1990.08 as the printed form writes months; other texts as they are."""
    month = month_of(text)
    return f"{month:%Y.%m}" if month is not None else text


def shown_party(text: str) -> str:
    return "；".join(shown(part) for part in BETWEEN.split(text) if part)


def shown_day(text: str) -> str:
    """2026.11.23; other texts as they are."""
    found = read_day(text)
    return f"{found[0]:%Y.%m.%d}" if found is not None else text
