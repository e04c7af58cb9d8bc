"""What the list of evaluations can be narrowed to."""

from typing import TYPE_CHECKING

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.widgets import DayInput
from cadre_app.evaluation.models import Campaign, CampaignState, Subject, Way
from cadre_app.org.models import Unit
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Campaigns = QuerySet[Campaign]
LONGEST_TYPED = 40
VOIDED = "voided"
STATES = [*CampaignState.choices, (VOIDED, _("Voided"))]


class CampaignFilter(django_filters.FilterSet):  # type: ignore[misc]
    """A name, state, way, unit of the place, and the days of the last day."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    state = django_filters.ChoiceFilter(choices=STATES, method="by_state", label=_("State"))
    way = django_filters.ChoiceFilter(choices=Way.choices, label=_("Way of filling in"))
    unit = UnitFilter(path="unit__path", label=pgettext_lazy("evaluation", "Place"))
    since = django_filters.DateFilter(field_name="closes_on", lookup_expr="gte", label=_("From"), widget=DayInput)
    until = django_filters.DateFilter(field_name="closes_on", lookup_expr="lte", label=_("Until"), widget=DayInput)
    counted_since = django_filters.DateFilter(
        field_name="settled_on", lookup_expr="gte", label=_("Counted from"), widget=DayInput
    )
    counted_until = django_filters.DateFilter(
        field_name="settled_on", lookup_expr="lte", label=_("Counted until"), widget=DayInput
    )

    class Meta:
        model = Campaign
        fields: list[str] = []

    def by_name(self, queryset: Campaigns, name: str, value: str) -> Campaigns:
        seen = Subject.objects.standing().overseen_by(self.user).filter(name_matches(value, "trainee__person"))
        return queryset.filter(pk__in=seen.order_by().values("campaign"))

    def by_state(self, queryset: Campaigns, name: str, value: str) -> Campaigns:
        return queryset if value == VOIDED else queryset.filter(state=value)


def campaigns_of(user: "User", data: "QueryDict") -> CampaignFilter:
    """Evaluations of the own scope, as these URL parameters narrow them; voided ones only where asked for."""
    rows = Campaign.objects.visible_to(user)
    is_voided = data.get("state") == VOIDED
    found = CampaignFilter(data, queryset=rows.exclude(voided_at=None) if is_voided else rows.standing())
    found.user = user
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    return found
