"""课程目录 the catalogue: courses, who teaches them, sand-table scenarios."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.models import AccountKind
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models.persons import own_keys
from cadre_app.training.models.choices import LEAST_HOURS, MOST_HOURS, Assessment, CourseFormat, CourseKind, Mode, Place

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class TeacherQuerySet(BaseQuerySet["Teacher"]):
    def visible_to(self, user: "User") -> Self:
        """Whoever reads the catalogue knows who teaches."""
        return self if reads_catalogue(user) else self.none()

    def active(self) -> Self:
        return self.standing().filter(is_active=True)


class Teacher(BaseModel):
    """Somebody who gives courses, of the Party school or from outside; `account` sees the own sessions."""

    name = models.CharField(_("full name"), max_length=40)
    affiliation = models.CharField(pgettext_lazy("teacher", "unit"), max_length=60)
    title = models.CharField(pgettext_lazy("teacher", "post or title"), max_length=60, blank=True)
    is_outside = models.BooleanField(_("invited from outside"), default=False)
    is_active = models.BooleanField(_("gives courses"), default=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="teacher",
        verbose_name=_("account"),
    )
    objects = TeacherQuerySet.as_manager()

    class Meta:
        verbose_name = _("teacher")
        ordering = ("name", "id")
        indexes = [models.Index(fields=["name", "id"], name="teacher_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "affiliation"],
                condition=Q(voided_at=None),
                name="one_teacher_per_name_and_unit",
                violation_error_code="name",
                violation_error_message=_("This teacher is in the list already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CourseQuerySet(BaseQuerySet["Course"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles and teachers the whole catalogue; those in development what is offered, and what they ordered or
        go to also once it is closed.
        """
        if user.has_role(*BUSINESS_ROLES) or teaches(user):
            return self
        own = own_keys(user)[1]
        if own is None:
            return self.none()
        from cadre_app.training.models.enrolments import Enrolment  # both lead to the course, not back
        from cadre_app.training.models.orders import Order

        placed = Enrolment.objects.order_by().standing().filter(trainee=own).exclude(place=Place.DECLINED)
        ordered = Order.objects.order_by().live().filter(trainee=own, course__isnull=False)
        kept = Q(pk__in=placed.values("session__course")) | Q(pk__in=ordered.values("course"))
        return self.standing().filter(Q(is_offered=True) | kept)

    def offered(self) -> Self:
        """Standing and not closed."""
        return self.standing().filter(is_offered=True)


class Course(BaseModel):
    """A course of the catalogue. `grades` are the camp grades it is meant for, `for_advanced`: 青竹培优; neither: everybody.

    `posts` names the posts it is meant for, in words. Closed with `is_offered`; voided only while nothing points to it.
    """

    title = models.CharField(_("course"), max_length=80)
    kind = models.CharField(_("kind of course"), max_length=16, choices=CourseKind)
    topic = models.CharField(_("topic"), max_length=60, blank=True)
    format = models.CharField(_("format"), max_length=16, choices=CourseFormat, default=CourseFormat.LECTURE)
    mode = models.CharField(_("classroom or online"), max_length=16, choices=Mode, default=Mode.CLASSROOM)
    hours = models.DecimalField(_("training hours"), max_digits=5, decimal_places=1)
    assessment = models.CharField(_("test"), max_length=8, choices=Assessment, default=Assessment.NONE)
    grades = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("for grades"), default=list, blank=True)
    for_advanced = models.BooleanField(_("for the Qingzhu advanced plan"), default=False)
    posts = models.CharField(_("for posts"), max_length=100, blank=True)
    outline = models.TextField(_("outline"), max_length=1000, blank=True)
    teachers = models.ManyToManyField(Teacher, related_name="courses", blank=True, verbose_name=_("teachers"))
    is_offered = models.BooleanField(_("offered"), default=True)
    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        ordering = ("kind", "title")
        indexes = [
            models.Index(fields=["kind", "title", "id"], name="course_by_kind"),
            models.Index(fields=["title", "id"], name="course_by_title"),
            models.Index(fields=["format", "title", "id"], name="course_by_format"),
            models.Index(fields=["mode", "title", "id"], name="course_by_mode"),
            models.Index(fields=["hours", "id"], name="course_by_hours"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "title"],
                condition=Q(voided_at=None),
                name="one_course_per_title_and_kind",
                violation_error_code="title",
                violation_error_message=_("The catalogue has a course of this name and kind already."),
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=LEAST_HOURS, hours__lte=MOST_HOURS),
                name="course_hours_are_sane",
                violation_error_code="hours",
                violation_error_message=_("Training hours of a course are 0.5 to 200."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def public_values(self) -> dict[str, Any]:
        """With who teaches it, by name; one query."""
        return {**super().public_values(), "teachers": [teacher.name for teacher in self.teachers.all()]}


class ScenarioQuerySet(BaseQuerySet["Scenario"]):
    def visible_to(self, user: "User") -> Self:
        """As the catalogue."""
        return self if reads_catalogue(user) else self.none()


class Scenario(BaseModel):
    """沙盘情景 a situation for sand-table exercises: what has happened, and the task."""

    title = models.CharField(_("scenario"), max_length=40)
    background = models.TextField(_("background"), max_length=500)
    task = models.TextField(_("task"), max_length=500)
    is_offered = models.BooleanField(_("in use"), default=True)
    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("sand-table scenario")
        ordering = ("title",)
        constraints = [
            models.UniqueConstraint(
                fields=["title"],
                condition=Q(voided_at=None),
                name="one_scenario_per_title",
                violation_error_code="title",
                violation_error_message=_("There is a scenario of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


def teaches(user: "User") -> bool:
    """True for the account of a standing teacher; one query, asked once per request, and of trainers' accounts alone."""
    if user.kind != AccountKind.TRAINER:
        return False
    known: bool | None = user.__dict__.get("_teaches")
    if known is None:
        known = Teacher.objects.standing().filter(account=user).exists()
        user.__dict__["_teaches"] = known
    return known


def reads_catalogue(user: "User") -> bool:
    """Business roles, teachers and those in development."""
    return user.has_role(*BUSINESS_ROLES) or own_keys(user)[1] is not None or teaches(user)
