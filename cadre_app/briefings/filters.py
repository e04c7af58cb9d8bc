"""What the list of briefings can be narrowed to."""

from typing import TYPE_CHECKING

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.filters import UnitFilter
from cadre_app.briefings.models import WORKERS, Briefing, BriefingState
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Briefings = QuerySet[Briefing]
VOIDED = "voided"
STATES = [*BriefingState.choices, (VOIDED, _("Voided"))]


class BriefingFilter(django_filters.FilterSet):  # type: ignore[misc]
    """State, unit, and the days of the last day."""

    state = django_filters.ChoiceFilter(choices=STATES, method="by_state", label=_("State"))
    unit = UnitFilter(path="unit__path", label=_("Unit"))
    since = django_filters.DateFilter(field_name="as_of", lookup_expr="gte", label=_("From"), widget=DayInput)
    until = django_filters.DateFilter(field_name="as_of", lookup_expr="lte", label=_("Until"), widget=DayInput)

    class Meta:
        model = Briefing
        fields: list[str] = []

    def by_state(self, queryset: Briefings, name: str, value: str) -> Briefings:
        return queryset if value == VOIDED else queryset.filter(state=value)


def briefings_of(user: "User", data: "QueryDict") -> BriefingFilter:
    """Briefings of the own units, as these URL parameters narrow them; voided ones only where asked for."""
    rows = Briefing.objects.visible_to(user)
    is_voided = data.get("state") == VOIDED
    found = BriefingFilter(data, queryset=rows.exclude(voided_at=None) if is_voided else rows.standing())
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*WORKERS))
    return found
