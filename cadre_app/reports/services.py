"""Reads what the apps announce as figures, for the overview, its workbook and the briefing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.core import figures as core
from cadre_app.core.days import add_years
from cadre_app.core.figures import Asked, Breakdown, Figure, Share

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


WHOLE = 100
DASH, MINUS = "–", "\u2212"


class Grouped(Protocol):
    @property
    def group(self) -> str: ...

    @property
    def order(self) -> int: ...


T = TypeVar("T", bound=Grouped)


@dataclass(frozen=True)
class Cell:
    """A number as it is printed, with the list that it opens; a dash for what cannot be told."""

    text: str
    url: str = ""


def change_text(number: int, before: int) -> str:
    """By how much a number differs from the year before: +3, −3, 0."""
    change = number - before
    return f"{'+' if change > 0 else MINUS}{abs(change):,}" if change else "0"


@dataclass(frozen=True)
class Counted:
    """One figure with its number; `url` opens the list of what was counted, where there is one, as it does for the year
    before.
    """

    key: str
    figure: Figure
    number: int
    url: str
    before: int | None = None
    before_url: str = ""

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
        return DASH if self.before is None else change_text(self.number, self.before)

    @property
    def unit(self) -> str:
        return self.figure.worded(self.number)


@dataclass(frozen=True)
class Bar:
    """One row of a breakdown, drawn: `width` in per cent of the longest bar; `before` is the row of the year before."""

    share: Share
    width: str
    before: Share | None = None

    @property
    def text(self) -> str:
        return f"{self.share.total:,}"

    @property
    def numbers(self) -> list[Cell]:
        return [Cell(f"{number:,}", url) for number, url in self.share.cells]

    @property
    def compared(self) -> list[Cell]:
        """The sum of the year before, and the difference."""
        before = self.before or Share(self.share.label, (0,))
        return [Cell(f"{before.total:,}", before.url), Cell(change_text(self.share.total, before.total))]


@dataclass(frozen=True)
class Divided:
    """One breakdown with its rows and the line below them."""

    key: str
    breakdown: Breakdown
    bars: list[Bar]
    sum: Bar
    is_compared: bool = False

    @property
    def total(self) -> str:
        """The whole with its unit: 63 人."""
        whole = self.sum.share.total
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
    return grouped(asked, count_now(asked), before, count_now(before) if before is not None else None)


def grouped(asked: Asked, counts: Counts, before: Asked | None = None, earlier: Counts | None = None) -> list[Group]:
    """What was counted for `asked` under its headings, beside what was counted for `before`."""
    found = {key: Group(label) for key, label in core.GROUPS.items()}
    then = earlier.numbers if earlier is not None else {}
    for key, figure in _in_order(core.figures.items()):
        if key in counts.numbers and figure.is_for(asked):
            one = Counted(key, figure, counts.numbers[key], figure.url(asked))
            if before is not None and key in then:
                one = replace(one, before=then[key], before_url=figure.url(before))
            found[figure.group].counted.append(one)
    for key, breakdown in _in_order(core.breakdowns.items()):
        if key in counts.shares and breakdown.is_for(asked):
            whole = _divided(key, breakdown, asked, counts.shares[key])
            if before is not None and earlier is not None and key in earlier.shares:
                whole = _compared(whole, before, earlier.shares[key])
            found[breakdown.group].divided.append(whole)
    return [group for group in found.values() if group.counted or group.divided]


def is_empty(groups: Iterable[Group]) -> bool:
    """Whether there is nothing to show, of the period or of the year before."""
    numbers = (number for group in groups for counted in group.counted for number in (counted.number, counted.before))
    wholes = (divided.sum for group in groups for divided in group.divided)
    shares = (share.total for whole in wholes for share in (whole.share, whole.before) if share is not None)
    return not any((*numbers, *shares))


def briefing(asked: Asked) -> list[Counted]:
    """The figures of the briefing (PRODUCT.md, "The reference year") that exist, in their order."""
    return _counted(asked, lambda figure: figure.in_briefing)


def _counted(asked: Asked, is_wanted: Callable[[Figure], bool]) -> list[Counted]:
    announced = [(key, figure) for key, figure in core.figures.items() if is_wanted(figure) and figure.is_for(asked)]
    wanted = dict(_in_order(announced))
    numbers = core.count_all(asked, wanted)
    return [Counted(key, figure, numbers[key], figure.url(asked)) for key, figure in wanted.items()]


def _divided(key: str, breakdown: Breakdown, asked: Asked, rows: list[Share]) -> Divided:
    return Divided(key, breakdown, _bars(rows, {}), Bar(_sum(breakdown, asked, rows), ""))


def _compared(divided: Divided, before: Asked, then: list[Share]) -> Divided:
    """The shares of a whole, each beside its own of the year before."""
    rows = _with_lacking([bar.share for bar in divided.bars], then)
    earlier = {_name(_a_year_later(row)): row for row in then}
    whole = replace(divided.sum, before=_sum(divided.breakdown, before, then))
    return replace(divided, bars=_bars(rows, earlier), sum=whole, is_compared=True)


def _sum(breakdown: Breakdown, asked: Asked, rows: list[Share]) -> Share:
    if breakdown.sums is not None:
        return breakdown.sums(asked, rows)
    return core.summed(rows, len(breakdown.columns))


def _with_lacking(rows: list[Share], then: list[Share]) -> list[Share]:
    """`rows` and, with nothing in them, those that there were the year before alone."""
    known = {_name(row) for row in rows}
    lacking = [_a_year_later(row) for row in then]
    lacking = [replace(row, counts=(0,) * len(row.counts), url="", urls=()) for row in lacking]
    found = [*rows, *(row for row in lacking if _name(row) not in known)]
    return sorted(found, key=lambda row: (row.month is not None, row.month or date.min))


def _a_year_later(row: Share) -> Share:
    """A row of a month as the same month of the year that is compared; any other is the same row."""
    if row.month is None:
        return row
    month = add_years(row.month, 1)
    return replace(row, month=month, label=formats.date_format(month, "YEAR_MONTH_FORMAT"))


def _name(row: Share) -> str:
    """By what a row is known a year later."""
    return str(row.month or row.label)


def _bars(shares: list[Share], earlier: dict[str, Share]) -> list[Bar]:
    longest = max((share.total for share in shares), default=0) or 1
    return [Bar(share, f"{WHOLE * share.total / longest:.1f}", earlier.get(_name(share))) for share in shares]


def _in_order(items: "tuple[tuple[str, T], ...] | list[tuple[str, T]]") -> list[tuple[str, T]]:
    places = list(core.GROUPS)
    return sorted(items, key=lambda item: (places.index(item[1].group), item[1].order))
