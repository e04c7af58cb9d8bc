"""请销假 days away from the village, asked for, approved and ended (PRODUCT.md, "Village term")."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.models import DateRange
from cadre_app.assignments.models.choices import LeaveKind, LeaveStage, LeaveState
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models import Interruption, Trainee, VillageTerm, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

WAITING = (LeaveState.REQUESTED, LeaveState.CONFIRMED)
OFF = (LeaveState.DECLINED, LeaveState.WITHDRAWN)


def stage_condition(stage: str, day: date) -> Q:
    """As `Leave.stage_on`, over rows of leave."""
    approved = Q(state=LeaveState.APPROVED)
    conditions = {
        LeaveStage.APPROVED: approved & Q(started_on__gt=day),
        LeaveStage.ON_LEAVE: approved & Q(started_on__lte=day, due_on__gte=day),
        LeaveStage.OVERDUE: approved & Q(due_on__lt=day),
    }
    return conditions.get(LeaveStage(stage), Q(state=stage))


class LeaveQuerySet(BaseQuerySet["Leave"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own that stand."""
        own = Q(trainee__person__account=user, voided_at=None)
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | own)

    def worked_on(self, user: "User") -> Self:
        """Those that staff work on: own ones and those of declared relatives are taken out (回避)."""
        return self.filter(of_scope(user, Role.STAFF, prefix="trainee__"))

    def confirmed_by_unit(self, user: "User") -> Self:
        """Those that liaisons confirm, by the same rule."""
        return self.filter(of_scope(user, Role.LIAISON, prefix="trainee__"))

    def in_stage(self, stage: str, day: date) -> Self:
        """Standing ones, by the same columns as `Leave.stage_on`."""
        return self.standing().filter(stage_condition(stage, day))

    def taking(self) -> Self:
        """Standing ones that take days of a person: approved or ended."""
        return self.standing().filter(state__in=(LeaveState.APPROVED, LeaveState.RETURNED))


class Leave(BaseModel):
    """One stretch away. `due_on` is the last day that was asked for, `ended_on` the last day that was; `term` the village
    term it lies in (kept by services). `interruption` is what a leave that counts against the term put into it.
    `return_waits`: the person reported back, and the unit has not confirmed the day yet.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)
    decided_fields: ClassVar[tuple[str, ...]] = ("kind", "started_on", "due_on", "ended_on", "place", "reason")

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="leaves", verbose_name=_("growth file"), editable=False
    )
    term = models.ForeignKey(
        VillageTerm,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leaves",
        verbose_name=_("village term"),
        editable=False,
    )
    kind = models.CharField(pgettext_lazy("leave", "kind"), max_length=16, choices=LeaveKind)
    started_on = models.DateField(_("first day"))
    due_on = models.DateField(_("last day"))
    ended_on = models.DateField(_("last day away"), null=True, blank=True, editable=False)
    place = models.CharField(_("where to"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    state = models.CharField(
        _("state"), max_length=10, choices=LeaveState, default=LeaveState.REQUESTED, editable=False
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by"), editable=False
    )
    requested_on = models.DateField(_("asked for on"), editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
        editable=False,
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
        editable=False,
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True, editable=False)
    decline_reason = models.CharField(pgettext_lazy("leave", "reason for declining"), max_length=200, blank=True)
    returned_on = models.DateField(_("return recorded on"), null=True, blank=True, editable=False)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("return recorded by"),
        editable=False,
    )
    return_waits = models.BooleanField(_("return to be confirmed"), default=False, editable=False)
    interruption = models.OneToOneField(
        Interruption,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leave",
        verbose_name=_("interruption of the term"),
        editable=False,
    )
    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("leave")
        ordering = ("-started_on", "id")
        indexes = [
            models.Index(fields=["trainee", "-started_on", "id"], name="leave_of_trainee"),
            models.Index(fields=["-started_on", "id"], name="leave_by_day"),
            models.Index(fields=["state", "-started_on", "id"], name="leave_by_state"),
            models.Index(fields=["kind", "-started_on", "id"], name="leave_by_kind"),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state=LeaveState.APPROVED, voided_at=None),
                name="leave_to_be_ended",
            ),
            models.Index(
                fields=["requested_on", "id"],
                condition=Q(state__in=WAITING, voided_at=None),
                name="leave_to_be_decided",
            ),
            models.Index(
                fields=["returned_on", "id"],
                condition=Q(return_waits=True, voided_at=None),
                name="leave_return_waits",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("started_on")),
                name="leave_ends_after_start",
                violation_error_code="due_on",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="leave_ended_after_start",
                violation_error_code="ended_on",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(state=LeaveState.RETURNED, ended_on__isnull=False)
                | (~Q(state=LeaveState.RETURNED) & Q(ended_on=None)),
                name="ended_leaves_have_a_day",
            ),
            models.CheckConstraint(
                condition=Q(return_waits=False) | Q(state=LeaveState.RETURNED),
                name="only_returns_wait_for_the_unit",
            ),
            models.CheckConstraint(
                condition=(Q(state=LeaveState.DECLINED) & ~Q(decline_reason=""))
                | (~Q(state=LeaveState.DECLINED) & Q(decline_reason="")),
                name="declined_leaves_say_why",
                violation_error_code="decline_reason",
                violation_error_message=_("Say why the leave is declined."),
            ),
            ExclusionConstraint(
                name="one_leave_at_a_time",
                expressions=[
                    ("trainee", RangeOperators.EQUAL),
                    (
                        DateRange("started_on", Coalesce("ended_on", "due_on"), RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(voided_at=None) & ~Q(state__in=OFF),
                violation_error_code="started_on",
                violation_error_message=_("Another leave covers these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {formats.date_format(self.started_on)}"

    def stage_on(self, day: date) -> LeaveStage:
        """What pages show on a local date."""
        if self.state != LeaveState.APPROVED or self.started_on > day:
            return LeaveStage(self.state)
        return LeaveStage.ON_LEAVE if self.due_on >= day else LeaveStage.OVERDUE

    @property
    def stage(self) -> LeaveStage:
        return self.stage_on(timezone.localdate())

    @property
    def days(self) -> int:
        """Calendar days, first and last included."""
        return ((self.ended_on or self.due_on) - self.started_on).days + 1
