"""What the list of a camp and the list of induction training can be narrowed to."""

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.people.filters.units import AsOfFilter, FilesUnitFilter, OfADay
from cadre_app.people.writing.names import name_matches
from cadre_app.stages.labels import GRADE_LABELS
from cadre_app.training.models import CampMember

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

LONGEST_TYPED = 40


class MemberState:
    PRESENT, LATE, PAUSED, LEFT = "present", "late", "paused", "left"
    CHOICES = (
        (PRESENT, pgettext_lazy("camp", "In the camp")),
        (LATE, pgettext_lazy("camp", "Joined late")),
        (PAUSED, pgettext_lazy("camp", "On leave")),
        (LEFT, pgettext_lazy("camp", "Left the camp")),
    )
    CONDITIONS: dict[str, Q]


MemberState.CONDITIONS = {
    MemberState.PRESENT: Q(left_on=None),
    MemberState.LATE: Q(is_late=True),
    MemberState.PAUSED: Q(left_on=None) & ~Q(paused_reason=""),
    MemberState.LEFT: Q(left_on__isnull=False),
}


def present_on(day: date) -> Q:
    """In the camp on a day."""
    return (Q(left_on=None) | Q(left_on__gt=day)) & Q(joined_on__lte=day)


class MemberFilter(OfADay):
    """Name, unit, grade and state."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    unit = FilesUnitFilter(label=_("Unit"))
    grade = django_filters.ChoiceFilter(
        choices=[(str(grade), label) for grade, label in GRADE_LABELS.items()],
        label=pgettext_lazy("camp", "Grade"),
    )
    state = django_filters.ChoiceFilter(choices=MemberState.CHOICES, method="by_state", label=_("State"))
    as_of = AsOfFilter(label=_("As it stood on"))

    class Meta:
        model = CampMember
        fields: list[str] = []

    def by_name(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_state(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        if value == MemberState.PRESENT and self.day < timezone.localdate():
            return queryset.filter(present_on(self.day))
        return queryset.filter(MemberState.CONDITIONS[value])


def filtered_members(data: "QueryDict", *, user: "User", rows: "QuerySet[CampMember]") -> MemberFilter:
    """`rows` as these URL parameters narrow them; page and export alike."""
    found = MemberFilter(data, queryset=rows)
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    return found
