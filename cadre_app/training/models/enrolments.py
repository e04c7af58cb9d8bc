"""名单 who is on the roster of a session, who was there, and what came of it."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models import Trainee, of_scope
from cadre_app.people.models.persons import avoided_persons
from cadre_app.training.models.choices import (
    AWAY,
    CAME,
    Assessment,
    Origin,
    Outcome,
    Place,
    Presence,
    RecordedBy,
    Result,
    SessionState,
)
from cadre_app.training.models.courses import Scenario
from cadre_app.training.models.orders import Order
from cadre_app.training.models.sessions import ClassMeeting, CourseSession, taught_by

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

ZERO = Decimal(0)
BEST_MARKS = Decimal(100)
# Completed, and passed where the session has a test; `Enrolment.is_earned` says the same of one.
EARNED = Q(outcome=Outcome.COMPLETED) & (Q(session__assessment=Assessment.NONE) | Q(result=Result.PASSED))


def readers(user: "User", prefix: str = "") -> Q:
    """Business roles in their scope, the teacher of the session; and one's own once the session is opened. `prefix` leads
    to the enrolment.
    """
    own = Q(**{f"{prefix}trainee__person__account": user, f"{prefix}voided_at": None})
    own &= ~Q(**{f"{prefix}session__state": SessionState.PLANNED})
    return of_scope(user, *BUSINESS_ROLES, prefix=f"{prefix}trainee__") | taught_by(user, f"{prefix}session__") | own


class EnrolmentQuerySet(BaseQuerySet["Enrolment"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope, the teacher of the session; and one's own once it is opened."""
        return self.filter(readers(user))

    def told_to(self, user: "User") -> Self:
        """The own places, without sessions that are only planned."""
        return self.standing().filter(trainee__person__account=user).exclude(session__state=SessionState.PLANNED)

    def enrolled(self) -> Self:
        """With a place, whatever came of it."""
        return self.standing().filter(place=Place.ENROLLED)

    def earned(self) -> Self:
        """Whose certificate holds."""
        return self.enrolled().filter(EARNED)

    def attending(self) -> Self:
        """On the roster and in the programme until the session was over: attendance is asked of these, hours are theirs."""
        stays = Q(trainee__departed_on=None) | Q(trainee__departed_on__gte=F("session__ends_on"))
        return self.enrolled().filter(stays, trainee__voided_at=None)

    def worked_on(self, user: "User") -> Self:
        """For whom `user` records what comes of the session: staff in their scope, the teacher; never oneself or a
        relative (回避).
        """
        found = of_scope(user, Role.STAFF, prefix="trainee__") | taught_by(user, "session__")
        return self.standing().filter(found).exclude(trainee__person_id__in=avoided_persons(user))

    def waiting(self) -> Self:
        """In the order in which they get a place."""
        return self.standing().filter(place=Place.WAITING).order_by("placed_at", "pk")

    def next_up(self, session: CourseSession) -> Self:
        """Those who wait for a place in it, in their order, without whoever has left the programme."""
        return self.waiting().filter(session=session, trainee__departed_on=None, trainee__voided_at=None)


class Enrolment(BaseModel):
    """Somebody and a session. `place`: on the roster, waiting (in the order of `placed_at`), or declined; `is_kept_off`:
    the department took them off, and they do not sign up again by themselves.

    `told_at` is when the person said that they know how it stands; NULL again with each event (`PlaceNews`). Once the
    session is finished `outcome` says what it was for them, `missed_hours` sums what they missed; services keep both.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person", "session__course")

    session = models.ForeignKey(
        CourseSession, models.PROTECT, related_name="enrolments", verbose_name=_("session"), editable=False
    )
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="enrolments", verbose_name=_("growth file"), editable=False
    )
    order = models.ForeignKey(
        Order,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enrolments",
        verbose_name=_("order"),
        editable=False,
    )
    origin = models.CharField(_("origin"), max_length=16, choices=Origin, default=Origin.STAFF, editable=False)
    place = models.CharField(_("place on the roster"), max_length=16, choices=Place, default=Place.ENROLLED)
    placed_at = models.DateTimeField(_("in this place since"), editable=False)
    told_at = models.DateTimeField(_("took note at"), null=True, blank=True, editable=False)
    decline_reason = models.CharField(_("reason for declining"), max_length=200, blank=True)
    is_kept_off = models.BooleanField(_("taken off by the department"), default=False, editable=False)
    missed_hours = models.DecimalField(_("hours missed"), max_digits=5, decimal_places=1, default=ZERO, editable=False)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome, blank=True, editable=False)
    result = models.CharField(_("result"), max_length=8, choices=Result, blank=True)
    marks = models.DecimalField(_("marks"), max_digits=4, decimal_places=1, null=True, blank=True)
    result_on = models.DateField(_("result recorded on"), null=True, blank=True, editable=False)
    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("place on a roster")
        ordering = ("session", "placed_at", "id")
        indexes = [
            models.Index(fields=["session", "place", "placed_at", "id"], name="enrolment_of_session"),
            models.Index(fields=["trainee", "session"], name="enrolment_of_trainee"),
            models.Index(
                fields=["session", "id"],
                condition=Q(outcome=Outcome.COMPLETED, result="", voided_at=None),
                name="enrolment_without_result",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "trainee"],
                condition=Q(voided_at=None),
                name="one_place_per_person",
                violation_error_code="trainee",
                violation_error_message=_("This person is on the roster already."),
            ),
            models.CheckConstraint(
                condition=~Q(place=Place.DECLINED) | ~Q(decline_reason=""),
                name="declined_places_say_why",
                violation_error_code="decline_reason",
                violation_error_message=_("Say why, in a few words."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(place=Place.ENROLLED),
                name="outcomes_are_of_the_roster",
            ),
            models.CheckConstraint(
                condition=Q(marks=None) | Q(marks__gte=0, marks__lte=BEST_MARKS),
                name="marks_are_0_to_100",
                violation_error_code="marks",
                violation_error_message=_("Marks are 0 to 100."),
            ),
            models.CheckConstraint(
                condition=Q(result="", result_on=None) | (~Q(result="") & Q(result_on__isnull=False)),
                name="results_have_a_day",
            ),
            models.CheckConstraint(
                condition=Q(missed_hours__gte=0),
                name="missed_hours_are_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee} {self.session}"

    @property
    def has_place(self) -> bool:
        return self.place == Place.ENROLLED and not self.is_voided

    @property
    def is_earned(self) -> bool:
        """Completed and passed; `session` is read."""
        is_tested = self.session.assessment != Assessment.NONE
        return self.outcome == Outcome.COMPLETED and (not is_tested or self.result == Result.PASSED)


class AttendanceQuerySet(BaseQuerySet["Attendance"]):
    def visible_to(self, user: "User") -> Self:
        """As the place on the roster."""
        return self.filter(readers(user, "enrolment__"))


class Attendance(BaseModel):
    """到课登记 one person at one class; `missed_hours` is all of the class for whoever was not there."""

    named_by: ClassVar[tuple[str, ...]] = ("enrolment__trainee__person", "meeting")

    meeting = models.ForeignKey(
        ClassMeeting, models.PROTECT, related_name="attendances", verbose_name=_("class"), editable=False
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="attendances", verbose_name=_("place on a roster"), editable=False
    )
    presence = models.CharField(_("attendance"), max_length=16, choices=Presence)
    missed_hours = models.DecimalField(_("hours missed"), max_digits=5, decimal_places=1, default=ZERO)
    recorded_by = models.CharField(
        pgettext_lazy("attendance", "recorded by"),
        max_length=8,
        choices=RecordedBy,
        default=RecordedBy.LIST,
        editable=False,
    )
    note = models.CharField(pgettext_lazy("attendance", "remark"), max_length=100, blank=True)
    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        ordering = ("meeting", "id")
        indexes = [models.Index(fields=["enrolment", "meeting"], name="attendance_of_enrolment")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "enrolment"],
                condition=Q(voided_at=None),
                name="one_attendance_per_class",
                violation_error_message=_("The attendance of this person is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(presence__in=AWAY, missed_hours__gt=0)
                | Q(presence=Presence.PRESENT, missed_hours=0)
                | Q(presence__in=CAME, missed_hours__gte=0),
                name="missed_hours_fit_the_attendance",
                violation_error_code="missed_hours",
                violation_error_message=_("These hours missed do not fit the attendance."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.trainee} {self.meeting} {self.get_presence_display()}"


class ExerciseRecordQuerySet(BaseQuerySet["ExerciseRecord"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles with somebody of their scope in the group, the teacher; and the group itself."""
        seen = Enrolment.objects.standing().filter(readers(user))
        return self.filter(Q(pk__in=_groups(enrolment__in=seen)) | taught_by(user, "session__"))

    def worked_on(self, user: "User") -> Self:
        """With somebody in the group for whom `user` records; nobody of it is oneself or a relative (回避)."""
        avoided = _groups(enrolment__trainee__person__in=avoided_persons(user))
        return self.filter(pk__in=_groups(enrolment__in=Enrolment.objects.worked_on(user))).exclude(pk__in=avoided)


def _groups(**members: Any) -> "models.QuerySet[Any, Any]":
    """The records of the groups in which such members are."""
    return ExerciseRecord.members.through.objects.filter(**members).values("exerciserecord")


class ExerciseRecord(BaseModel):
    """沙盘推演记录 what a group decided in a scenario, and what the teacher said to it."""

    named_by: ClassVar[tuple[str, ...]] = ("scenario",)

    session = models.ForeignKey(
        CourseSession, models.PROTECT, related_name="exercises", verbose_name=_("session"), editable=False
    )
    scenario = models.ForeignKey(
        Scenario, models.PROTECT, related_name="exercises", verbose_name=_("sand-table scenario")
    )
    group = models.CharField(pgettext_lazy("exercise", "group"), max_length=40)
    members = models.ManyToManyField(Enrolment, related_name="exercises", verbose_name=_("members of the group"))
    decisions = models.TextField(_("what the group decided"), max_length=1000)
    remarks = models.TextField(_("what the teacher said to it"), max_length=1000, blank=True)
    objects = ExerciseRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("sand-table record")
        ordering = ("session", "group")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "scenario", "group"],
                condition=Q(voided_at=None),
                name="one_record_per_scenario_and_group",
                violation_error_code="group",
                violation_error_message=_("This group has a record of this scenario already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario} {self.group}"

    def public_values(self) -> dict[str, Any]:
        """With the group, by name; one query."""
        members = self.members.select_related("trainee__person").order_by("trainee__stroke_key", "pk")
        return {**super().public_values(), "members": [member.trainee.person.name for member in members]}
