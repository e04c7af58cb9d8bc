"""学时统计 the hours board, the entries behind it, and the outside courses: for the page and for the workbook."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Sum
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import Empty, Table, asked
from cadre_app.people import conditions
from cadre_app.people.models import Trainee
from cadre_app.training.figures.training import rounded
from cadre_app.training.filters.hours import ALL, VOIDED, filtered_entries, filtered_hours, filtered_outside
from cadre_app.training.hours_wording import pace_marks, plain
from cadre_app.training.lists import hours_columns as columns
from cadre_app.training.requirement import Pace
from cadre_app.training.requirement_sql import in_pace

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.filters.hours import EntryFilter, HoursFilter, OutsideFilter

BOARD, ENTRIES, OUTSIDE = "training.hours", "training.hours_entries", "training.outside"
ROWS_PER_PAGE = 50
EVERYBODY = 1_000_000
ZERO = Decimal(0)


@dataclass(frozen=True)
class Sums:
    """Everybody on the board: how many, how many classroom hours of the year, and how far they are."""

    people: int
    classroom: Decimal
    reached: int
    on_course: int

    @property
    def behind(self) -> int:
        return self.people - self.reached - self.on_course

    @property
    def average(self) -> Decimal:
        """人均 with one decimal."""
        return (self.classroom / self.people).quantize(Decimal("0.1")) if self.people else ZERO


@dataclass(frozen=True)
class EntrySums:
    """The hours of a list of entries; `people`: of how many, where that is asked."""

    hours: Decimal
    people: int | None = None

    @property
    def hours_text(self) -> str:
        return plain(self.hours)

    @property
    def average(self) -> int | None:
        """人均 in whole hours, as the figure has it."""
        if self.people is None:
            return None
        return rounded(self.hours / self.people) if self.people else 0


@dataclass(frozen=True)
class Board:
    table: Table[Any]
    filter: "HoursFilter"
    year: int


def board(request: HttpRequest, user: "User") -> Board:
    """The board that `request` asks for."""
    found, year = filtered_hours(request.GET, user=user)
    empty = Empty(_("Nobody is in development here."), _("Everybody who reported for duty stands on this board."))
    table: Table[Any] = Table(
        request,
        found.qs,
        columns.board_columns(year),
        name="hours",
        empty=empty,
        default_sort="unit",
        export_kind=BOARD,
        size=ROWS_PER_PAGE,
    )
    return Board(table, found, year)


def sums(found: Board) -> Sums:
    """One query over everything that the board's conditions leave, whatever page of it is shown."""
    counts = {pace.value: Count("pk", filter=in_pace(pace)) for pace in (Pace.REACHED, Pace.ON_COURSE)}
    # Sliced, so that the hours of each file are summed once and then counted.
    rows = found.filter.qs.order_by().select_related(None)[:EVERYBODY]
    result = rows.aggregate(people=Count("pk"), total=Sum("classroom"), **counts)
    return Sums(result["people"], result["total"] or ZERO, result[Pace.REACHED], result[Pace.ON_COURSE])


def paces_of(sums: Sums, year: int) -> list[tuple[Pace, str, str, int]]:
    """Each pace with its mark, its word and how many are there; of a past year only what there is of 按进度可完成."""
    counts = {Pace.REACHED: sums.reached, Pace.ON_COURSE: sums.on_course, Pace.BEHIND: sums.behind}
    is_past = year < timezone.localdate().year
    return [
        (pace, mark, label, counts[pace])
        for pace, (mark, label) in pace_marks(year).items()
        if counts[pace] or pace is not Pace.ON_COURSE or not is_past
    ]


def entry_table(request: HttpRequest, user: "User") -> "tuple[Table[Any], EntryFilter]":
    """The entries of everybody in scope."""
    found = filtered_entries(request.GET, user=user)
    empty = Empty(_("No training hours are entered."), _("They come from sessions, study visits and outside courses."))
    return _table(request, found, columns.ENTRIES, name="entries", empty=empty, sort="-earned_on", kind=ENTRIES), found


def entry_sums(found: "EntryFilter", user: "User") -> EntrySums:
    """What the list adds up to; where it is asked for those in development, how many of them there are as well."""
    hours = found.qs.order_by().select_related(None).aggregate(sum=Sum("hours"))["sum"] or ZERO
    if not found.divides:
        return EntrySums(hours)
    people = Trainee.objects.in_scope(user, *BUSINESS_ROLES).standing().filter(conditions.here(found.day))
    unit = found.form.cleaned_data.get("unit")
    return EntrySums(hours, (people if unit is None else conditions.of_unit(people, unit, found.day)).count())


def outside_table(request: HttpRequest, user: "User", *, bulk: bool = False) -> "tuple[Table[Any], OutsideFilter]":
    """The outside courses of everybody in scope."""
    found = filtered_outside(request.GET, user=user)
    empty = Empty(
        _("No outside course waits to be verified."),
        _("People submit them on their own page of training; staff can enter one on the page of a person's hours."),
    )
    # What waits the longest comes first; the rest has no index by that day.
    sort = "-ended_on" if request.GET.get("state") in (ALL, VOIDED) else "submitted_on"
    table = _table(
        request, found, columns.OUTSIDE, name="outside", empty=empty, sort=sort, kind=OUTSIDE, offers_all=bulk
    )
    return table, found


def exported_board(user: "User", query: QueryDict) -> Table[Any]:
    found = board(asked(query), user)
    return _checked((found.table, found.filter))


def exported_entries(user: "User", query: QueryDict) -> Table[Any]:
    return _checked(entry_table(asked(query), user))


def exported_outside(user: "User", query: QueryDict) -> Table[Any]:
    return _checked(outside_table(asked(query), user))


def _table(
    request: HttpRequest, found: Any, shown: Any, *, name: str, empty: Empty, sort: str, kind: str, **more: Any
) -> Table[Any]:
    return Table(
        request, found.qs, shown, name=name, empty=empty, default_sort=sort, export_kind=kind, keyset=True, **more
    )


def _checked(asked_for: tuple[Table[Any], Any]) -> Table[Any]:
    table, found = asked_for
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table
