"""A report as its reader may see it today: rows that are new, rows that are gone as far as they are still in sight, figures."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import QueryDict

from cadre_app.core.tables import key_of
from cadre_app.lists.evaluating import NotAllowed, counted_figures, figures_asked, table_of
from cadre_app.lists.models import Report, Subject
from cadre_app.lists.wording import PAUSES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User
    from cadre_app.core.tables import Table
    from cadre_app.lists.models import Subscription

COLUMNS = 5
RUNNING = "number"  # the running number of lists that leave the screen
MOST_SHOWN = 200


@dataclass(frozen=True)
class Rows:
    """Rows of the list with its first columns, drawn as the list draws them; `count` of them, some of which may be out of
    sight by now. Who left the list may stand in another table of it.
    """

    count: int
    tables: list["Table[Any]"] = field(default_factory=list)

    @property
    def headings(self) -> list[Any]:
        return [column.label for column in self.tables[0].columns] if self.tables else []

    @property
    def is_cut(self) -> bool:
        """More of them are in sight than a report shows."""
        return any(table.has_next for table in self.tables)

    @property
    def most(self) -> int:
        return MOST_SHOWN

    @property
    def unseen(self) -> int:
        return self.count - sum(len(table.rows) for table in self.tables)


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
            added=_rows(report.added, iter([table_of(subscription, user)])) if report.is_compared else None,
            gone=_rows(report.gone, _anywhere(subscription, user)) if report.is_compared else None,
        )
    except NotAllowed as error:
        return Shown(refusal=PAUSES[error.why])


def _rows(keys: Collection[UUID], tables: "Iterator[Table[Any]]") -> Rows:
    """The rows of these keys, each in the first of the tables that has it."""
    missing, found = set(keys), Rows(len(keys))
    while missing and (table := next(tables, None)) is not None:
        table.leave(missing, most=MOST_SHOWN)
        table.columns = tuple(each for each in table.columns if each.key != RUNNING and not each.acts)[:COLUMNS]
        if table.rows:
            found.tables.append(table)
            missing -= {key_of(row.object) for row in table.rows}
    return found


def _anywhere(subscription: "Subscription", user: "User") -> "Iterator[Table[Any]]":
    """The list without the conditions, then what it leaves out as it opens: who left, what is voided."""
    saved = subscription.saved
    page = saved.definition if saved is not None else None
    if saved is None or page is None:
        return
    columns = QueryDict(saved.query).getlist("columns")
    for parameters in ("", *page.wider):
        query = QueryDict(parameters, mutable=True)
        query.setlist("columns", columns)
        yield table_of(subscription, user, query=query)


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
