"""Figures: a name for a number of a unit and a period, and the list behind it (PRODUCT.md, "The reference year")."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cadre_app.core.days import add_years
from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

FIRST_DAY = date(2000, 1, 1)
# The headings of the overview in their order; a figure names one by its key.
GROUPS: "dict[str, _StrPromise | str]" = {
    "people": _("People"),
    "mentoring": _("Mentoring"),
    "training": _("Training"),
    "postings": _("Postings"),
    "research": _("Field research"),
    "appraisal": _("Appraisal"),
    "care": _("Talks and care"),
    "outcomes": _("Development outcomes"),
}


def period_start(as_of: date) -> date:
    """The first of the 12 months that end on `as_of`: the day after the same day one year before."""
    return add_years(as_of, -1) + timedelta(days=1)


def check_day(day: date) -> date:
    """`day`, as long as figures and lists can be told for it. Raises ValidationError."""
    if day > timezone.localdate():
        raise ValidationError(
            gettext("This day has not come yet. Figures stand as of today or an earlier day."), "future"
        )
    if day < FIRST_DAY:
        first = {"day": formats.date_format(FIRST_DAY)}
        raise ValidationError(gettext("Choose a day from %(day)s on.") % first, "too_early")
    return day


@dataclass(frozen=True)
class Asked:
    """What a figure is asked for: as it stood on `as_of`, for `unit` and all below it (None: everything that `user`
    works for; both None: the whole system, for management commands). `since` begins the period of figures that count
    events; it ends on `as_of`.
    """

    as_of: date
    since: date
    unit: "Unit | None" = None
    user: "User | None" = None

    @classmethod
    def on(
        cls, as_of: date, *, since: date | None = None, unit: "Unit | None" = None, user: "User | None" = None
    ) -> "Asked":
        """With the period from `since`; without one the 12 months that end on `as_of`."""
        return cls(as_of=as_of, since=since or period_start(as_of), unit=unit, user=user)

    @property
    def is_today(self) -> bool:
        return self.as_of == timezone.localdate()

    @property
    def day(self) -> dict[str, str]:
        """The condition by which a list shows how things stood on a past day."""
        return {} if self.is_today else {"as_of": self.as_of.isoformat()}

    @property
    def place(self) -> dict[str, str]:
        """The conditions by which a list of what happened is narrowed to those who were of the unit on the day."""
        return {"unit": str(self.unit.pk), **self.day} if self.unit is not None else {}

    @property
    def period(self) -> dict[str, str]:
        """The conditions by which a list of what happened is narrowed to the period."""
        return {"since": self.since.isoformat(), "until": self.as_of.isoformat()}

    def opens(self, name: str, query: Mapping[str, str]) -> str:
        """The address of the list `name` narrowed by `query`; none without a reader, as for management commands."""
        if self.user is None:
            return ""
        address = reverse(name)
        return f"{address}?{urlencode(query)}" if query else address


@dataclass(frozen=True)
class Part:
    """One number among several that `counts(asked)` gives with one query: a figure's `count` that is asked together."""

    counts: Callable[[Asked], Mapping[str, int]]
    name: str

    def __call__(self, asked: Asked) -> int:
        return self.counts(asked)[self.name]


@dataclass(frozen=True)
class Figure:
    """`count(asked)` computes the number, in one query (a `Part` of several, where one query gives them together);
    `url(asked)` opens the list of exactly what was counted, and is empty where the reader has no such list.

    `group` is a key of GROUPS; `unit_word` follows the number (npgettext_lazy where English has a plural); `rule` says
    in a line what counts and by which rule. The briefing prints it by its key where `in_briefing`. `seen_by(user)` says
    who gets it at all: figures of records that a role never meets are no number for that role. One that `is_of_today` cannot
    be told for a past day.
    """

    label: "_StrPromise | str"
    group: str
    order: int
    unit_word: "_StrPromise | str"
    count: Callable[[Asked], int]
    url: Callable[[Asked], str]
    rule: "_StrPromise | str" = ""
    in_briefing: bool = False
    seen_by: "Callable[[User], bool]" = lambda user: True
    is_of_today: bool = False

    def is_for(self, asked: Asked) -> bool:
        """Whether whoever asks gets this figure, for this day."""
        return _is_for(self, asked)

    def worded(self, count: int) -> str:
        """The unit of `count`: 人, 对, 人次."""
        return _worded(self.unit_word, count)


@dataclass(frozen=True)
class Share:
    """One row of a breakdown: a number for each column, the last of them the sum. `url` opens those that the sum counts,
    `urls` those of the columns before it. A row of a month names it, so that it finds the same month a year before.
    `exact` are numbers before they were rounded, for whoever sums up.
    """

    label: "_StrPromise | str"
    counts: tuple[int, ...]
    url: str = ""
    urls: tuple[str, ...] = ()
    month: date | None = None
    exact: tuple[Decimal, ...] = ()

    @property
    def total(self) -> int:
        return self.counts[-1]

    @property
    def cells(self) -> list[tuple[int, str]]:
        """Each number with the list that it opens."""
        before = self.urls or ("",) * (len(self.counts) - 1)
        return list(zip(self.counts, (*before, self.url), strict=True))


@dataclass(frozen=True)
class Breakdown:
    """A whole and its shares: a chart with its table on the overview. `rows(asked)` takes one query; `sums(asked, rows)`
    is the line below them.

    `heading` stands over the names of the shares, `columns` over their numbers.
    """

    label: "_StrPromise | str"
    group: str
    order: int
    unit_word: "_StrPromise | str"
    heading: "_StrPromise | str"
    columns: "tuple[_StrPromise | str, ...]"
    rows: Callable[[Asked], list[Share]]
    rule: "_StrPromise | str" = ""
    seen_by: "Callable[[User], bool]" = lambda user: True
    is_of_today: bool = False
    sums: "Callable[[Asked, Sequence[Share]], Share] | None" = None

    def is_for(self, asked: Asked) -> bool:
        """As a figure's."""
        return _is_for(self, asked)

    def worded(self, count: int) -> str:
        """The unit of `count`."""
        return _worded(self.unit_word, count)


def summed(rows: Sequence[Share], columns: int, url: str = "", urls: tuple[str, ...] = ()) -> Share:
    """The rows added up by column."""
    counts = tuple(map(sum, zip(*(row.counts for row in rows), strict=True))) if rows else (0,) * columns
    return Share(_("In all"), counts, url, urls)


def count_all(asked: Asked, wanted: Mapping[str, Figure]) -> dict[str, int]:
    """The number of each figure in `wanted`; parts of one query are asked once."""
    together: dict[Callable[[Asked], Mapping[str, int]], Mapping[str, int]] = {}
    found = {}
    for key, figure in wanted.items():
        if isinstance(figure.count, Part):
            counts = figure.count.counts
            if counts not in together:
                together[counts] = counts(asked)
            found[key] = together[counts][figure.count.name]
        else:
            found[key] = figure.count(asked)
    return found


def _is_for(what: Figure | Breakdown, asked: Asked) -> bool:
    if what.is_of_today and not asked.is_today:
        return False
    return asked.user is None or what.seen_by(asked.user)


def _worded(word: "_StrPromise | str", count: int) -> str:
    try:
        return str(word % count)
    except TypeError:
        # A word without a plural takes no number.
        return str(word)


figures: Registry[Figure] = Registry("figures")
breakdowns: Registry[Breakdown] = Registry("breakdowns of figures")
