"""What the list of leave and the sum of days can be narrowed to."""

from datetime import date
from typing import TYPE_CHECKING

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.assignments.models import Leave, LeaveKind, LeaveStage
from cadre_app.assignments.scope import year_choices
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee, of_scope
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Leaves = QuerySet[Leave]
LONGEST_TYPED = 40
FIRST_YEAR = 2016


class LeaveFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, stage, kind, unit, and the year or the days that a leave touches."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    stage = django_filters.ChoiceFilter(choices=LeaveStage.choices, method="by_stage", label=_("State"))
    kind = django_filters.ChoiceFilter(choices=LeaveKind.choices, label=pgettext_lazy("leave", "Kind"))
    unit = UnitFilter(path="trainee__home_unit__path", label=_("Unit"))
    year = django_filters.ChoiceFilter(choices=(), method="by_year", label=_("Year"), empty_label=_("All"))
    since = django_filters.DateFilter(method="by_since", label=_("From"), widget=DayInput)
    until = django_filters.DateFilter(field_name="started_on", lookup_expr="lte", label=_("Until"), widget=DayInput)

    class Meta:
        model = Leave
        fields: list[str] = []

    def by_name(self, queryset: Leaves, name: str, value: str) -> Leaves:
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_stage(self, queryset: Leaves, name: str, value: str) -> Leaves:
        return queryset.in_stage(value, timezone.localdate())  # type: ignore[attr-defined,no-any-return]

    def by_year(self, queryset: Leaves, name: str, value: str) -> Leaves:
        first, last = date(int(value), 1, 1), date(int(value), 12, 31)
        return self.by_since(queryset, name, first).filter(started_on__lte=last)

    def by_since(self, queryset: Leaves, name: str, value: date) -> Leaves:
        return queryset.filter(Q(ended_on__gte=value) | Q(ended_on=None, due_on__gte=value))


class DaysFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, unit and year."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    unit = UnitFilter(path="home_unit__path", label=_("Unit"))
    year = django_filters.ChoiceFilter(choices=(), method="by_year", label=_("Year"), empty_label=None)

    class Meta:
        model = Trainee
        fields: list[str] = []

    def by_name(self, queryset: "QuerySet[Trainee]", name: str, value: str) -> "QuerySet[Trainee]":
        return queryset.filter(name_matches(value, "person"))

    def by_year(self, queryset: "QuerySet[Trainee]", name: str, value: str) -> "QuerySet[Trainee]":
        """The year chooses what is added up, not who is listed."""
        return queryset


def leaves_of(user: "User", data: "QueryDict") -> LeaveFilter:
    """Standing leave in the scope of a business role, as these URL parameters narrow it."""
    rows = Leave.objects.visible_to(user).standing().filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__"))
    found = LeaveFilter(data, queryset=rows)
    found.form.fields["unit"].queryset = _units(user)
    found.form.fields["year"].choices = [("", _("All")), *year_choices(timezone.localdate())]
    return found


def files_of(user: "User", data: "QueryDict") -> DaysFilter:
    """Files in the scope of a business role, as these URL parameters narrow them."""
    found = DaysFilter(data, queryset=Trainee.objects.in_scope(user, *BUSINESS_ROLES).in_development())
    found.form.fields["unit"].queryset = _units(user)
    this = timezone.localdate().year
    found.form.fields["year"].choices = [(str(year), str(year)) for year in range(this, FIRST_YEAR - 1, -1)]
    return found


def year_of(data: "QueryDict") -> int:
    """The year that was chosen, this one by default."""
    this = timezone.localdate().year
    known = {str(year): year for year in range(FIRST_YEAR, this + 1)}
    return known.get(data.get("year", ""), this)


def _units(user: "User") -> "QuerySet[Unit]":
    return Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
