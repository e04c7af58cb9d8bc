"""What the lists of symposiums and visits, and of people for them, can be narrowed to; never by a restricted text."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.care import permissions
from cadre_app.care.filters import LONGEST_TYPED, NAME, VOIDED, AccountFilter, MonthFilter, workers_in_scope
from cadre_app.care.models import CareVisit, Symposium, SymposiumKind, SymposiumState, VisitState
from cadre_app.care.models.meeting_choices import COMING, TOOK_PLACE
from cadre_app.care.models.plans import WORKERS
from cadre_app.care.models.visits import OCCASIONS
from cadre_app.core.filtering import OpeningChoiceFilter
from cadre_app.core.typed import narrow
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit
from cadre_app.people.models import Kind, Trainee
from cadre_app.people.writing.names import name_matches
from cadre_app.policy import codes
from cadre_app.stages.labels import STAGE_CHOICES, parse
from cadre_app.stages.rules import StageKey
from cadre_app.stages.sql import in_stage

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

GROUPS = [choice for choice in STAGE_CHOICES if choice[0] not in (StageKey.NOT_ARRIVED, StageKey.LEFT)]
EVERYTHING = _("Everything")
NOT_VOIDED = _("Not voided")


class SymposiumFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Text, month, state, kind, unit, what is to be recorded, and the days between which it was."""

    LATE, HELD = "late", "all_held"

    q = django_filters.CharFilter(method="by_text", label=_("Title or place"), max_length=LONGEST_TYPED)
    month = MonthFilter(field_name="day", label=_("Month"))
    state = django_filters.ChoiceFilter(
        choices=[*SymposiumState.choices, (HELD, _("Held, whatever followed")), (VOIDED, _("Voided"))],
        method="by_state",
        label=_("State"),
        empty_label=NOT_VOIDED,
    )
    kind = django_filters.ChoiceFilter(choices=SymposiumKind.choices, label=pgettext_lazy("symposium", "Kind"))
    unit = UnitFilter(path="unit__path", label=pgettext_lazy("symposium", "Held by"))
    case = django_filters.ChoiceFilter(
        choices=((LATE, _("To be recorded")),), method="by_case", label=_("To look at"), empty_label=EVERYTHING
    )
    since = django_filters.DateFilter(field_name="day", lookup_expr="gte", label=_("From"), widget=DayInput)
    until = django_filters.DateFilter(field_name="day", lookup_expr="lte", label=_("Until"), widget=DayInput)

    class Meta:
        model = Symposium
        fields: list[str] = []

    def by_text(self, queryset: "QuerySet[Symposium]", name: str, value: str) -> "QuerySet[Symposium]":
        text = narrow(value)
        return queryset.filter(Q(title__icontains=text) | Q(place__icontains=text))

    def by_state(self, queryset: "QuerySet[Symposium]", name: str, value: str) -> "QuerySet[Symposium]":
        if value == self.HELD:
            return queryset.filter(state__in=TOOK_PLACE)
        return queryset if value == VOIDED else queryset.filter(state=value)

    def by_case(self, queryset: "QuerySet[Symposium]", name: str, value: str) -> "QuerySet[Symposium]":
        return queryset.filter(state__in=COMING, day__lt=timezone.localdate())


class VisitFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, month, state, occasion, unit, visitor, and what is late."""

    LATE, MINE = "late", "mine"

    q = django_filters.CharFilter(method="by_name", label=NAME, max_length=LONGEST_TYPED)
    month = MonthFilter(field_name="planned_on", label=_("Month"))
    state = django_filters.ChoiceFilter(
        choices=[*VisitState.choices, (VOIDED, _("Voided"))],
        method="by_state",
        label=_("State"),
        empty_label=NOT_VOIDED,
    )
    occasion = django_filters.ChoiceFilter(choices=lambda: codes.choices(OCCASIONS), label=_("Occasion"))
    unit = UnitFilter(path="trainee__home_unit__path", label=_("Unit"))
    visitor = AccountFilter(label=_("Visited by"))
    case = django_filters.ChoiceFilter(
        choices=((LATE, _("Not made on the day planned")), (MINE, _("Made by me"))),
        method="by_case",
        label=_("To look at"),
        empty_label=EVERYTHING,
    )
    user: "User"

    class Meta:
        model = CareVisit
        fields: list[str] = []

    def by_name(self, queryset: "QuerySet[CareVisit]", name: str, value: str) -> "QuerySet[CareVisit]":
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_state(self, queryset: "QuerySet[CareVisit]", name: str, value: str) -> "QuerySet[CareVisit]":
        return queryset if value == VOIDED else queryset.filter(state=value)

    def by_case(self, queryset: "QuerySet[CareVisit]", name: str, value: str) -> "QuerySet[CareVisit]":
        if value == self.LATE:
            return queryset.filter(state=VisitState.PLANNED, planned_on__lt=timezone.localdate())
        return queryset.filter(visitor=self.user)


class PeopleFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, kind, year of arrival, camp grade or advanced plan, unit."""

    q = django_filters.CharFilter(method="by_name", label=NAME, max_length=LONGEST_TYPED)
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    year = django_filters.NumberFilter(
        field_name="arrival_year", label=_("Year of arrival"), min_value=1950, max_value=2200
    )
    stage = OpeningChoiceFilter(
        choices=GROUPS,
        method="by_stage",
        label=pgettext_lazy("of participants", "Grade or plan"),
        empty_label=_("Everybody in development"),
    )
    unit = UnitFilter(path="home_unit__path", label=_("Unit"))

    class Meta:
        model = Trainee
        fields: list[str] = []

    def by_name(self, queryset: "QuerySet[Trainee]", name: str, value: str) -> "QuerySet[Trainee]":
        return queryset.filter(name_matches(value, "person"))

    def by_stage(self, queryset: "QuerySet[Trainee]", name: str, value: str) -> "QuerySet[Trainee]":
        stage, grade = parse(value)
        return queryset.filter(in_stage(stage, grade, day=timezone.localdate()))


def symposiums_of(user: "User", data: "QueryDict") -> SymposiumFilter:
    """The symposiums that `user` works on, as these URL parameters narrow them; page and export alike."""
    rows = Symposium.objects.worked_on(user).without_texts().select_related("unit")
    found = SymposiumFilter(data, queryset=rows.filter(voided_at__isnull=data.get("state") != VOIDED))
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*WORKERS))
    return found


def visits_of(user: "User", data: "QueryDict") -> VisitFilter:
    """The visits that `user` works on, as these URL parameters narrow them; page and export alike."""
    rows = CareVisit.objects.worked_on(user).without_texts().filter(trainee__voided_at=None)
    rows = rows.filter(voided_at__isnull=data.get("state") != VOIDED)
    found = VisitFilter(data, queryset=rows.select_related("trainee__person", "trainee__home_unit", "visitor"))
    found.user = user
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*WORKERS))
    found.form.fields["visitor"].queryset = workers_in_scope(user)
    return found


def people_of(user: "User", data: "QueryDict", symposium: Symposium | None = None) -> PeopleFilter:
    """Whom `user` may visit, or put on the list of `symposium`, as these URL parameters narrow them."""
    found = PeopleFilter(data, queryset=people(user, symposium))
    found.form.fields["unit"].queryset = permissions.units_of_planning(user)
    return found


def people(user: "User", symposium: Symposium | None = None) -> "QuerySet[Trainee]":
    """Everybody in development in the scope of staff; for a symposium those of its unit who are not on its list yet."""
    files: Any = permissions.files_of_planning(user)
    if symposium is not None:
        unit = symposium.unit
        files = files.filter(home_unit__path__gte=unit.range.start, home_unit__path__lt=unit.range.end)
        files = files.exclude(pk__in=symposium.invitations.standing().values("trainee"))
    found: QuerySet[Trainee] = files.select_related("person", "home_unit")
    return found
