"""Reads what the apps announce as figures, for the overview, its workbook and the briefing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core import figures as core
from cadre_app.core.figures import Asked, Breakdown, Figure, Share

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.org.models import Unit

FIRST_DAY = date(2000, 1, 1)
WHOLE = 100
DASH, MINUS = "–", "\u2212"


class Grouped(Protocol):
    @property
    def group(self) -> str: ...

    @property
    def order(self) -> int: ...


T = TypeVar("T", bound=Grouped)


@dataclass(frozen=True)
class Counted:
    """One figure with its number; `url` opens the list of what was counted, where there is one."""

    key: str
    figure: Figure
    number: int
    url: str
    before: int | None = None

    @property
    def text(self) -> str:
        return f"{self.number:,}"

    @property
    def before_text(self) -> str:
        """The number of the year before; a dash where it cannot be told for that day."""
        return DASH if self.before is None else f"{self.before:,}"

    @property
    def change_text(self) -> str:
        """By how much it differs from the year before: +3, −3, 0."""
        if self.before is None:
            return DASH
        change = self.number - self.before
        return f"{'+' if change > 0 else MINUS}{abs(change):,}" if change else "0"

    @property
    def unit(self) -> str:
        return self.figure.worded(self.number)


@dataclass(frozen=True)
class Bar:
    """One row of a breakdown, drawn: `width` in per cent of the longest bar."""

    share: Share
    width: str

    @property
    def text(self) -> str:
        return f"{self.share.total:,}"

    @property
    def numbers(self) -> list[str]:
        return [f"{number:,}" for number in self.share.counts]


@dataclass(frozen=True)
class Divided:
    """One breakdown with its rows and their sums by column."""

    key: str
    breakdown: Breakdown
    bars: list[Bar]

    @property
    def sums(self) -> list[str]:
        columns = zip(*(bar.share.counts for bar in self.bars), strict=True)
        return [f"{sum(column):,}" for column in columns]

    @property
    def total(self) -> str:
        """The whole with its unit: 63 人."""
        whole = sum(bar.share.total for bar in self.bars)
        return _("%(number)s %(unit)s") % {"number": f"{whole:,}", "unit": self.breakdown.worded(whole)}

    @property
    def in_words(self) -> str:
        """The chart read aloud."""
        return _("; ").join(f"{bar.share.label} {bar.share.total:,}" for bar in self.bars)


@dataclass(frozen=True)
class Counts:
    """The number of every figure and the shares of every breakdown by their keys; `at` says when, None: just now."""

    numbers: Mapping[str, int]
    shares: Mapping[str, list[Share]]
    at: datetime | None = None


@dataclass
class Group:
    """A heading of the overview with what stands under it."""

    label: "_StrPromise | str"
    counted: list[Counted] = field(default_factory=list)
    divided: list[Divided] = field(default_factory=list)


def count_now(asked: Asked) -> Counts:
    """Everything that is announced and that whoever asks gets, counted."""
    wanted = {key: figure for key, figure in core.figures.items() if figure.is_for(asked)}
    shares = {key: one.rows(asked) for key, one in core.breakdowns.items() if one.is_for(asked)}
    return Counts(core.count_all(asked, wanted), shares)


def groups_of(asked: Asked, before: Asked | None = None) -> list[Group]:
    """Everything that is announced, counted, beside what `before` asks for; headings without a figure are left out."""
    return grouped(asked, count_now(asked), count_now(before) if before is not None else None)


def grouped(asked: Asked, counts: Counts, earlier: Counts | None = None) -> list[Group]:
    """What was counted for `asked` under its headings, beside the numbers of the year before."""
    found = {key: Group(label) for key, label in core.GROUPS.items()}
    before = earlier.numbers if earlier is not None else {}
    for key, figure in _in_order(core.figures.items()):
        if key in counts.numbers and figure.is_for(asked):
            one = Counted(key, figure, counts.numbers[key], figure.url(asked), before.get(key))
            found[figure.group].counted.append(one)
    for key, breakdown in _in_order(core.breakdowns.items()):
        if key in counts.shares and breakdown.is_for(asked):
            found[breakdown.group].divided.append(Divided(key, breakdown, _bars(counts.shares[key])))
    return [group for group in found.values() if group.counted or group.divided]


def briefing(asked: Asked) -> list[Counted]:
    """The figures of the briefing (PRODUCT.md, "The reference year") that exist, in their order."""
    return _counted(asked, lambda figure: figure.in_briefing)


def check_day(day: date) -> date:
    """`day`, as long as figures can be told for it. Raises ValidationError."""
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet. Figures stand as of today or an earlier day."), "future")
    if day < FIRST_DAY:
        first = {"day": formats.date_format(FIRST_DAY)}
        raise ValidationError(_("Choose a day from %(day)s on.") % first, "too_early")
    return day


def check_unit(unit: "Unit", day: date) -> None:
    """Raises ValidationError where the unit was closed by that day: figures of it would be 0 without a word."""
    if unit.closed_on is None or day < unit.closed_on:
        return
    message = _("“%(unit)s” was closed on %(day)s. Choose a last day before it, or the unit that took over its people.")
    raise ValidationError(message % {"unit": unit.name, "day": formats.date_format(unit.closed_on)}, "closed")


def _counted(asked: Asked, is_wanted: Callable[[Figure], bool]) -> list[Counted]:
    announced = [(key, figure) for key, figure in core.figures.items() if is_wanted(figure) and figure.is_for(asked)]
    wanted = dict(_in_order(announced))
    numbers = core.count_all(asked, wanted)
    return [Counted(key, figure, numbers[key], figure.url(asked)) for key, figure in wanted.items()]


def _bars(shares: list[Share]) -> list[Bar]:
    longest = max((share.total for share in shares), default=0) or 1
    return [Bar(share, f"{WHOLE * share.total / longest:.1f}") for share in shares]


def _in_order(items: "tuple[tuple[str, T], ...] | list[tuple[str, T]]") -> list[tuple[str, T]]:
    places = list(core.GROUPS)
    return sorted(items, key=lambda item: (places.index(item[1].group), item[1].order))
