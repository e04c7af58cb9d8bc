"""What the list of study visits and the people to put on one can be narrowed to."""

from typing import TYPE_CHECKING

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.filtering import OpeningChoiceFilter
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.core.typed import narrow
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit
from cadre_app.people.filters.units import FilesUnitFilter, OfADay
from cadre_app.people.models import Trainee
from cadre_app.people.writing.names import name_matches
from cadre_app.stages.labels import STAGE_CHOICES, parse
from cadre_app.stages.rules import StageKey
from cadre_app.stages.sql import in_stage
from cadre_app.training.filters.mine import MineFilter, of_parts
from cadre_app.training.models import CampMember, StudyVisit, VisitRoute, VisitState
from cadre_app.training.of_unit import on_visit

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Visits = QuerySet[StudyVisit]
Trainees = QuerySet[Trainee]

LONGEST_TYPED = 40
HELD = (VisitState.HELD, VisitState.POSTED)
GROUPS = [choice for choice in STAGE_CHOICES if choice[0] not in (StageKey.NOT_ARRIVED, StageKey.LEFT)]


class ParticipantsUnitFilter(FilesUnitFilter):
    """Visits with somebody of a unit, or of one below it, on their list."""

    def filter(self, queryset: Visits, value: Unit | None) -> Visits:
        return queryset if value is None else queryset.filter(on_visit([value], self.day))


class VisitFilter(OfADay):
    """Text, state, route, unit of participants and period. Held visits are all that took place, also those whose hours are posted."""

    q = django_filters.CharFilter(method="by_text", label=_("Title, site or topic"), max_length=LONGEST_TYPED)
    state = django_filters.ChoiceFilter(choices=VisitState.choices, method="by_state", label=_("State"))
    route = django_filters.ModelChoiceFilter(queryset=VisitRoute.objects.none(), label=_("Route"))
    unit = ParticipantsUnitFilter(label=pgettext_lazy("of participants", "Unit of participants"))
    mine = MineFilter(of=on_visit)
    since = django_filters.DateFilter(field_name="visited_on", lookup_expr="gte", label=_("From"), widget=DayInput)
    until = django_filters.DateFilter(field_name="visited_on", lookup_expr="lte", label=_("Until"), widget=DayInput)

    class Meta:
        model = StudyVisit
        fields: list[str] = []

    def by_text(self, queryset: Visits, name: str, value: str) -> Visits:
        text = narrow(value)
        return queryset.filter(Q(title__icontains=text) | Q(sites__icontains=text) | Q(topic__icontains=text))

    def by_state(self, queryset: Visits, name: str, value: str) -> Visits:
        return queryset.filter(state__in=HELD if value == VisitState.HELD else (value,))


class CandidateFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, camp grade or advanced plan, unit; whoever is on leave from the camp is in none of its grades here."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
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

    def by_name(self, queryset: Trainees, name: str, value: str) -> Trainees:
        return queryset.filter(name_matches(value, "person"))

    def by_stage(self, queryset: Trainees, name: str, value: str) -> Trainees:
        stage, grade = parse(value)
        found = queryset.filter(in_stage(stage, grade, day=timezone.localdate()))
        if stage is not StageKey.CAMP:
            return found
        return found.exclude(Exists(CampMember.objects.on_leave().filter(trainee=OuterRef("pk"))))


def visits_of(user: "User", data: "QueryDict") -> VisitFilter:
    """The visits that `user` oversees, as these URL parameters narrow them; for page and workbook."""
    found = VisitFilter(data, queryset=StudyVisit.objects.visible_to(user).standing())
    of_parts(found, user)
    found.form.fields["route"].queryset = VisitRoute.objects.visible_to(user).standing()
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    return found


def candidates_of(user: "User", visit: StudyVisit, data: "QueryDict") -> CandidateFilter:
    """Whom `user` may put on the list of `visit`, as these URL parameters narrow them."""
    found = CandidateFilter(data, queryset=candidates(user, visit))
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(Role.STAFF))
    return found


def candidates(user: "User", visit: StudyVisit) -> Trainees:
    """Everybody in development in the scope of staff who is not on the list yet."""
    there = visit.members.standing().values("trainee")
    files = Trainee.objects.in_scope(user, Role.STAFF).in_development().exclude(pk__in=there)
    return files.select_related("person", "home_unit")
