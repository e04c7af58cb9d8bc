"""What the board and the list of reports, and the prizes, can be narrowed to."""

from datetime import date
from typing import TYPE_CHECKING

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.assignments.figures.research import ALIVE
from cadre_app.assignments.models import (
    PrizeLevel,
    PrizeRank,
    ProjectKind,
    ProjectState,
    ResearchCall,
    ResearchMember,
    ResearchPrize,
    ResearchProject,
)
from cadre_app.assignments.models.research import overseen
from cadre_app.assignments.scope import VOIDED
from cadre_app.core.roles import Role
from cadre_app.core.typed import narrow
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit
from cadre_app.people import conditions
from cadre_app.people.filters.units import OfADay
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Projects = QuerySet[ResearchProject]
Prizes = QuerySet[ResearchPrize]
LONGEST_TYPED = 40
LAST_DAY = date(9998, 12, 31)
TOP = "top"


def of_unit(unit: Unit, day: date) -> Q:
    """Projects with a member who was of `unit` or of one below it on a day; a village also has those who serve there."""
    files = conditions.of_unit(Trainee.objects.order_by(), unit, day)
    members = ResearchMember.objects.standing().filter(trainee__in=files.values("pk"))
    return Q(pk__in=members.values("project"))


class ProjectFilter(OfADay):
    """Topic or name, call, direction, kind, stage, unit of a member, and the days of the first version."""

    q = django_filters.CharFilter(method="by_text", label=_("Topic or name"), max_length=LONGEST_TYPED)
    call = django_filters.ModelChoiceFilter(
        queryset=ResearchCall.objects.none(), label=pgettext_lazy("research", "Call")
    )
    direction = django_filters.ChoiceFilter(label=_("Direction"), choices=())
    kind = django_filters.ChoiceFilter(choices=ProjectKind.choices, label=pgettext_lazy("research", "Kind"))
    state = django_filters.ChoiceFilter(
        choices=[
            *ProjectState.choices,
            (ALIVE, pgettext_lazy("research", "All that were not dropped")),
            (VOIDED, _("Voided")),
        ],
        method="by_state",
        label=pgettext_lazy("research", "Stage"),
        empty_label=_("Not voided"),
    )
    unit = UnitFilter(method="by_unit", label=_("Unit"))
    handed_since = django_filters.DateFilter(method="by_first_day", label=_("Report handed in from"), widget=DayInput)
    handed_until = django_filters.DateFilter(method="by_last_day", label=_("Report handed in until"), widget=DayInput)

    class Meta:
        model = ResearchProject
        fields: list[str] = []

    def by_text(self, queryset: Projects, name: str, value: str) -> Projects:
        text = narrow(value)
        named = ResearchMember.objects.standing().filter(trainee__person__name__icontains=text)
        return queryset.filter(Q(title__icontains=text) | Q(pk__in=named.values("project")))

    def by_state(self, queryset: Projects, name: str, value: str) -> Projects:
        if value == ALIVE:
            return queryset.exclude(state=ProjectState.DROPPED)
        return queryset if value == VOIDED else queryset.filter(state=value)

    def by_unit(self, queryset: Projects, name: str, value: Unit | None) -> Projects:
        return queryset if value is None else queryset.filter(of_unit(value, self.day))

    def by_first_day(self, queryset: Projects, name: str, value: date) -> Projects:
        return queryset.filter(pk__in=ResearchProject.objects.order_by().handed_in_from(value).values("pk"))

    def by_last_day(self, queryset: Projects, name: str, value: date) -> Projects:
        last = min(value, LAST_DAY)
        return queryset.filter(pk__in=ResearchProject.objects.order_by().handed_in_until(last).values("pk"))


class PrizeFilter(OfADay):
    """Level, rank (first and second together), unit of a member, period."""

    level = django_filters.ChoiceFilter(choices=PrizeLevel.choices, label=pgettext_lazy("research prize", "Level"))
    rank = django_filters.ChoiceFilter(
        choices=[(TOP, _("First and second prizes")), *PrizeRank.choices],
        method="by_rank",
        label=pgettext_lazy("research prize", "Prize"),
    )
    unit = UnitFilter(method="by_unit", label=_("Unit"))
    since = django_filters.DateFilter(field_name="awarded_on", lookup_expr="gte", label=_("From"), widget=DayInput)
    until = django_filters.DateFilter(field_name="awarded_on", lookup_expr="lte", label=_("Until"), widget=DayInput)

    class Meta:
        model = ResearchPrize
        fields: list[str] = []

    def by_rank(self, queryset: Prizes, name: str, value: str) -> Prizes:
        return queryset.filter(rank__in=(PrizeRank.FIRST, PrizeRank.SECOND) if value == TOP else (value,))

    def by_unit(self, queryset: Prizes, name: str, value: Unit | None) -> Prizes:
        if value is None:
            return queryset
        return queryset.filter(project__in=ResearchProject.objects.filter(of_unit(value, self.day)).values("pk"))


def projects_of(user: "User", data: "QueryDict") -> ProjectFilter:
    """The projects that staff and leaders follow, as these URL parameters narrow them; for page and workbook."""
    found = ProjectFilter(data, queryset=_followed(user, voided=data.get("state") == VOIDED))
    calls = ResearchCall.objects.visible_to(user).standing()
    names = dict.fromkeys(name for call in calls for name in call.directions)
    found.form.fields["call"].queryset = calls
    found.form.fields["direction"].choices = [("", _("Any")), *((name, name) for name in names)]
    found.form.fields["unit"].queryset = units_of(user)
    return found


def _followed(user: "User", *, voided: bool) -> Projects:
    """Standing ones; or those that were voided, of which one knows from above alone."""
    rows = ResearchProject.objects.visible_to(user)
    if not voided:
        return rows.standing()
    return rows.exclude(voided_at=None).filter(pk__in=overseen(user).values("project"))


def prizes_of(user: "User", data: "QueryDict") -> PrizeFilter:
    """The prizes that staff and leaders follow."""
    found = PrizeFilter(data, queryset=ResearchPrize.objects.visible_to(user).standing())
    found.form.fields["unit"].queryset = units_of(user)
    return found


def units_of(user: "User") -> "QuerySet[Unit]":
    return Unit.objects.standing().within(user.unit_ranges(Role.STAFF, Role.LEADER))
