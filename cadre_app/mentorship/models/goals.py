"""帮带目标 what a pairing agreement sets out to reach, one row a goal (demo-texts B7)."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.mentorship.models.pairings import Pairing

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_GOAL = 200
MOST_GOALS = 12


class GoalSide(models.TextChoices):
    """Whose goal it is; what both keep to has no progress of its own."""

    MENTOR = "mentor", pgettext_lazy("whose goal", "Mentor")
    TRAINEE = "trainee", pgettext_lazy("whose goal", "Mentee")
    BOTH = "both", pgettext_lazy("whose goal", "Both")


class GoalState(models.TextChoices):
    OPEN = "open", pgettext_lazy("goal", "Not begun")
    UNDER_WAY = "under_way", pgettext_lazy("goal", "Under way")
    REACHED = "reached", pgettext_lazy("goal", "Reached")


class PairingGoalQuerySet(BaseQuerySet["PairingGoal"]):
    def visible_to(self, user: "User") -> Self:
        """As the pairing."""
        return self.filter(pairing__in=Pairing.objects.visible_to(user))

    def unreached(self) -> Self:
        """Standing ones with something left to do."""
        return self.standing().exclude(state=GoalState.REACHED).exclude(side=GoalSide.BOTH)


class PairingGoal(BaseModel):
    """One goal; `state` and `progress` are the latest word on it, said on `progressed_on`.

    `is_agreed`: it stood in the agreement when that was signed, and so is worded as it was signed.
    """

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="goals", verbose_name=_("pairing"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    side = models.CharField(_("whose"), max_length=16, choices=GoalSide)
    text = models.CharField(_("goal"), max_length=LONGEST_GOAL)
    is_agreed = models.BooleanField(_("signed"), default=False, editable=False)
    state = models.CharField(_("progress"), max_length=16, choices=GoalState, default=GoalState.OPEN)
    progress = models.CharField(_("how it stands"), max_length=LONGEST_GOAL, blank=True)
    progressed_on = models.DateField(_("as of"), null=True, blank=True)
    objects = PairingGoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal of a pairing")
        ordering = ("pairing", "position", "pk")
        indexes = [
            models.Index(fields=["pairing", "position", "id"], name="goal_of_pairing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=GoalState.OPEN) | Q(progressed_on__isnull=False),
                name="progress_has_a_day",
                violation_error_code="progressed_on",
                violation_error_message=_("Say as of which day."),
            ),
            models.CheckConstraint(
                condition=~Q(side=GoalSide.BOTH) | Q(state=GoalState.OPEN),
                name="rules_of_both_are_not_reached",
                violation_error_code="state",
                violation_error_message=_("What both keep to is not reached at some time: it holds throughout."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def has_progress(self) -> bool:
        """False for what both keep to throughout."""
        return self.side != GoalSide.BOTH

    @property
    def mark(self) -> str:
        """A mark of core.templatetags.ql.STATES."""
        return {GoalState.OPEN: "idle", GoalState.UNDER_WAY: "wait", GoalState.REACHED: "ok"}[GoalState(self.state)]
