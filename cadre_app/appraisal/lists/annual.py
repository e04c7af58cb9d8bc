"""The table of annual assessments, and how many stand in each state."""

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.appraisal.filters.annual import AnnualFilter, annual_of
from cadre_app.appraisal.models import AnnualAssessment, AnnualState
from cadre_app.appraisal.models.choices import STATE_MARKS
from cadre_app.core.tables import PAGING, Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "appraisal.annual"


@dataclass(frozen=True)
class StateChip:
    """One state with its number; `query` is the address of these rows."""

    label: str
    count: int
    query: str
    is_on: bool


def annual_table(request: HttpRequest, user: "User", *, at_desk: bool = True) -> tuple[Table[Any], AnnualFilter]:
    """The assessments that `request` asks for, with the filter they went through; a page off the desk says less of them."""
    found = annual_of(user, request.GET)
    empty = Empty(
        _("No annual assessment yet."), _("Staff open the assessment of a year; then everybody has a row here.")
    )
    rows = found.qs.select_related("trainee__person", "trainee__home_unit", "quota__unit")
    table: Table[Any] = Table(
        request,
        rows,
        columns(at_desk=at_desk),
        name="annual",
        empty=empty,
        default_sort="name",
        export_kind=EXPORT,
        keyset=True,
    )
    return table, found


def exported_annual(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters: its values for the workbook, its cells for reports that open anywhere.

    Raises ValidationError for a condition that is none.
    """
    table, found = annual_table(asked(query), user, at_desk=False)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def state_chips(user: "User", query: QueryDict) -> list[StateChip]:
    """States without rows are left out; one query."""
    rows = annual_of(user, _without(query)).qs.order_by()
    counts = rows.aggregate(**{key: Count("pk", filter=Q(state=key)) for key in AnnualState.values})
    chosen, found = query.get("state", ""), []
    for key, label in AnnualState.choices:
        if counts[key]:
            asked_for = _without(query)
            asked_for["state"] = key
            found.append(StateChip(str(label), counts[key], asked_for.urlencode(), key == chosen))
    return found


def state_label(one: AnnualAssessment) -> str:
    return str(AnnualState(one.state).label)


def state_mark(one: AnnualAssessment) -> SafeString:
    return SafeString(status(STATE_MARKS[AnnualState(one.state)], state_label(one)))


def _without(query: QueryDict) -> QueryDict:
    found = query.copy()
    for name in ("state", *PAGING):
        found.pop(name, None)
    return found


def _name(one: AnnualAssessment) -> SafeString:
    url = reverse("appraisal:annual_detail", kwargs={"pk": one.pk})
    return format_html('<a class="nm" href="{}">{}</a>', url, one.trainee.person.name)


def _outcome(one: AnnualAssessment, *, at_desk: bool = True) -> SafeString:
    return format_html('<span class="wrap">{}</span>', one.outcome_told(at_desk=at_desk) or "—")


def columns(*, at_desk: bool) -> tuple[Column[Any], ...]:
    """Those of the list, as a desk or a phone shows them."""
    if at_desk:
        return ANNUAL
    told = partial(_outcome, at_desk=False)
    return tuple(replace(one, html=told) if one.key == "outcome" else one for one in ANNUAL)


ANNUAL: tuple[Column[Any], ...] = (
    Column("name", gettext_lazy("Full name"), lambda one: one.trainee.person.name, html=_name,
           sort=("trainee__stroke_key", "year")),
    Column("year", gettext_lazy("Year"), lambda one: one.year, sort=("year", "trainee__stroke_key")),
    Column("unit", gettext_lazy("Unit"), lambda one: one.trainee.home_unit.name),
    Column("by", gettext_lazy("Assessed by"), lambda one: one.quota.unit.name, shown=False),
    Column("status", gettext_lazy("Personnel status"), lambda one: one.get_status_display()),
    Column("outcome", pgettext_lazy("column", "Grade or case"), lambda one: one.outcome_label, html=_outcome),
    Column("state", gettext_lazy("State"), state_label, html=state_mark),
    Column("confirmed_on", gettext_lazy("Signed off on"), lambda one: one.confirmed_on, sort=("confirmed_on",)),
    Column("filed_on", gettext_lazy("Filed on"), lambda one: one.filed_on, shown=False),
    Column("signed_on", pgettext_lazy("annual assessment", "Signed by the person on"), lambda one: one.signed_on),
    Column("filing", gettext_lazy("Number of the filing"), lambda one: one.filing_number, shown=False),
)  # fmt: skip
