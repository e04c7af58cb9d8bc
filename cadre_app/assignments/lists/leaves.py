"""The table of leave, and the plain sum of days by person and year."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import DateField, F, IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest, Least
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.assignments.filters.leaves import DaysFilter, LeaveFilter, files_of, leaves_of, year_of
from cadre_app.assignments.leave_words import leave_mark
from cadre_app.assignments.models import Leave, LeaveKind
from cadre_app.assignments.permissions import leaves as permissions
from cadre_app.assignments.services.leave_counting import calendar_days
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT, DAYS_EXPORT = "assignments.leaves", "assignments.leave_days"


def leave_table(request: HttpRequest, user: "User") -> tuple[Table[Any], LeaveFilter]:
    """The leave that `request` asks for, with the filter it went through."""
    found = leaves_of(user, request.GET)
    may_enter = permissions.can_enter_leaves(user)
    empty = Empty(
        _("No leave yet."),
        _("People ask for it on the phone; the liaison or staff can enter it for them."),
        reverse("assignments:leave_new") if may_enter else "",
        _("Enter leave") if may_enter else "",
    )
    rows = found.qs.select_related("trainee__person", "trainee__home_unit", "term__village")
    table: Table[Any] = Table(
        request, rows, LEAVES, name="leaves", empty=empty, default_sort="-started_on", export_kind=EXPORT, keyset=True
    )
    return table, found


def exported_leaves(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, for its workbook. Raises ValidationError for a condition that is none."""
    table, found = leave_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def days_table(request: HttpRequest, user: "User") -> tuple[Table[Any], DaysFilter]:
    """Days of approved and ended leave by person in a year, kind by kind; in the order of strokes, never by days."""
    found = files_of(user, request.GET)
    year = year_of(request.GET)
    rows = found.qs.select_related("person", "home_unit").annotate(**_sums(year))
    empty = Empty(_("Nobody is in development in your units."))
    table: Table[Any] = Table(
        request, rows, DAYS, name="leave-days", empty=empty, default_sort="name", export_kind=DAYS_EXPORT, keyset=True
    )
    return table, found


def exported_days(user: "User", query: QueryDict) -> Table[Any]:
    """As `exported_leaves`, for the sum of days."""
    table, found = days_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def _sums(year: int) -> dict[str, Any]:
    """Days of the year by kind and together; a leave over the turn of the year counts in each year with its own days."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    ended = Coalesce(F("ended_on"), F("due_on"))
    until = Least(ended, Value(last, DateField()))
    since = Greatest(F("started_on"), Value(first, DateField()))
    days = calendar_days(until, since)
    rows = Leave.objects.taking().filter(trainee=OuterRef("pk"), started_on__lte=last).order_by()
    rows = rows.filter(Q(ended_on__gte=first) | Q(ended_on=None, due_on__gte=first))

    def added(**conditions: Any) -> Coalesce:
        each = rows.filter(**conditions).values("trainee").annotate(sum=Sum(days)).values("sum")
        return Coalesce(Subquery(each, output_field=IntegerField()), 0)

    return {"days": added()} | {f"days_{kind}": added(kind=kind) for kind in LeaveKind.values}


def _name(leave: Leave) -> SafeString:
    url = reverse("assignments:leave_detail", kwargs={"pk": leave.pk})
    return format_html('<a class="nm" href="{}">{}</a>', url, leave.trainee.person.name)


def _person(file: Any) -> SafeString:
    url = reverse("assignments:leave_list") + f"?q={file.person.name}"
    return format_html('<a class="nm" href="{}">{}</a>', url, file.person.name)


def _stage(leave: Leave) -> SafeString:
    return SafeString(status(*leave_mark(leave)))


def _reason(leave: Leave) -> SafeString:
    return format_html('<span class="wrap clip-3">{}</span>', leave.reason)


def _of_kind(kind: LeaveKind) -> Column[Any]:
    return Column(
        kind.value,
        kind.label,
        lambda file: getattr(file, f"days_{kind.value}") or "",
        numeric=True,
        shown=kind in SHOWN,
    )


SHOWN = (LeaveKind.ANNUAL, LeaveKind.SICK, LeaveKind.PERSONAL, LeaveKind.AWAY)
LEAVES: tuple[Column[Leave], ...] = (
    Column("name", gettext_lazy("Full name"), lambda leave: leave.trainee.person.name, html=_name),
    Column("unit", gettext_lazy("Unit"), lambda leave: leave.trainee.home_unit.name),
    Column(
        "village", gettext_lazy("Village"), lambda leave: leave.term.village.name if leave.term else "", shown=False
    ),
    Column("kind", pgettext_lazy("leave", "Kind"), lambda leave: str(leave.get_kind_display())),
    Column("started_on", pgettext_lazy("leave", "First day"), lambda leave: leave.started_on, sort=("started_on",)),
    Column("due_on", pgettext_lazy("leave", "Last day"), lambda leave: leave.due_on),
    Column("ended_on", gettext_lazy("Last day away"), lambda leave: leave.ended_on),
    Column("days", pgettext_lazy("leave", "Days"), lambda leave: leave.days, numeric=True),
    Column("place", gettext_lazy("Where to"), lambda leave: leave.place, shown=False),
    Column("reason", gettext_lazy("Reason"), lambda leave: leave.reason, html=_reason),
    Column("stage", gettext_lazy("State"), lambda leave: leave_mark(leave)[1], html=_stage),
)
DAYS: tuple[Column[Any], ...] = (
    Column("name", gettext_lazy("Full name"), lambda file: file.person.name, sort=("stroke_key",), html=_person),
    Column("unit", gettext_lazy("Unit"), lambda file: file.home_unit.name),
    *(_of_kind(kind) for kind in LeaveKind),
    Column("days", pgettext_lazy("leave", "Days together"), lambda file: file.days, numeric=True),
)
