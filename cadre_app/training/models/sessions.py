"""班次 a course given on certain days: its classes, and how full it is."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models.persons import own_keys
from cadre_app.training.models.camps import Camp
from cadre_app.training.models.choices import (
    COMING,
    HELD,
    LEAST_HOURS,
    MOST_HOURS,
    Assessment,
    CourseKind,
    Mode,
    Programme,
    SessionStage,
    SessionState,
)
from cadre_app.training.models.courses import Course, Teacher

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User

MOST_PLACES = 2_000
# Of a planned session nobody on its roster is told before it is opened.
TOLD = ~Q(state=SessionState.PLANNED)


class CourseSessionQuerySet(BaseQuerySet["CourseSession"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles; the teacher's own; those in development what is open to sign-up and where they have a place, as
        soon as it is opened.
        """
        if user.has_role(*BUSINESS_ROLES):
            return self
        seen = taught_by(user)
        own = own_keys(user)[1]
        if own is not None:
            from cadre_app.training.models.enrolments import Enrolment  # the roster leads to the session, not back

            placed = Q(pk__in=Enrolment.objects.standing().filter(trainee=own).values("session"))
            seen |= Q(voided_at=None) & (Q(state=SessionState.OPEN, takes_sign_ups=True) | placed & TOLD)
        return self.filter(seen)

    def given_by(self, user: "User") -> Self:
        """Those in which `user` teaches."""
        return self.filter(taught_by(user))

    def coming(self, day: "date") -> Self:
        """Planned or open, and not before `day`."""
        return self.standing().filter(state__in=COMING, ends_on__gte=day)

    def unfinished(self) -> Self:
        """Whatever is still changed with its course; `kind` and `assessment` of the others stay as they were."""
        return self.exclude(state__in=HELD)

    def in_stage(self, stage: str, day: "date") -> Self:
        """Standing ones, by the same columns as `CourseSession.stage_on`."""
        running = Q(state__in=COMING, starts_on__lte=day)
        conditions = {
            SessionStage.PLANNED: Q(state=SessionState.PLANNED, starts_on__gt=day),
            SessionStage.OPEN: Q(state=SessionState.OPEN, starts_on__gt=day, enrolled__lt=F("capacity")),
            SessionStage.FULL: Q(state=SessionState.OPEN, starts_on__gt=day, enrolled=F("capacity")),
            SessionStage.UNDER_WAY: running,
            SessionStage.FINISHED: Q(state=SessionState.FINISHED),
            SessionStage.POSTED: Q(state=SessionState.POSTED),
            SessionStage.CANCELLED: Q(state=SessionState.CANCELLED),
        }
        return self.standing().filter(conditions[SessionStage(stage)])


class CourseSession(BaseModel):
    """A course given once. `starts_on` and `ends_on` are the days of its first and last class, `hours` what completing it
    gives; `enrolled` counts its roster without those who wait. All three are kept by services (`enrolled` under the lock
    of this row, without a new version). `kind` and `assessment` are those of the course until the session is finished;
    what is written about the course later changes neither its results nor what completing it stands for.

    `is_on_demand`: opened from orders. `takes_sign_ups`: people put themselves on the roster. `uses_code`: attendance
    also by the code on the screen. `moved_on` is the day on which time or place last changed after people were told.
    """

    named_by: ClassVar[tuple[str, ...]] = ("course",)

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions", verbose_name=_("course"))
    kind = models.CharField(_("kind of course"), max_length=16, choices=CourseKind, editable=False)
    assessment = models.CharField(_("test"), max_length=8, choices=Assessment, editable=False)
    programme = models.CharField(_("programme"), max_length=16, choices=Programme, default=Programme.OTHER)
    camp = models.ForeignKey(
        Camp, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("camp")
    )
    grades = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("for grades"), default=list, blank=True)
    teacher = models.ForeignKey(
        Teacher, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("teacher")
    )
    place = models.CharField(_("place"), max_length=80, blank=True)
    capacity = models.PositiveSmallIntegerField(_("places"))
    hours = models.DecimalField(_("training hours"), max_digits=5, decimal_places=1)
    mode = models.CharField(_("classroom or online"), max_length=16, choices=Mode, default=Mode.CLASSROOM)
    state = models.CharField(
        _("state"), max_length=16, choices=SessionState, default=SessionState.PLANNED, editable=False
    )
    starts_on = models.DateField(_("first day"), editable=False)
    ends_on = models.DateField(_("last day"), editable=False)
    enrolled = models.PositiveSmallIntegerField(_("on the roster"), default=0, editable=False)
    is_on_demand = models.BooleanField(_("opened from orders"), default=False, editable=False)
    takes_sign_ups = models.BooleanField(_("people sign up themselves"), default=False)
    uses_code = models.BooleanField(_("attendance also by code"), default=False)
    note = models.CharField(pgettext_lazy("session", "to be brought or prepared"), max_length=200, blank=True)
    moved_on = models.DateField(_("time or place changed on"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=200, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True, editable=False)
    posted_at = models.DateTimeField(_("hours posted at"), null=True, blank=True, editable=False)
    objects = CourseSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        ordering = ("-starts_on", "id")
        indexes = [
            models.Index(fields=["starts_on", "id"], name="session_by_day"),
            models.Index(fields=["course", "starts_on", "id"], name="session_of_course"),
            models.Index(fields=["state", "starts_on", "id"], name="session_by_state"),
            models.Index(fields=["programme", "starts_on", "id"], name="session_by_programme"),
            models.Index(fields=["kind", "starts_on", "id"], name="session_by_kind"),
            models.Index(fields=["teacher", "starts_on", "id"], name="session_of_teacher"),
            models.Index(
                fields=["ends_on", "id"], condition=Q(state__in=COMING, voided_at=None), name="session_to_be_finished"
            ),
            models.Index(fields=["starts_on", "id"], condition=Q(is_on_demand=True), name="session_on_demand"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gte=LEAST_HOURS, hours__lte=MOST_HOURS),
                name="session_hours_are_sane",
                violation_error_code="hours",
                violation_error_message=_("Training hours of a session are 0.5 to 200."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=MOST_PLACES),
                name="session_has_places",
                violation_error_code="capacity",
                violation_error_message=_("A session has 1 to 2,000 places."),
            ),
            models.CheckConstraint(
                condition=Q(enrolled__lte=F("capacity")),
                name="session_holds_its_capacity",
                violation_error_code="capacity",
                violation_error_message=_("More people are on the roster than there would be places."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="session_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=(Q(state=SessionState.CANCELLED) & ~Q(cancel_reason=""))
                | (~Q(state=SessionState.CANCELLED) & Q(cancel_reason="")),
                name="cancelled_sessions_say_why",
                violation_error_code="cancel_reason",
                violation_error_message=_("Say why the session is cancelled."),
            ),
            models.CheckConstraint(
                condition=(Q(state=SessionState.POSTED) & Q(posted_at__isnull=False))
                | (~Q(state=SessionState.POSTED) & Q(posted_at=None)),
                name="posted_sessions_have_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {formats.date_format(self.starts_on)}"

    def stage_on(self, day: "date") -> SessionStage:
        """What pages show on a local date."""
        if self.state in COMING:
            if self.starts_on <= day:
                return SessionStage.UNDER_WAY
            if self.state == SessionState.OPEN and self.enrolled >= self.capacity:
                return SessionStage.FULL
        return SessionStage(self.state)

    @property
    def stage(self) -> SessionStage:
        return self.stage_on(timezone.localdate())

    @property
    def is_coming(self) -> bool:
        """Planned or open: roster, time and place can change."""
        return self.state in COMING and not self.is_voided

    @property
    def places_left(self) -> int:
        return self.capacity - self.enrolled


class ClassMeetingQuerySet(BaseQuerySet["ClassMeeting"]):
    def visible_to(self, user: "User") -> Self:
        """As the session."""
        return self.filter(session__in=CourseSession.objects.visible_to(user))


class ClassMeeting(BaseModel):
    """课次 one class of a session: its hours are what somebody misses who is not there.

    `code_until`: the code on the screen is accepted until this moment; NULL while nobody shows it.
    """

    named_by: ClassVar[tuple[str, ...]] = ("session__course",)

    session = models.ForeignKey(
        CourseSession, models.PROTECT, related_name="meetings", verbose_name=_("session"), editable=False
    )
    held_on = models.DateField(pgettext_lazy("class", "day"))
    starts_at = models.TimeField(pgettext_lazy("class", "from"))
    ends_at = models.TimeField(pgettext_lazy("class", "until"))
    hours = models.DecimalField(_("training hours"), max_digits=5, decimal_places=1)
    place = models.CharField(_("place"), max_length=80, blank=True, help_text=_("Empty: the place of the session."))
    recorded_at = models.DateTimeField(_("attendance recorded at"), null=True, blank=True, editable=False)
    code_until = models.DateTimeField(_("code accepted until"), null=True, blank=True, editable=False)
    objects = ClassMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("class")
        ordering = ("held_on", "starts_at", "id")
        indexes = [
            models.Index(fields=["held_on", "starts_at", "id"], name="class_by_day"),
            models.Index(
                fields=["held_on", "id"], condition=Q(recorded_at=None, voided_at=None), name="class_to_be_recorded"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "held_on", "starts_at"],
                condition=Q(voided_at=None),
                name="one_class_at_a_time",
                violation_error_code="starts_at",
                violation_error_message=_("The session has a class at this time already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="class_ends_after_start",
                violation_error_code="ends_at",
                violation_error_message=_("The class ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=LEAST_HOURS, hours__lte=MOST_HOURS),
                name="class_hours_are_sane",
                violation_error_code="hours",
                violation_error_message=_("Training hours of a class are 0.5 to 200."),
            ),
        ]

    def __str__(self) -> str:
        return f"{formats.date_format(self.held_on)} {self.starts_at:%H:%M}"


def taught_by(user: "User", prefix: str = "") -> Q:
    """Sessions whose teacher `user` is, standing; `prefix` leads to the session."""
    return Q(**{f"{prefix}teacher__account": user, f"{prefix}voided_at": None})
