"""帮带目标 Goals of a pairing: added, worded, their progress entered, removed and put back."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.mentorship.models import GoalRemark, GoalState, Pairing, PairingGoal
from cadre_app.mentorship.models.goals import MOST_GOALS
from cadre_app.mentorship.services.checks import lock_pairing
from cadre_app.people.services.checks import clean, refuse_before, refuse_future, refuse_standing

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def add_goal(pairing: Pairing, *, side: str, text: str, actor: "User") -> PairingGoal:
    """One goal more, at the end, also after the agreement was signed. Raises ValidationError by field."""
    pairing = lock_pairing(pairing.pk)
    standing = PairingGoal.objects.standing().filter(pairing=pairing)
    if standing.count() >= MOST_GOALS:
        raise ValidationError(_("An agreement has %(most)s goals at most.") % {"most": MOST_GOALS}, code="too_many")
    last = PairingGoal.objects.filter(pairing=pairing).aggregate(last=Max("position"))["last"] or 0
    goal = PairingGoal(pairing=pairing, position=last + 1, side=side, text=text)
    with history.change(goal, actor=actor, verb="mentorship.pairinggoal.added"):
        clean(goal)
        goal.save(force_insert=True)
    return goal


@transaction.atomic
def change_goal(goal: PairingGoal, *, side: str, text: str, version: int | None = None, actor: "User") -> PairingGoal:
    """Word a goal anew until the agreement is signed or a review speaks about it. Raises Stale, ValidationError."""
    goal = _locked(goal, version)
    _refuse_reviewed(goal)
    _refuse_signed(goal)
    with history.change(goal, actor=actor, verb="mentorship.pairinggoal.changed"):
        goal.side, goal.text = side, text
        clean(goal)
        goal.save()
    return goal


@transaction.atomic
def set_progress(
    goal: PairingGoal,
    *,
    state: str,
    progress: str = "",
    progressed_on: date,
    version: int | None = None,
    actor: "User",
) -> PairingGoal:
    """How a goal stands as of that local day. Raises Stale; ValidationError by field."""
    goal = _locked(goal, version)
    refuse_future("progressed_on", progressed_on)
    message = _("The pairing had not begun yet.")
    refuse_before("progressed_on", progressed_on, goal.pairing.started_on, message)
    with history.change(goal, actor=actor, verb="mentorship.pairinggoal.progressed"):
        goal.state, goal.progress = state, progress
        goal.progressed_on = progressed_on if state != GoalState.OPEN or progress else None
        clean(goal)
        goal.save()
    return goal


@transaction.atomic
def void_goal(goal: PairingGoal, *, reason: str, version: int | None = None, actor: "User") -> PairingGoal:
    """Remove a goal that no review speaks about, until the agreement is signed. Raises Stale, ValidationError."""
    goal = _locked(goal, version)
    _refuse_reviewed(goal)
    _refuse_signed(goal)
    history.void(goal, actor=actor, reason=reason)
    return PairingGoal.objects.get(pk=goal.pk)


@transaction.atomic
def restore_goal(goal: PairingGoal, *, reason: str = "", version: int | None = None, actor: "User") -> PairingGoal:
    """Undo `void_goal`. Raises Stale, ValidationError."""
    pairing = lock_pairing(goal.pairing_id)
    goal = PairingGoal.objects.lock(goal.pk, version)
    goal.pairing = pairing
    refuse_standing(goal)
    _refuse_signed(goal)
    history.restore(goal, actor=actor, reason=reason)
    return PairingGoal.objects.get(pk=goal.pk)


def _locked(goal: PairingGoal, version: int | None) -> PairingGoal:
    """Person, file, pairing and goal, locked in this order. Raises Stale, ValidationError."""
    pairing = lock_pairing(goal.pairing_id)
    goal = PairingGoal.objects.lock(goal.pk, version)
    goal.pairing = pairing
    if goal.is_voided:
        raise ValidationError(_("This goal was removed."), code="voided")
    return goal


def _refuse_reviewed(goal: PairingGoal) -> None:
    """What a review says would stand beside other words."""
    if GoalRemark.objects.standing().filter(goal=goal, review__voided_at=None).exists():
        message = _("A review speaks about this goal, so it stays. Enter how it stands instead.")
        raise ValidationError(message, code="reviewed")


def _refuse_signed(goal: PairingGoal) -> None:
    """What was signed stands as it was signed; a goal that was added later can still be worded."""
    signed = goal.pairing.signed_on
    if goal.is_agreed and signed is not None:
        message = _("The agreement was signed on %(day)s and stands as it is. Add another goal instead.")
        raise ValidationError(message % {"day": formats.date_format(signed)}, code="signed")
