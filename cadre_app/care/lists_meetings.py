"""The lists of symposiums and visits, for the page and for the workbook, and of people to choose from."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Count, IntegerField, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.care import columns_meetings as columns
from cadre_app.care import permissions
from cadre_app.care.filters_meetings import people_of, symposiums_of, visits_of
from cadre_app.care.models import CareVisit, Invitation, Presence, Problem, Symposium
from cadre_app.core.tables import Empty, Table, asked
from cadre_app.stages.sql import with_stage

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

SYMPOSIUMS, VISITS = "care.symposiums", "care.visits"


def symposium_table(request: HttpRequest, user: "User") -> tuple[Table[Any], Any]:
    """The symposiums that `request` asks for, with how many are on each list, were there, and what was raised."""
    found = symposiums_of(user, request.GET)
    invited = Invitation.objects.standing().filter(symposium=OuterRef("pk"))
    rows = found.qs.annotate(
        invited=_number(invited, "symposium"),
        present=_number(invited.filter(presence=Presence.PRESENT), "symposium"),
        raised=_number(Problem.objects.standing().filter(symposium=OuterRef("pk")), "symposium"),
    )
    may_plan = permissions.can_plan_symposiums(user)
    empty = Empty(
        _("No symposium is on record."),
        _("Plan one, choose who is invited, and notify them."),
        reverse("care:symposium_new") if may_plan else "",
        _("Plan a symposium"),
    )
    table: Table[Any] = Table(
        request, rows, columns.SYMPOSIUMS, name="symposiums", empty=empty, default_sort="-day", export_kind=SYMPOSIUMS,
        keyset=True,
    )  # fmt: skip
    return table, found


def visit_table(request: HttpRequest, user: "User") -> tuple[Table[Any], Any]:
    """走访慰问 the visits that `request` asks for."""
    found = visits_of(user, request.GET)
    may_plan = permissions.can_plan_many(user)
    empty = Empty(
        _("No visit is on record."),
        _("Visits can be planned for many people at once, for example before a holiday."),
        reverse("care:visit_people") if may_plan else "",
        _("Plan visits"),
    )
    table: Table[Any] = Table(
        request, found.qs, columns.VISITS, name="visits", empty=empty, default_sort="-planned_on", export_kind=VISITS,
        keyset=True,
    )  # fmt: skip
    return table, found


def people_table(request: HttpRequest, user: "User", symposium: Symposium | None = None) -> tuple[Table[Any], Any]:
    """People who can be put on the list of `symposium`; without one those who can be visited, with their last visit."""
    found = people_of(user, request.GET, symposium)
    rows = with_stage(found.qs, timezone.localdate())
    shown = columns.PEOPLE
    if symposium is None:
        went = CareVisit.objects.went().filter(trainee=OuterRef("pk")).order_by().values("trainee")
        rows = rows.annotate(last_visit=Subquery(went.annotate(last=Max("held_on")).values("last")))
        shown = (*shown, columns.LAST_VISIT, columns.VISIT_ACTS)
    empty = Empty(
        _("There is nobody to choose."), _("Nobody in development in your units fits, or all are on the list.")
    )
    table: Table[Any] = Table(
        request, rows, shown, name="people", empty=empty, default_sort="name", tools=False, keyset=True, size=50,
        offers_all=True,
    )  # fmt: skip
    return table, found


def exported_symposiums(user: "User", query: QueryDict) -> Table[Any]:
    return _checked(symposium_table(asked(query), user))


def exported_visits(user: "User", query: QueryDict) -> Table[Any]:
    return _checked(visit_table(asked(query), user))


EXPORTS = {
    SYMPOSIUMS: (gettext_lazy("Symposiums"), exported_symposiums),
    VISITS: (gettext_lazy("Visits and care"), exported_visits),
}


def _number(rows: Any, key: str) -> Coalesce:
    counted = rows.order_by().values(key).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _checked(asked_for: tuple[Table[Any], Any]) -> Table[Any]:
    table, found = asked_for
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table
