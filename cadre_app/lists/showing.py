"""A report as its reader may see it today: rows that are new, rows that are gone as far as they are still in sight, figures."""

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cadre_app.lists.evaluating import NotAllowed, counted_figures, figures_asked, table_of
from cadre_app.lists.models import Report, Subject
from cadre_app.lists.wording import PAUSES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

COLUMNS = 5
RUNNING = "number"  # the running number of lists that leave the screen
MOST_SHOWN = 200


@dataclass(frozen=True)
class Rows:
    """Rows of the list with its first columns; `count` of them, some of which may be out of sight by now."""

    count: int
    headings: list[str] = field(default_factory=list)
    rows: list[list[tuple[str, Any]]] = field(default_factory=list)

    @property
    def unseen(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class FigureLine:
    """A figure then, and in the report before; `url` opens what is counted today."""

    label: "_StrPromise | str"
    number: str
    before: str
    difference: str
    unit: str
    url: str


@dataclass(frozen=True)
class Shown:
    """`refusal` says why nothing of it is shown any more."""

    address: str = ""
    added: Rows | None = None
    gone: Rows | None = None
    lines: list[FigureLine] = field(default_factory=list)
    refusal: "_StrPromise | str" = ""


def shown_report(report: Report, user: "User") -> Shown:
    """By the rights of this moment: who lost the list sees neither its rows nor its numbers."""
    subscription = report.subscription
    if not user.is_active:
        return Shown(refusal=PAUSES["disabled"])
    try:
        if subscription.subject == Subject.FIGURES:
            return Shown(lines=_figures(report, user))
        table_of(subscription, user)
        return Shown(
            address=subscription.saved.address if subscription.saved is not None else "",
            added=_rows(report, user, report.added, narrowed=True) if report.is_compared else None,
            gone=_rows(report, user, report.gone, narrowed=False) if report.is_compared else None,
        )
    except NotAllowed as error:
        return Shown(refusal=PAUSES[error.why])


def _rows(report: Report, user: "User", keys: Collection[UUID], *, narrowed: bool) -> Rows:
    """The rows of these keys as the list shows them; what is gone is looked for in the list without its conditions."""
    if not keys:
        return Rows(0)
    table = table_of(report.subscription, user, narrowed=narrowed)
    table.queryset = table.queryset.filter(pk__in=keys)
    table.columns = tuple(column for column in table.columns if column.key != RUNNING)
    headings, *found = (row[:COLUMNS] for row in islice(table.export_rows(), MOST_SHOWN + 1))
    return Rows(len(keys), headings, [list(zip(headings, row, strict=True)) for row in found])


def _figures(report: Report, user: "User") -> list[FigureLine]:
    """Of those that the overview shows today; the numbers are those of the report."""
    found = []
    for counted in counted_figures(figures_asked(report.subscription, user)):
        number, before = report.numbers.get(counted.key), report.before.get(counted.key)
        if number is None:
            continue
        change = number - before if before is not None else 0
        found.append(
            FigureLine(
                counted.figure.label,
                f"{number:,}",
                f"{before:,}" if before is not None else "",
                f"{change:+,}" if change else "",
                counted.figure.worded(number),
                counted.url,
            )
        )
    return found
