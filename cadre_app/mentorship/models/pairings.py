"""青蓝结对 a mentor guiding a trainee for a stretch of time (PRODUCT.md, row 1)."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.models import DateRange
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import Office, Person, Trainee, of_scope

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User


class MentorKind(models.TextChoices):
    """Which office makes somebody a mentor: that of the trainee's unit, or that of the village."""

    POLITICAL = "political", _("Political mentor")
    COMMUNITY = "community", _("Community mentor")


class EndKind(models.TextChoices):
    COMPLETED = "completed", _("Completed")
    EARLY = "early", _("Ended early")


class PairingQuerySet(BaseQuerySet["Pairing"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope, the mentor while it runs, and the trainee."""
        scope = of_scope(user, *BUSINESS_ROLES, prefix="trainee__")
        return self.filter(scope | Q(trainee__person__account=user, voided_at=None) | mentored_by(user))

    def running(self) -> Self:
        """Neither ended nor voided."""
        return self.standing().filter(ended_on=None)

    def of_mentor(self, user: "User") -> Self:
        """Those in which `user` is the mentor, while they run; what is due first comes first."""
        return self.filter(mentored_by(user)).order_by(F("next_check_in_on").asc(nulls_last=True), "started_on", "pk")

    def on_or_after(self, day: "date") -> Self:
        """Those that ran on that day or later."""
        return self.standing().filter(Q(ended_on=None) | Q(ended_on__gte=day))

    def served(self) -> Self:
        """Those that run or were completed: a mentor of that kind is no longer wanting."""
        return self.standing().filter(Q(ended_on=None) | Q(end_kind=EndKind.COMPLETED))


class Pairing(BaseModel):
    """A mentor of one kind for one trainee; ended pairings are kept.

    `due_on` is the last day planned, `ended_on` the last day that was. `office` is the office that made the mentor one,
    NULL where staff chose somebody else and gave `choice_reason`. `signed_on` is the day on the signed agreement.
    `kept_on` is the day on which staff last said that somebody chosen stays although the trainee went elsewhere.
    `follows` is the pairing that was handed over to this one (结对交接). `next_check_in_on`, `last_note_on` and
    `last_record_on` are kept by services: the day of the open check-in or the one due by cadence, the day of the latest
    standing note that is not private (nobody else may learn of a private one), and the day of the latest such note or
    check-in held, the first day where there is none.
    """

    named_by: ClassVar[tuple[str, ...]] = ("mentor",)

    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="pairings", verbose_name=_("growth file"))
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="mentor_pairings", verbose_name=_("mentor"))
    kind = models.CharField(_("kind of mentor"), max_length=16, choices=MentorKind)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="pairings", verbose_name=_("office")
    )
    choice_reason = models.CharField(_("reason for this choice"), max_length=200, blank=True)
    kept_on = models.DateField(_("choice kept on"), null=True, blank=True, editable=False)
    started_on = models.DateField(_("started on"))
    due_on = models.DateField(_("due to end on"))
    check_in_days = models.PositiveSmallIntegerField(_("days between check-ins"))
    signed_on = models.DateField(_("agreement signed on"), null=True, blank=True)
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("handed over from"),
        editable=False,
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_kind = models.CharField(_("how it ended"), max_length=16, choices=EndKind, blank=True)
    end_reason = models.CharField(_("reason for the end"), max_length=200, blank=True)
    next_check_in_on = models.DateField(_("next check-in on"), null=True, blank=True, editable=False)
    last_note_on = models.DateField(_("latest note on"), null=True, blank=True, editable=False)
    last_record_on = models.DateField(_("latest note or check-in on"), editable=False)
    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pairing")
        ordering = ("trainee", "-started_on")
        indexes = [
            models.Index(fields=["trainee", "-started_on", "id"], name="pairing_of_trainee"),
            models.Index(fields=["mentor", "ended_on", "id"], name="pairing_of_mentor"),
            models.Index(fields=["due_on", "id"], condition=Q(ended_on=None), name="pairing_by_due_day"),
            models.Index(fields=["next_check_in_on", "id"], condition=Q(ended_on=None), name="pairing_by_check_in"),
            models.Index(fields=["started_on", "id"], name="pairing_by_start"),
            models.Index(fields=["last_record_on", "id"], condition=Q(ended_on=None), name="pairing_by_record"),
            models.Index(
                fields=["started_on", "id"], condition=Q(ended_on=None, signed_on=None), name="pairing_unsigned"
            ),
            models.Index(
                fields=["kind", "started_on", "trainee"],
                condition=Q(voided_at=None) & (Q(ended_on=None) | Q(end_kind=EndKind.COMPLETED)),
                name="pairing_served",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="pairing_ends_after_start",
                violation_error_code="ended_on",
                violation_error_message=_("A pairing cannot end before it started."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("started_on")),
                name="pairing_due_after_start",
                violation_error_code="due_on",
                violation_error_message=_("The planned last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_kind="") | (Q(ended_on__isnull=False) & ~Q(end_kind="")),
                name="ended_pairings_say_how",
                violation_error_code="end_kind",
                violation_error_message=_("A pairing that ended says how it ended."),
            ),
            models.CheckConstraint(
                condition=~Q(end_kind=EndKind.EARLY) | ~Q(end_reason=""),
                name="early_ends_have_a_reason",
                violation_error_code="end_reason",
                violation_error_message=_("Say why the pairing ended early."),
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=False) | ~Q(choice_reason=""),
                name="chosen_mentors_have_a_reason",
                violation_error_code="choice_reason",
                violation_error_message=_("Say why this person was chosen instead of the holder of the office."),
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None) | Q(ended_on=None) | Q(signed_on__lte=F("ended_on")),
                name="signed_before_the_end",
                violation_error_code="signed_on",
                violation_error_message=_("An agreement is signed before the pairing ends."),
            ),
            ExclusionConstraint(
                name="one_mentor_of_a_kind_at_a_time",
                expressions=[
                    ("trainee", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (
                        DateRange("started_on", "ended_on", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(voided_at=None),
                violation_error_code="started_on",
                violation_error_message=_(
                    "This trainee already has a mentor of this kind in that period. End that pairing first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.mentor} {formats.date_format(self.started_on)}"

    @property
    def is_running(self) -> bool:
        return self.ended_on is None and not self.is_voided


def mentored_by(user: "User", prefix: str = "") -> Q:
    """Pairings in which `user` is the mentor, while they run; `prefix` leads to the pairing."""
    return Q(
        **{f"{prefix}mentor__account": user, f"{prefix}ended_on": None, f"{prefix}voided_at": None},
    )
