"""When the next talk is due: one plan for everybody in development, and what calls for a talk beside it."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from cadre_app.care.models.choices import TRIGGERING, Occasion
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.people.models import PostRecord, Trainee, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

WORKERS = (Role.STAFF, Role.LEADER)


class TalkPlanQuerySet(BaseQuerySet["TalkPlan"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders in their scope; own files and those of declared relatives are taken out."""
        return self.filter(of_scope(user, *WORKERS, prefix="trainee__"))

    def planned_by(self, user: "User") -> Self:
        """Those for whom `user` plans talks: staff."""
        return self.filter(of_scope(user, Role.STAFF, prefix="trainee__"))

    def in_development(self) -> Self:
        """Of those who neither left nor were voided: nobody else has a talk due."""
        return self.standing().filter(trainee__departed_on=None, trainee__voided_at=None)


class TalkPlan(BaseModel):
    """By when the next talk is held. `cadence_months` NULL is what the policy says; `months` is the cadence that
    `next_on` was reckoned with. A pause moves `next_on` to its end. Kept by services.plans.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    trainee = models.OneToOneField(
        Trainee, models.PROTECT, related_name="talk_plan", verbose_name=_("growth file"), editable=False
    )
    cadence_months = models.PositiveSmallIntegerField(_("a talk every (months)"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(editable=False)
    next_on = models.DateField(_("next talk by"), editable=False)
    last_on = models.DateField(_("last talk on"), null=True, blank=True, editable=False)
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    pause_reason = models.CharField(_("reason for the pause"), max_length=200, blank=True)
    objects = TalkPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk plan")
        ordering = ("next_on", "id")
        indexes = [
            models.Index(fields=["next_on", "id"], name="talk_plan_by_day"),
            models.Index(fields=["last_on", "id"], name="talk_plan_by_last"),
            models.Index(fields=["months"], condition=Q(cadence_months=None), name="talk_plan_by_policy"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cadence_months=None) | Q(cadence_months__range=(1, 24)),
                name="talk_cadence_within_bounds",
                violation_error_code="cadence_months",
                violation_error_message=_("A talk is planned every 1 to 24 months."),
            ),
            models.CheckConstraint(
                condition=Q(paused_until=None, pause_reason="") | (~Q(pause_reason="") & ~Q(paused_until=None)),
                name="paused_talk_plans_say_why",
                violation_error_code="pause_reason",
                violation_error_message=_("A pause has a last day and a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee} {formats.date_format(self.next_on)}"


class TalkTriggerQuerySet(BaseQuerySet["TalkTrigger"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders in their scope."""
        return self.filter(of_scope(user, *WORKERS, prefix="trainee__"))

    def open(self) -> Self:
        """Neither answered by a talk that was held nor set aside."""
        return self.standing().filter(answered_on=None, set_aside_on=None)


class TalkTrigger(BaseModel):
    """Something after which a talk is held by `due_on`; `answered_on` repeats the day of the talk that answered it.

    Without `made_by` a rule found it; of a serious change in the family only that is recorded (PRODUCT.md, "Talks").
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)
    idle: ClassVar[Q | None] = ~Q(set_aside_on=None)

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="talk_triggers", verbose_name=_("growth file"), editable=False
    )
    occasion = models.CharField(_("occasion"), max_length=16, choices=Occasion)
    happened_on = models.DateField(_("happened on"))
    due_on = models.DateField(_("talk by"))
    subject = models.CharField(_("what it is about"), max_length=100, blank=True)
    is_by_person = models.BooleanField(_("asked for by the person"), default=False, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    post_record = models.OneToOneField(
        PostRecord, models.PROTECT, null=True, blank=True, related_name="talk_trigger", verbose_name=_("post and rank")
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True, editable=False)
    set_aside_on = models.DateField(_("set aside on"), null=True, blank=True, editable=False)
    set_aside_reason = models.CharField(_("reason for setting it aside"), max_length=200, blank=True)
    objects = TalkTriggerQuerySet.as_manager()

    class Meta:
        verbose_name = _("occasion for a talk")
        ordering = ("due_on", "id")
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(answered_on=None, set_aside_on=None, voided_at=None),
                name="talk_trigger_open",
            ),
            models.Index(fields=["trainee", "-happened_on"], name="talk_trigger_of_trainee"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(occasion__in=TRIGGERING),
                name="talk_trigger_occasions",
                violation_error_code="occasion",
                violation_error_message=_("This occasion does not call for a talk by itself."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("happened_on")),
                name="talk_trigger_due_after_it_happened",
                violation_error_code="due_on",
                violation_error_message=_("The talk cannot be due before the day of the occasion."),
            ),
            models.CheckConstraint(
                condition=~Q(occasion=Occasion.FAMILY) | Q(subject=""),
                name="family_changes_are_not_described",
                violation_error_code="subject",
                violation_error_message=_("Of a serious change in the family only that is recorded. Leave this empty."),
            ),
            models.CheckConstraint(
                condition=Q(set_aside_on=None, set_aside_reason="")
                | (~Q(set_aside_on=None) & ~Q(set_aside_reason="") & Q(answered_on=None)),
                name="talk_triggers_are_set_aside_with_a_reason",
                violation_error_code="set_aside_reason",
                violation_error_message=_("Say why no talk is held."),
            ),
            models.UniqueConstraint(
                fields=["trainee"],
                condition=Q(is_by_person=True, answered_on=None, set_aside_on=None, voided_at=None),
                name="one_open_request_for_a_talk",
                violation_error_message=_("A talk was asked for already. The organization department will arrange it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()} {formats.date_format(self.happened_on)}"

    @property
    def is_open(self) -> bool:
        return self.answered_on is None and self.set_aside_on is None and not self.is_voided
