"""What the catalogue, the list of teachers and that of scenarios can be narrowed to."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.training.models import Course, CourseFormat, CourseKind, Mode, Scenario, Teacher

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

ADVANCED = "advanced"
AUDIENCES = (
    ("1", pgettext_lazy("camp", "Grade one")),
    ("2", pgettext_lazy("camp", "Grade two")),
    ("3", pgettext_lazy("camp", "Grade three")),
    (ADVANCED, pgettext_lazy("training programme", "Qingzhu advanced plan")),
)


class State:
    OFFERED, CLOSED, VOIDED = "offered", "closed", "voided"
    CHOICES = (
        (OFFERED, pgettext_lazy("course", "Offered")),
        (CLOSED, pgettext_lazy("course", "Closed")),
        (VOIDED, _("Voided")),
    )


class OfferedFilter(django_filters.FilterSet):  # type: ignore[misc]
    """What those in development look for: a text and a kind."""

    q = django_filters.CharFilter(method="by_text", label=_("Course, topic or teacher"))
    kind = django_filters.ChoiceFilter(choices=CourseKind.choices, label=_("Kind of course"))

    class Meta:
        model = Course
        fields: list[str] = []

    def by_text(self, queryset: "QuerySet[Course]", name: str, value: str) -> "QuerySet[Course]":
        text = value.strip()
        taught = Course.teachers.through.objects.filter(teacher__name__icontains=text).values("course")
        return queryset.filter(Q(title__icontains=text) | Q(topic__icontains=text) | Q(pk__in=taught))


class CourseFilter(OfferedFilter):
    """A text, kind, format, mode, whether it is offered, for whom, and who teaches it."""

    format = django_filters.ChoiceFilter(choices=CourseFormat.choices, label=_("Format"))
    mode = django_filters.ChoiceFilter(choices=Mode.choices, label=_("Classroom or online"))
    audience = django_filters.ChoiceFilter(choices=AUDIENCES, method="by_audience", label=_("Meant for"))
    teacher = django_filters.ModelChoiceFilter(
        queryset=Teacher.objects.standing(), field_name="teachers", label=_("Teacher")
    )
    state = django_filters.ChoiceFilter(
        choices=State.CHOICES, method="by_state", label=_("State"), empty_label=_("Not voided")
    )

    def by_audience(self, queryset: "QuerySet[Course]", name: str, value: str) -> "QuerySet[Course]":
        """Meant for them or for everybody."""
        return queryset.filter(for_audience(value))

    def by_state(self, queryset: "QuerySet[Course]", name: str, value: str) -> "QuerySet[Course]":
        return queryset if value == State.VOIDED else queryset.filter(is_offered=value == State.OFFERED)


class TeacherFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(method="by_text", label=_("Name or unit"))
    is_active = django_filters.ChoiceFilter(
        choices=(("1", _("Gives courses")), ("0", _("No longer gives courses"))), method="by_active", label=_("State")
    )

    class Meta:
        model = Teacher
        fields: list[str] = []

    def by_text(self, queryset: "QuerySet[Teacher]", name: str, value: str) -> "QuerySet[Teacher]":
        text = value.strip()
        return queryset.filter(Q(name__icontains=text) | Q(affiliation__icontains=text))

    def by_active(self, queryset: "QuerySet[Teacher]", name: str, value: str) -> "QuerySet[Teacher]":
        return queryset.filter(is_active=value == "1")


class ScenarioFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(method="by_text", label=_("Text"))

    class Meta:
        model = Scenario
        fields: list[str] = []

    def by_text(self, queryset: "QuerySet[Scenario]", name: str, value: str) -> "QuerySet[Scenario]":
        text = value.strip()
        return queryset.filter(Q(title__icontains=text) | Q(background__icontains=text) | Q(task__icontains=text))


def for_audience(value: str) -> Q:
    """The condition that a course is meant for one of `AUDIENCES`, or for everybody."""
    everybody = Q(grades=[], for_advanced=False)
    theirs = Q(for_advanced=True) if value == ADVANCED else Q(grades__contains=[int(value)])
    return theirs | everybody


def filtered_courses(data: QueryDict, *, user: "User") -> CourseFilter:
    """The catalogue as these URL parameters narrow it, each course with `taught_by`."""
    courses = Course.objects.visible_to(user).filter(voided_at__isnull=data.get("state") != State.VOIDED)
    return CourseFilter(data, queryset=with_teachers(courses).order_by("kind", "title", "pk"))


def with_teachers(courses: "QuerySet[Course]") -> "QuerySet[Course]":
    """Each with `taught_by`, the standing teachers; one query more."""
    teachers: Any = Prefetch("teachers", queryset=Teacher.objects.standing(), to_attr="taught_by")
    return courses.prefetch_related(teachers)
