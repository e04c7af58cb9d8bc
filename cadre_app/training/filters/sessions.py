"""What the list of sessions can be narrowed to."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit
from cadre_app.people.filters.units import FilesUnitFilter, OfADay
from cadre_app.training.figures.training import BESIDE_CAMP
from cadre_app.training.filters.mine import MineFilter, of_parts
from cadre_app.training.models import CourseKind, CourseSession, Programme, SessionStage, Teacher
from cadre_app.training.models.choices import HELD
from cadre_app.training.of_unit import on_roster
from cadre_app.training.session_words import GRADE_NAMES

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

LONGEST_TYPED = 40
HELD_KEY, VOIDED = "held", "voided"
ORDERED, NOT_ORDERED = "1", "0"


class RosterUnitFilter(FilesUnitFilter):
    """Sessions with somebody of a unit, or of one below it, on their roster."""

    def filter(self, queryset: "QuerySet[CourseSession]", value: Unit | None) -> "QuerySet[CourseSession]":
        return queryset if value is None else queryset.filter(on_roster([value], self.day))


class SessionFilter(OfADay):
    """Text, stage, programme, kind of course, from orders, teacher, days, grade; `state=held` is finished and posted."""

    q = django_filters.CharFilter(method="by_text", label=_("Course, teacher or place"), max_length=LONGEST_TYPED)
    state = django_filters.ChoiceFilter(
        choices=[*SessionStage.choices, (HELD_KEY, pgettext_lazy("session", "Held")), (VOIDED, _("Voided"))],
        method="by_state",
        label=_("State"),
        empty_label=_("Not voided"),
    )
    programme = django_filters.ChoiceFilter(
        choices=[*Programme.choices, (BESIDE_CAMP, pgettext_lazy("session", "Not of the camp"))],
        method="by_programme",
        label=_("Programme"),
        empty_label=_("All"),
    )
    kind = django_filters.ChoiceFilter(choices=CourseKind.choices, label=_("Kind of course"), empty_label=_("All"))
    demand = django_filters.ChoiceFilter(
        choices=[(ORDERED, _("From orders")), (NOT_ORDERED, pgettext_lazy("session", "Not from orders"))],
        method="by_demand",
        label=_("Opened from orders"),
        empty_label=_("All"),
    )
    teacher = django_filters.ModelChoiceFilter(
        queryset=Teacher.objects.none(), label=pgettext_lazy("session", "Teacher"), empty_label=_("All")
    )
    grade = django_filters.ChoiceFilter(
        choices=[(str(grade), name) for grade, name in GRADE_NAMES.items()],
        method="by_grade",
        label=_("Grade"),
        empty_label=_("All"),
    )
    unit = RosterUnitFilter(label=pgettext_lazy("of participants", "Unit of participants"))
    mine = MineFilter(of=on_roster)
    since = django_filters.DateFilter(field_name="starts_on", lookup_expr="gte", label=_("From"), widget=DayInput)
    until = django_filters.DateFilter(field_name="starts_on", lookup_expr="lte", label=_("Until"), widget=DayInput)

    class Meta:
        model = CourseSession
        fields: list[str] = []

    def by_text(self, queryset: "QuerySet[CourseSession]", name: str, value: str) -> "QuerySet[CourseSession]":
        text = value.strip()
        return queryset.filter(
            Q(course__title__icontains=text) | Q(teacher__name__icontains=text) | Q(place__icontains=text)
        )

    def by_state(self, queryset: "QuerySet[CourseSession]", name: str, value: str) -> "QuerySet[CourseSession]":
        if value == VOIDED:
            return queryset
        if value == HELD_KEY:
            return queryset.filter(state__in=HELD)
        return queryset.filter(pk__in=CourseSession.objects.in_stage(value, timezone.localdate()).values("pk"))

    def by_demand(self, queryset: "QuerySet[CourseSession]", name: str, value: str) -> "QuerySet[CourseSession]":
        return queryset.filter(is_on_demand=value == ORDERED)

    def by_programme(self, queryset: "QuerySet[CourseSession]", name: str, value: str) -> "QuerySet[CourseSession]":
        if value == BESIDE_CAMP:
            return queryset.exclude(programme=Programme.CAMP)
        return queryset.filter(programme=value)

    def by_grade(self, queryset: "QuerySet[CourseSession]", name: str, value: str) -> "QuerySet[CourseSession]":
        return queryset.filter(grades__contains=[int(value)])


def sessions_of(user: "User", data: "QueryDict") -> SessionFilter:
    """The sessions that `user` oversees, as these URL parameters narrow them; page and export alike."""
    rows = CourseSession.objects.visible_to(user).filter(voided_at__isnull=data.get("state") != VOIDED)
    found: Any = SessionFilter(data, queryset=rows.select_related("course", "teacher", "camp"))
    of_parts(found, user)
    found.form.fields["teacher"].queryset = Teacher.objects.visible_to(user).standing()
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    return found  # type: ignore[no-any-return]
