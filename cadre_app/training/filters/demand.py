"""What the demand board can be narrowed to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.stages.labels import STAGE_CHOICES, parse
from cadre_app.stages.rules import StageKey
from cadre_app.stages.sql import in_stage
from cadre_app.training.lists.demand import POSTS, KindGroups, demanded_by_others, groups_of, with_posts
from cadre_app.training.models import CourseFormat, CourseKind, Order
from cadre_app.training.permissions.rooms import oversees

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Orders = QuerySet[Any]

STAGES = [choice for choice in STAGE_CHOICES if choice[0] not in (StageKey.NOT_ARRIVED, StageKey.LEFT)]


class DemandFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Kind, format, stage, where somebody works, unit; and only groups that are large enough."""

    kind = django_filters.ChoiceFilter(
        choices=CourseKind.choices, method="by_kind", label=gettext_lazy("Kind of course")
    )
    format = django_filters.ChoiceFilter(
        field_name="course__format", choices=CourseFormat.choices, label=gettext_lazy("Format")
    )
    stage = django_filters.ChoiceFilter(choices=STAGES, method="by_stage", label=gettext_lazy("Stage"))
    post = django_filters.ChoiceFilter(
        choices=list(POSTS.items()),
        field_name="at",
        label=pgettext_lazy("demand", "Post"),
        empty_label=gettext_lazy("All posts"),
    )
    unit = UnitFilter(path="trainee__home_unit__path", label=gettext_lazy("Unit"))
    ready = django_filters.BooleanFilter(
        method="by_ready", widget=forms.CheckboxInput, label=gettext_lazy("Only what can be opened")
    )

    class Meta:
        model = Order
        fields: list[str] = []

    def by_kind(self, queryset: Orders, name: str, value: str) -> Orders:
        return queryset.filter(Q(course__kind=value) | Q(course=None, kind=value))

    def by_stage(self, queryset: Orders, name: str, value: str) -> Orders:
        stage, grade = parse(value)
        return queryset.filter(in_stage(stage, grade, day=timezone.localdate(), prefix="trainee__"))

    def by_ready(self, queryset: Orders, name: str, value: bool) -> Orders:
        """Done by `groups_asked`: it is a matter of groups."""
        return queryset


@dataclass(frozen=True)
class Asked:
    """The groups that URL parameters ask for, and their filter."""

    kinds: list[KindGroups]
    filter: DemandFilter

    @property
    def groups(self) -> int:
        return sum(len(kind.groups) for kind in self.kinds)

    @property
    def people(self) -> int:
        return sum(kind.people for kind in self.kinds)


def demand_filter(data: QueryDict, *, user: "User") -> DemandFilter:
    """The orders that wait, as these URL parameters narrow them; teachers ask neither for units nor for stages."""
    orders = with_posts(demanded_by_others(user), timezone.localdate())
    found = DemandFilter(data, queryset=orders)
    if oversees(user):
        found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    else:
        for name in ("unit", "stage"):
            del found.form.fields[name]
    return found


def groups_asked(data: QueryDict, *, user: "User", forgiving: bool = False) -> Asked:
    """Page, print and export alike.

    Raises ValidationError where a parameter names nothing that can be chosen, unless `forgiving`.
    """
    found = demand_filter(data, user=user)
    if not found.is_valid() and not forgiving:
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    ready = bool(found.form.cleaned_data.get("ready")) if found.is_valid() else False
    return Asked(groups_of(found.qs, timezone.localdate(), ready_only=ready), found)
