"""学时 how many training hours somebody needs in a year, and how far they have come: pure functions (PRODUCT.md,
"Training hours"); `requirement_sql.py` says the same for many rows.

集中培训 is asked for: classroom hours. Online hours are counted apart; only where a setting says so do they count too, up
to their limit. County level is measured over five calendar years that end with this one, everybody else over the year.
Whoever reports for duty meanwhile needs as many hours as everybody else; pages show the day beside it, and the pace is
counted from that day on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.people.models import Status
from cadre_app.policy import snapshot
from cadre_app.training import policies

if TYPE_CHECKING:
    from cadre_app.people.models import Trainee

# GB/T 12407: county level and above; of the table of ranks 四级调研员 (06) and above.
COUNTY_POSTS = ("101", "102", "111", "112", "121", "122", "131", "132")
LAST_COUNSEL = 6
CYCLE_YEARS = 5
ZERO = Decimal(0)
# Classroom and online hours of one year.
Sums = tuple[Decimal, Decimal]


class Basis(StrEnum):
    """Which rule says how many hours are needed; `wording.basis_text` gives its sentence."""

    YEARLY = "yearly"
    COUNTY = "county"


class Pace(StrEnum):
    REACHED = "reached"
    ON_COURSE = "on_course"
    BEHIND = "behind"


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The settings of one year: hours a year, of county level in five years; whether online hours count, and how many."""

    yearly: int = 90
    county: int = 550
    online_counts: bool = False
    online_cap: int = 40

    @classmethod
    def of_year(cls, year: int, today: date | None = None) -> "Rules":
        """The rules in force on the last day of `year`, or today while it runs; at most one query."""
        day = decisive_day(year, today)
        with snapshot.held():
            return cls(
                yearly=policies.HOURS_PER_YEAR.on(day),
                county=policies.COUNTY_HOURS.on(day),
                online_counts=policies.ONLINE_COUNTS.on(day),
                online_cap=policies.ONLINE_CAP.on(day),
            )

    def required(self, basis: Basis) -> Decimal:
        """The hours of the year; of county level those of five years."""
        return Decimal(self.county if basis is Basis.COUNTY else self.yearly)

    @property
    def counted_online(self) -> int:
        """How many online hours of a year count at most."""
        return self.online_cap if self.online_counts else 0

    def counted(self, sums: Iterable[Sums]) -> Decimal:
        """What counts of the classroom and online hours of each year."""
        most = Decimal(self.counted_online)
        return sum((classroom + min(online, most) for classroom, online in sums), ZERO)


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """Classroom and online hours of `year`; what counts and is needed by its end, of county level in five years.

    `elapsed` of the `whole` days have gone by.
    """

    year: int
    basis: Basis
    classroom: Decimal
    online: Decimal
    counted: Decimal
    required: Decimal
    online_counts: bool
    online_cap: int
    elapsed: int
    whole: int

    @property
    def first_year(self) -> int:
        return first_year(self.basis, self.year)

    @property
    def missing(self) -> Decimal:
        return max(self.required - self.counted, ZERO)

    @property
    def above_cap(self) -> Decimal:
        """Online hours of the year above their limit."""
        return max(self.online - self.online_cap, ZERO)

    @property
    def pace(self) -> Pace:
        return pace_of(self.counted, self.required, elapsed=self.elapsed, whole=self.whole)

    @property
    def is_over(self) -> bool:
        """The time has ended: what is missing is no longer made up."""
        return self.elapsed >= self.whole

    @property
    def is_open(self) -> bool:
        """Something is missing that can still be made up."""
        return bool(self.missing) and not self.is_over


def basis_of(status: str, post_level: str, rank_order: int) -> Basis:
    """County-level posts and ranks of counsel; everybody else, and staff of public institutions, by the year."""
    if status == Status.INSTITUTION:
        return Basis.YEARLY
    is_county = post_level in COUNTY_POSTS or rank_order <= LAST_COUNSEL
    return Basis.COUNTY if is_county else Basis.YEARLY


def pace_of(counted: Decimal, required: Decimal, *, elapsed: int, whole: int) -> Pace:
    """Whether the hours are reached, will be if it goes on like this, or will not."""
    if counted >= required:
        return Pace.REACHED
    return Pace.ON_COURSE if counted * whole >= required * elapsed else Pace.BEHIND


def first_year(basis: Basis, year: int) -> int:
    """The first year that counts."""
    return year - CYCLE_YEARS + 1 if basis is Basis.COUNTY else year


def days_of(year: int, arrived_on: date, today: date, basis: Basis = Basis.YEARLY) -> tuple[int, int]:
    """How many days have gone by and how many there are, from the day of reporting for duty on; 1 at least.

    County level always has five years: those of whoever reported for duty during them go on after `year`.
    """
    begin, last = date(first_year(basis, year), 1, 1), date(year, 12, 31)
    first = max(begin, arrived_on)
    elapsed = (min(today, last) - first).days + 1
    whole = (last - (begin if basis is Basis.COUNTY else first)).days + 1
    return max(elapsed, 1), max(whole, 1)


def decisive_day(year: int, today: date | None = None) -> date:
    """The day whose settings hold for `year`: its last one, or today while it runs."""
    return min(today or timezone.localdate(), date(year, 12, 31))


def reckon(trainee: "Trainee", sums: Mapping[int, Sums], *, year: int, rules: Rules | None = None) -> Reckoning:
    """The reckoning of one file by the end of `year` from its `sums` of hours by year (local dates)."""
    today = timezone.localdate()
    rules = rules or Rules.of_year(year, today)
    basis = basis_of(trainee.status, trainee.post_level, trainee.rank_order)
    elapsed, whole = days_of(year, trainee.arrived_on, today, basis)
    classroom, online = sums.get(year, (ZERO, ZERO))
    return Reckoning(
        year=year,
        basis=basis,
        classroom=classroom,
        online=online,
        counted=rules.counted(found for of, found in sums.items() if first_year(basis, year) <= of <= year),
        required=rules.required(basis),
        online_counts=rules.online_counts,
        online_cap=rules.online_cap,
        elapsed=elapsed,
        whole=whole,
    )


def basis_text(basis: Basis, year: int) -> str:
    """The rule in words, with the regulation behind it."""
    day = decisive_day(year)
    if basis is Basis.COUNTY:
        policy = policies.COUNTY_HOURS
        text = _(
            "County-level posts and ranks of counsel: %(hours)s training hours in five years, this one and the four "
            "before; a fifth a year is the pace (%(source)s)"
        )
    else:
        policy = policies.HOURS_PER_YEAR
        text = _(
            "Township-level posts, ranks up to chief section member, public institutions: %(hours)s training hours a "
            "year (%(source)s)"
        )
    return text % {"hours": policy.on(day), "source": policy.source_on(day)}
