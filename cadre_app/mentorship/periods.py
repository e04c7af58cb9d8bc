"""The stretches of a pairing that are reviewed: every so many months (setting mentorship.review_months), and what is left
at the end. Pure functions of dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from cadre_app.core.days import add_months

SHORTEST = timedelta(days=31)


@dataclass(frozen=True)
class Period:
    """First and last day of what one review is about; `is_final`: it ends with the pairing."""

    first: date
    last: date
    is_final: bool


def periods_of(started_on: date, due_on: date, months: int) -> list[Period]:
    """All of them in order; a rest shorter than a month belongs to the one before it."""
    found: list[Period] = []
    first, step = started_on, 1
    while first <= due_on:
        last = add_months(started_on, step * months) - timedelta(days=1)
        if last + SHORTEST > due_on:
            last = due_on
        found.append(Period(first, last, last == due_on))
        first, step = last + timedelta(days=1), step + 1
    return found


def next_period(started_on: date, due_on: date, months: int, *, after: date | None) -> Period | None:
    """What the next review is about where the last one ended with the day `after`; None where nothing is left.

    With a planned last day that was moved, the first that is left begins on the day after `after`.
    """
    for period in periods_of(started_on, due_on, months):
        if after is None:
            return period
        if period.last > after:
            return Period(max(period.first, after + timedelta(days=1)), period.last, period.is_final)
    return None
