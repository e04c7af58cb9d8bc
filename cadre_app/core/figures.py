"""Figures: a name for a number of a unit and a period, and the list behind it (PRODUCT.md, "The reference year")."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.core.days import add_years
from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

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
        """True where lists, which show how things stand today, can show what was counted."""
        return self.as_of == timezone.localdate()

    @property
    def opens_events(self) -> bool:
        """True where a list of dated events shows what was counted: today, and of a past period where no unit is asked
        for, since the list knows in which unit somebody is, not where they were.
        """
        return self.user is not None and (self.is_today or self.unit is None)

    @property
    def place(self) -> dict[str, str]:
        """The condition by which a list is narrowed to the unit."""
        return {"unit": str(self.unit.pk)} if self.unit is not None else {}


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
    who gets it at all: figures of records that a role never meets are no number for that role.
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

    def is_for(self, asked: Asked) -> bool:
        """Whether whoever asks gets this figure."""
        return asked.user is None or self.seen_by(asked.user)

    def worded(self, count: int) -> str:
        """The unit of `count`: 人, 对, 人次."""
        return _worded(self.unit_word, count)


@dataclass(frozen=True)
class Share:
    """One row of a breakdown: a number for each column, the last of them the sum; `url` opens those it counts."""

    label: "_StrPromise | str"
    counts: tuple[int, ...]
    url: str = ""

    @property
    def total(self) -> int:
        return self.counts[-1]


@dataclass(frozen=True)
class Breakdown:
    """A whole and its shares: a chart with its table on the overview. `rows(asked)` takes one query.

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

    def worded(self, count: int) -> str:
        """The unit of `count`."""
        return _worded(self.unit_word, count)


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


def _worded(word: "_StrPromise | str", count: int) -> str:
    try:
        return str(word % count)
    except TypeError:
        # A word without a plural takes no number.
        return str(word)


figures: Registry[Figure] = Registry("figures")
breakdowns: Registry[Breakdown] = Registry("breakdowns of figures")
