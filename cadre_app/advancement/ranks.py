"""职级晋升时间表: from a rank and the day it began to the earliest day on which the next one is possible; pure functions.

A year or a period that does not count moves the day back by as much of it as lies in the rank, once where several overlap. An
excellent year moves it forward, at most to the day after that year. Nothing here says that anybody advances.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from cadre_app.appraisal.models.choices import BASIC, Grade, NoGrade
from cadre_app.core.days import add_months, months_between

# Codes of the table `rank`, from the lowest to the highest that these steps lead to.
LADDER = ("12", "11", "10", "09", "08", "07", "06")
BELOW = (Grade.INCOMPETENT, Grade.UNQUALIFIED)
DAY = timedelta(days=1)


class Ground(StrEnum):
    """What a line of the reckoning rests on."""

    BASE = "base"
    EXCELLENT = "excellent"
    BASIC = "basic"
    BELOW = "below"
    NO_GRADE = "no_grade"
    PERIOD = "period"
    OPEN = "open"


@dataclass(frozen=True)
class Terms:
    """The settings in force."""

    base_months: int = 24
    excellent_months: int = 6
    skips_basic: bool = True
    skips_no_grade: bool = True
    skips_periods: bool = True


@dataclass(frozen=True)
class Year:
    """The confirmed outcome of one year: a grade or a case without one; `key` is that of its assessment."""

    year: int
    outcome: str
    key: str = ""


@dataclass(frozen=True)
class Period:
    """Days for which a decision counts, both included; without an end while it has none."""

    start: date
    end: date | None
    url: str = ""


@dataclass(frozen=True)
class Reason:
    """One line: its ground, the year or stretch behind it, what it moves, and the earliest day after it (None: open).

    `is_held`: it moves the day by less than `months`, for the day after the year is the earliest that it leads to.
    """

    ground: Ground
    due_on: date | None
    start: date | None = None
    end: date | None = None
    year: int | None = None
    outcome: str = ""
    months: int = 0
    days: int = 0
    key: str = ""
    is_held: bool = False

    @property
    def is_without_effect(self) -> bool:
        """It moves nothing: already left out with another line, or later than the day that was reached."""
        return self.due_on is not None and not self.months and not self.days


@dataclass(frozen=True)
class Reckoning:
    """The earliest day, None where a period has no end yet, and how it came about."""

    due_on: date | None
    reasons: tuple[Reason, ...]

    @property
    def open_years(self) -> tuple[int, ...]:
        """Years whose result is not known here: they count for the time being."""
        return tuple(one.year for one in self.reasons if one.ground is Ground.OPEN and one.year is not None)


def next_rank(rank: str) -> str | None:
    """The code of the step above; None outside of the ladder and on its last step."""
    place = LADDER.index(rank) + 1 if rank in LADDER else len(LADDER)
    return LADDER[place] if place < len(LADDER) else None


def reckon(since: date, years: Iterable[Year], periods: Iterable[Period], *, terms: Terms, today: date) -> Reckoning:
    """The earliest day for somebody in a rank since that day, by what is known today."""
    known = {one.year: one for one in years if one.year >= since.year}
    run = _Run(_Mark(since, terms.base_months))
    run.add(Reason(Ground.BASE, run.due_on, start=since, months=terms.base_months))
    for event in _events(since, known, periods, terms, today):
        run.take(event, terms)
    return Reckoning(run.due_on, tuple(run.reasons))


@dataclass(frozen=True)
class _Mark:
    """A day as calendar months and days after an anchor, so that months add up before they meet the end of a month."""

    anchor: date
    months: int = 0
    days: int = 0

    @property
    def day(self) -> date:
        return add_months(self.anchor, self.months) + timedelta(days=self.days)


@dataclass
class _Run:
    mark: _Mark
    is_open: bool = False
    left_out_until: date = date.min
    reasons: list[Reason] = field(default_factory=list)

    @property
    def due_on(self) -> date | None:
        return None if self.is_open else self.mark.day

    def add(self, reason: Reason) -> None:
        self.reasons.append(reason)

    def take(self, reason: Reason, terms: Terms) -> None:
        """The next event by day; nothing moves once the day has been reached, or while a period has no end."""
        if reason.ground is Ground.EXCELLENT:
            self.add(self._forward(reason, terms))
        elif reason.ground is Ground.OPEN:
            self._note(reason)
        else:
            self.add(self._back(reason))

    def _note(self, reason: Reason) -> None:
        if reason.start is not None and reason.start < self.mark.day and not self.is_open:
            self.add(replace(reason, due_on=self.due_on))

    def _forward(self, reason: Reason, terms: Terms) -> Reason:
        first = _first_after(reason)
        if self.is_open or first >= self.mark.day:
            return replace(reason, due_on=self.due_on)
        moved = replace(self.mark, months=self.mark.months - terms.excellent_months)
        is_held = moved.day < first
        self.mark = _Mark(first) if is_held else moved
        return replace(reason, due_on=self.due_on, months=-terms.excellent_months, is_held=is_held)

    def _back(self, reason: Reason) -> Reason:
        start = max(reason.start or date.min, self.left_out_until)
        if self.is_open or start >= self.mark.day or (reason.end is not None and reason.end < start):
            return replace(reason, due_on=self.due_on)
        if reason.end is None:
            self.is_open = True
            return replace(reason, due_on=None)
        self.left_out_until = after = reason.end + DAY
        months = months_between(start, after)
        days = (after - add_months(start, months)).days
        self.mark = replace(self.mark, months=self.mark.months + months, days=self.mark.days + days)
        return replace(reason, due_on=self.due_on, months=months, days=days)


def _events(
    since: date, known: dict[int, Year], periods: Iterable[Period], terms: Terms, today: date
) -> Sequence[Reason]:
    """What may move the day, by the day from which it does: stretches by their first day, grades by the day after the year."""
    found = [_of_year(known.get(year), year, since, terms) for year in range(since.year, today.year)]
    found += [_of_year(one, one.year, since, terms) for one in known.values() if one.year >= today.year]
    events = [one for one in found if one is not None]
    if terms.skips_periods:
        stretches = (one for one in periods if one.end is None or one.end >= since)
        events += [
            Reason(Ground.PERIOD, None, start=max(one.start, since), end=one.end, key=one.url) for one in stretches
        ]
    return sorted(events, key=lambda one: (_moves_on(one), one.ground is Ground.PERIOD))


def _moves_on(reason: Reason) -> date:
    return _first_after(reason) if reason.ground is Ground.EXCELLENT else reason.start or date.min


def _first_after(reason: Reason) -> date:
    return (reason.end or date.min) + DAY


def _of_year(one: Year | None, year: int, since: date, terms: Terms) -> Reason | None:
    """The line of a year; None for one that counts as any other."""
    outcome = one.outcome if one is not None else ""
    ground = _ground(outcome, terms)
    if ground is None:
        return None
    first, last = max(since, date(year, 1, 1)), date(year, 12, 31)
    return Reason(ground, None, first, last, year=year, outcome=outcome, key=one.key if one else "")


def _ground(outcome: str, terms: Terms) -> Ground | None:
    if outcome in ("", NoGrade.TRANSFERRED):
        return Ground.OPEN
    if outcome == Grade.EXCELLENT:
        return Ground.EXCELLENT
    if outcome in BELOW:
        return Ground.BELOW
    if outcome in BASIC:
        return Ground.BASIC if terms.skips_basic else None
    return Ground.NO_GRADE if outcome in NoGrade.values and terms.skips_no_grade else None
