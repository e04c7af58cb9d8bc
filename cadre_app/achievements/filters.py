"""What the list of achievements can be narrowed to."""

from typing import TYPE_CHECKING

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cadre_app.achievements.models import Achievement, AchievementState
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit
from cadre_app.people.filters.units import FilesUnitFilter, OfADay
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Rows = QuerySet[Achievement]
LONGEST_TYPED = 40
VOIDED = "voided"
STATES = [choice for choice in AchievementState.choices if choice[0] != AchievementState.DRAFT]


class AchievementFilter(OfADay):
    """Name, keyword, unit, state, the period that it touches, and when the department verified it."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    text = django_filters.CharFilter(method="by_text", label=_("Keyword"), max_length=LONGEST_TYPED)
    unit = FilesUnitFilter(label=_("Unit"))
    state = django_filters.ChoiceFilter(
        choices=[*STATES, (VOIDED, _("Voided"))], method="by_state", label=_("State"), empty_label=_("Not voided")
    )
    since = django_filters.DateFilter(field_name="ended_on", lookup_expr="gte", label=_("From"), widget=DayInput)
    until = django_filters.DateFilter(field_name="started_on", lookup_expr="lte", label=_("Until"), widget=DayInput)
    verified_since = django_filters.DateFilter(
        field_name="verified_on", lookup_expr="gte", label=_("Verified from"), widget=DayInput
    )
    verified_until = django_filters.DateFilter(
        field_name="verified_on", lookup_expr="lte", label=_("Verified until"), widget=DayInput
    )

    class Meta:
        model = Achievement
        fields: list[str] = []

    def by_name(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_text(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(text_matches(value))

    def by_state(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset if value == VOIDED else queryset.filter(state=value)


def text_matches(value: str) -> Q:
    """Entries that name the word: in the title, what was done, the result, the part."""
    text = value.strip()
    words = ("title", "role", "done", "result")
    found = Q()
    for name in words:
        found |= Q(**{f"{name}__icontains": text})
    return found


def achievements_of(user: "User", data: "QueryDict") -> AchievementFilter:
    """What was submitted in the scope of a business role, as these URL parameters narrow it; page and export alike."""
    rows = Achievement.objects.overseen_by(user).filter(voided_at__isnull=data.get("state") != VOIDED)
    found = AchievementFilter(data, queryset=rows)
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    return found
