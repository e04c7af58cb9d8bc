"""The list of those before their first grading, with how their induction training stands."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee
from cadre_app.people.writing.names import name_matches
from cadre_app.training.induction import before_grading, is_done, with_induction

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "training.induction"
LONGEST_TYPED = 40


class State:
    MISSING, LATE, DONE = "missing", "late", "done"
    CHOICES = (
        (MISSING, pgettext_lazy("induction", "Not completed")),
        (LATE, pgettext_lazy("induction", "Not completed, reminder due")),
        (DONE, pgettext_lazy("induction", "Completed")),
    )


class InductionFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, unit, state, and the end of probation."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("Full name"), max_length=LONGEST_TYPED)
    unit = UnitFilter(path="home_unit__path", label=gettext_lazy("Unit"))
    state = django_filters.ChoiceFilter(choices=State.CHOICES, method="by_state", label=gettext_lazy("State"))

    class Meta:
        model = Trainee
        fields: list[str] = []

    def by_name(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return queryset.filter(name_matches(value, "person"))

    def by_state(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        if value == State.DONE:
            return queryset.filter(is_done())
        late = Q(ask_on__lte=timezone.localdate()) if value == State.LATE else Q()
        return queryset.filter(late, ~is_done())


def induction_table(request: HttpRequest, user: "User") -> tuple[Table[Trainee], InductionFilter]:
    """Everybody in scope before the first grading, the earliest arrival first."""
    rows = before_grading(timezone.localdate()).in_scope(user, *BUSINESS_ROLES).select_related("person", "home_unit")
    found = InductionFilter(request.GET, queryset=with_induction(rows))
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    empty = Empty(
        gettext_lazy("Nobody is before the first grading."),
        gettext_lazy("Whoever reported for duty within two years and has no rank yet stands here."),
    )
    table: Table[Trainee] = Table(
        request, found.qs, COLUMNS, name="induction", empty=empty, default_sort="arrived_on", export_kind=EXPORT, keyset=True
    )  # fmt: skip
    return table, found


def exported_induction(user: "User", query: QueryDict) -> Table[Trainee]:
    table, found = induction_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def _state(row: Any, today: date | None = None) -> tuple[str, str]:
    """The mark and its word."""
    today = today or timezone.localdate()
    if row.done_on is not None:
        return "ok", _("completed on %(day)s") % {"day": formats.date_format(row.done_on)}
    if row.untested_on is not None:
        return "wait", _("attended until %(day)s, result to be recorded") % {
            "day": formats.date_format(row.untested_on)
        }
    if row.coming_on is not None:
        return "wait", _("has a place from %(day)s on") % {"day": formats.date_format(row.coming_on)}
    if row.ask_on <= today:
        return "over", _("missing since %(day)s") % {"day": formats.date_format(row.ask_on)}
    near = row.ask_on <= today + timedelta(days=30)
    return "soon" if near else "none", _("to be completed by %(day)s") % {"day": formats.date_format(row.ask_on)}


def _person(row: Trainee) -> SafeString:
    url = reverse("growth:file", kwargs={"pk": row.pk})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, row.person.name)


COLUMNS: tuple[Column[Any], ...] = (
    Column("name", gettext_lazy("Full name"), lambda row: row.person.name, html=_person),
    Column("unit", gettext_lazy("Unit"), lambda row: row.home_unit.name),
    Column("arrived_on", gettext_lazy("Reported for duty on"), lambda row: row.arrived_on, sort=("arrived_on",)),
    Column(
        "probation_ends_on",
        gettext_lazy("Probation ends on"),
        lambda row: row.probation_ends_on,
        sort=("probation_ends_on",),
    ),
    Column(
        "state",
        gettext_lazy("Induction training"),
        lambda row: _state(row)[1],
        html=lambda row: SafeString(status(*_state(row))),
    ),
    Column("course", pgettext_lazy("training", "Course"), lambda row: row.done_in or ""),
)
