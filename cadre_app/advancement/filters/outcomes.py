"""What the outcome register can be narrowed to."""

from typing import TYPE_CHECKING

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.advancement.models import Outcome, OutcomeKind, OutcomeState
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit
from cadre_app.people.filters.units import FilesUnitFilter, OfADay
from cadre_app.people.models import of_scope
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Outcomes = QuerySet[Outcome]
LONGEST_TYPED = 40
VOIDED = "voided"


class OutcomeFilter(OfADay):
    """Name, state, kind, unit, and the period of the announcement."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    state = django_filters.ChoiceFilter(
        choices=[*OutcomeState.choices, (VOIDED, _("Voided"))], method="by_state", label=_("State")
    )
    kind = django_filters.ChoiceFilter(choices=OutcomeKind.choices, label=pgettext_lazy("outcome", "Kind"))
    unit = FilesUnitFilter(label=_("Unit"))
    since = django_filters.DateFilter(
        field_name="published_on", lookup_expr="gte", label=_("Announced from"), widget=DayInput
    )
    until = django_filters.DateFilter(
        field_name="published_on", lookup_expr="lte", label=_("Announced until"), widget=DayInput
    )

    class Meta:
        model = Outcome
        fields: list[str] = []

    @property
    def qs(self) -> Outcomes:
        """Standing ones, unless voided ones are asked for."""
        rows: Outcomes = super().qs
        wanted = self.form.cleaned_data.get("state") if self.is_bound and self.form.is_valid() else ""
        return rows if wanted == VOIDED else rows.filter(voided_at=None)

    def by_name(self, queryset: Outcomes, name: str, value: str) -> Outcomes:
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_state(self, queryset: Outcomes, name: str, value: str) -> Outcomes:
        return queryset.exclude(voided_at=None) if value == VOIDED else queryset.filter(state=value)


def outcomes_of(user: "User", data: "QueryDict") -> OutcomeFilter:
    """Outcomes in the scope of a business role, as these URL parameters narrow them."""
    rows = Outcome.objects.visible_to(user).filter(
        of_scope(user, *BUSINESS_ROLES, prefix="trainee__"), trainee__voided_at=None
    )
    found = OutcomeFilter(data, queryset=rows)
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    return found


def new_units(user: "User", present: Unit | None = None) -> "QuerySet[Unit]":
    """Units in which a new post can be, of one's own scope; a present one stays."""
    units = Unit.objects.standing()
    mine = units.within(user.unit_ranges(Role.STAFF))
    return mine if present is None else units.filter(pk__in=[present.pk]) | mine
