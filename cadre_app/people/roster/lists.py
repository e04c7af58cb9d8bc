"""The roster as one thing: the same rows, columns and order for the page, the workbook and the printed list."""

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from cadre_app.core.filtering import require_asked
from cadre_app.core.tables import COUNTED_EXACTLY, Column, Empty, Table, asked
from cadre_app.org.filters import chosen_unit
from cadre_app.people.filters.roster import RosterFilter, filtered_trainees
from cadre_app.people.models import Kind, Trainee
from cadre_app.people.roster.columns import prepared, roster_columns
from cadre_app.people.roster.picks import picked

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

EXPORT = "people.roster"
DEFAULT_SORT = "unit"
ROWS_PER_PAGE = 50


@dataclass(frozen=True)
class Counted:
    """How many rows match: exact to 1,000, `total` is 1,001 for more."""

    total: int
    introduced: int
    selected: int

    @property
    def is_exact(self) -> bool:
        return self.total <= COUNTED_EXACTLY


@dataclass(frozen=True)
class Roster:
    """The list that one set of URL parameters asks for."""

    table: Table[Trainee]
    filter: RosterFilter
    chosen: "Unit | None"


def roster_for(user: "User", request: HttpRequest, *, empty: Empty, **options: Any) -> Roster:
    """The list with the parameters of `request`, as `user` sees it.

    Raises ValidationError when the unit that was chosen is not among those that they see.
    """
    key = request.GET.get("unit", "")
    chosen = chosen_unit(key, user=user) if key else None
    if key and chosen is None:
        raise ValidationError(_("This unit is not among those that you see."))
    found = filtered_trainees(request.GET, user=user, chosen=chosen)
    rows = picked(found.qs, request.GET)
    table = Table(
        request,
        prepared(rows),
        roster_columns(user, found.day),
        name="roster",
        empty=empty,
        default_sort=DEFAULT_SORT,
        density="dense",
        size=ROWS_PER_PAGE,
        keyset=True,
        **options,
    )
    return Roster(table, found, chosen)


def counted(table: Table[Trainee]) -> Counted:
    """The rows by kind in one bounded query; the table's total is known with it."""
    kinds = {kind.value: Count("pk", filter=Q(kind=kind)) for kind in Kind}
    rows = table.queryset.order_by().select_related(None).prefetch_related(None)[: COUNTED_EXACTLY + 1]
    found = rows.aggregate(total=Count("pk"), **kinds)
    table.total = found["total"]
    return Counted(found["total"], found[Kind.INTRODUCED], found[Kind.SELECTED])


def numbered(table: Table[Trainee]) -> None:
    """Put the running number (序号) before the columns, for lists that leave the screen."""
    numbers = count(1)
    table.columns = (Column("number", _("No."), lambda _row: next(numbers), numeric=True), *table.columns)


def roster_table(user: "User", query: QueryDict) -> Table[Trainee]:
    """The roster as its export sees it. Raises ValidationError where a parameter names nothing that can be chosen."""
    roster = roster_for(user, asked(query), empty=Empty(""))
    require_asked(roster.filter)
    numbered(roster.table)
    return roster.table
