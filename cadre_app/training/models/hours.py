"""学时 what counts towards the yearly requirement, and courses taken elsewhere (PRODUCT.md, "Training hours")."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models import Trainee, of_scope
from cadre_app.training.models.choices import LEAST_HOURS, MOST_HOURS, CourseFormat, HoursSource, Mode, OutsideState
from cadre_app.training.models.enrolments import Enrolment
from cadre_app.training.models.visits import VisitMember

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def of_file(user: "User") -> Q:
    """Business roles in their scope; and one's own that stand."""
    own = Q(trainee__person__account=user, voided_at=None)
    return of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | own


class OutsideCourseQuerySet(BaseQuerySet["OutsideCourse"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own."""
        return self.filter(of_file(user))

    def worked_on(self, user: "User") -> Self:
        """Standing ones that staff work on: own files and those of declared relatives are taken out (回避)."""
        return self.filter(of_scope(user, Role.STAFF, prefix="trainee__"))

    def to_verify(self) -> Self:
        return self.standing().filter(state=OutsideState.SUBMITTED)


class OutsideCourse(BaseModel):
    """A course given by others, with its proof; its hours count once staff have verified it.

    `is_induction`: it is induction training, which then counts as completed.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="outside_courses", verbose_name=_("growth file"), editable=False
    )
    title = models.CharField(_("course"), max_length=80)
    organiser = models.CharField(_("organiser"), max_length=60)
    started_on = models.DateField(_("first day"))
    ended_on = models.DateField(_("last day"))
    hours = models.DecimalField(_("training hours"), max_digits=5, decimal_places=1)
    mode = models.CharField(_("classroom or online"), max_length=16, choices=Mode, default=Mode.CLASSROOM)
    course_format = models.CharField(_("form of the course"), max_length=16, choices=CourseFormat, blank=True)
    certificate_number = models.CharField(_("certificate number"), max_length=60, blank=True)
    is_induction = models.BooleanField(_("induction training"), default=False)
    state = models.CharField(
        _("state"), max_length=16, choices=OutsideState, default=OutsideState.SUBMITTED, editable=False
    )
    submitted_on = models.DateField(_("submitted on"), editable=False)
    return_reason = models.CharField(_("to be completed because"), max_length=200, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
        editable=False,
    )
    objects = OutsideCourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("outside course")
        ordering = ("-ended_on", "id")
        indexes = [
            models.Index(fields=["trainee", "-ended_on", "id"], name="outside_of_trainee"),
            models.Index(fields=["state", "submitted_on", "id"], name="outside_by_state"),
            models.Index(fields=["ended_on", "id"], name="outside_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gte=LEAST_HOURS, hours__lte=MOST_HOURS),
                name="outside_hours_are_sane",
                violation_error_code="hours",
                violation_error_message=_("Training hours of a course are 0.5 to 200."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")),
                name="outside_ends_after_start",
                violation_error_code="ended_on",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=~Q(state=OutsideState.RETURNED) | ~Q(return_reason=""),
                name="returned_courses_say_why",
                violation_error_code="return_reason",
                violation_error_message=_("Say what is to be completed."),
            ),
            models.CheckConstraint(
                condition=Q(state=OutsideState.VERIFIED, verified_on__isnull=False)
                | (~Q(state=OutsideState.VERIFIED) & Q(verified_on=None)),
                name="verified_courses_have_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class HoursEntryQuerySet(BaseQuerySet["HoursEntry"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own."""
        return self.filter(of_file(user))


class HoursEntry(BaseModel):
    """Hours that count, on the day on which they were earned; exactly one of `enrolment`, `outside`, `visit` is where
    they come from. Kept by services: voided when the record behind it is taken back.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="hours_entries", verbose_name=_("growth file"), editable=False
    )
    earned_on = models.DateField(_("earned on"))
    hours = models.DecimalField(_("training hours"), max_digits=5, decimal_places=1)
    mode = models.CharField(_("classroom or online"), max_length=16, choices=Mode)
    source = models.CharField(pgettext_lazy("hours", "source"), max_length=16, choices=HoursSource)
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, blank=True, related_name="hours_entries", verbose_name=_("session")
    )
    outside = models.ForeignKey(
        OutsideCourse,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hours_entries",
        verbose_name=_("outside course"),
    )
    visit = models.ForeignKey(
        VisitMember,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hours_entries",
        verbose_name=_("study visit"),
    )
    objects = HoursEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("training hours")
        ordering = ("-earned_on", "id")
        indexes = [
            models.Index(fields=["trainee", "-earned_on", "id"], name="hours_of_trainee"),
            models.Index(
                fields=["earned_on", "trainee"],
                include=["hours", "mode"],
                condition=Q(voided_at=None),
                name="hours_by_day",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gte=LEAST_HOURS, hours__lte=MOST_HOURS),
                name="earned_hours_are_sane",
                violation_error_code="hours",
                violation_error_message=_("Training hours are 0.5 to 200."),
            ),
            models.CheckConstraint(
                condition=Q(source=HoursSource.SESSION, enrolment__isnull=False, outside=None, visit=None)
                | Q(source=HoursSource.OUTSIDE, enrolment=None, outside__isnull=False, visit=None)
                | Q(source=HoursSource.VISIT, enrolment=None, outside=None, visit__isnull=False),
                name="hours_come_from_one_record",
            ),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(voided_at=None), name="one_hours_entry_per_enrolment"
            ),
            models.UniqueConstraint(
                fields=["outside"], condition=Q(voided_at=None), name="one_hours_entry_per_outside_course"
            ),
            models.UniqueConstraint(fields=["visit"], condition=Q(voided_at=None), name="one_hours_entry_per_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.trainee} {self.earned_on} {self.hours}"
