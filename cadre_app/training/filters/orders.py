"""What the list of orders can be narrowed to."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.people.writing.names import name_matches
from cadre_app.stages.labels import parse
from cadre_app.stages.sql import in_stage
from cadre_app.training.filters.demand import STAGES
from cadre_app.training.models import CourseKind, Order, OrderRound, OrderState

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Orders = QuerySet[Any]

LONGEST_TYPED = 40
DEMANDED = "demanded"
COURSE, WISH = "course", "wish"
WHAT = ((COURSE, gettext_lazy("Courses of the catalogue")), (WISH, gettext_lazy("Wishes in own words")))
RELATED = ("trainee__person", "trainee__home_unit", "course", "round")


def rounds(request: Any) -> "QuerySet[OrderRound]":
    return OrderRound.objects.standing()


class OrderFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, round, kind, course or wish, text, state, unit and stage."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("Full name"), max_length=LONGEST_TYPED)
    text = django_filters.CharFilter(method="by_text", label=gettext_lazy("Course or wish"), max_length=LONGEST_TYPED)
    round = django_filters.ModelChoiceFilter(queryset=rounds, label=gettext_lazy("Order round"))
    state = django_filters.ChoiceFilter(
        choices=[(DEMANDED, gettext_lazy("Without a place")), *OrderState.choices],
        method="by_state",
        label=gettext_lazy("State"),
    )
    kind = django_filters.ChoiceFilter(choices=CourseKind.choices, label=gettext_lazy("Kind of course"))
    what = django_filters.ChoiceFilter(
        choices=WHAT, method="by_what", label=pgettext_lazy("order", "What is ordered"), empty_label=gettext_lazy("All")
    )
    unit = UnitFilter(path="trainee__home_unit__path", label=gettext_lazy("Unit"))
    stage = django_filters.ChoiceFilter(choices=STAGES, method="by_stage", label=gettext_lazy("Stage"))

    class Meta:
        model = Order
        fields: list[str] = []

    def by_name(self, queryset: Orders, name: str, value: str) -> Orders:
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_text(self, queryset: Orders, name: str, value: str) -> Orders:
        text = value.strip()
        return queryset.filter(Q(course__title__icontains=text) | Q(wish__icontains=text))

    def by_state(self, queryset: Orders, name: str, value: str) -> Orders:
        return queryset.demanded() if value == DEMANDED else queryset.filter(state=value)  # type: ignore[attr-defined]

    def by_what(self, queryset: Orders, name: str, value: str) -> Orders:
        return queryset.filter(course__isnull=value == WISH)

    def by_stage(self, queryset: Orders, name: str, value: str) -> Orders:
        stage, grade = parse(value)
        return queryset.filter(in_stage(stage, grade, day=timezone.localdate(), prefix="trainee__"))


def filtered_orders(data: QueryDict, *, user: "User") -> OrderFilter:
    """The orders over the units of `user`, as these URL parameters narrow them; page, export and print alike."""
    rows: Any = Order.objects.visible_to(user).standing().filter(trainee__voided_at=None)
    rows = rows.exclude(trainee__person__account=user).select_related(*RELATED)
    found = OrderFilter(data, queryset=rows)
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    return found
