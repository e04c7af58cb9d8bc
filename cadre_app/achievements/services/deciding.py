"""核实、审定、退回 What unit and department decide, one entry or many."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.achievements import permissions
from cadre_app.achievements.models import Achievement, AchievementState, StepKind
from cadre_app.achievements.models.choices import WAITING
from cadre_app.achievements.services.checks import (
    check_entry,
    enter_state,
    lock_achievement,
    note_step,
    refuse_avoided,
    require_state,
)
from cadre_app.achievements.services.corrections import put_back
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def verify_for_unit(achievement: Achievement, *, version: int | None = None, actor: "User") -> Achievement:
    """单位核实 On to the department. Raises Stale, ValidationError."""
    achievement = lock_achievement(achievement, version)
    require_state(achievement, (AchievementState.UNIT,))
    refuse_avoided(achievement, actor)
    with history.change(achievement, actor=actor, verb="achievements.achievement.unit_verified"):
        enter_state(achievement, AchievementState.DEPARTMENT)
        achievement.unit_verified_by, achievement.unit_verified_on = actor, timezone.localdate()
        check_entry(achievement)
        achievement.save()
    note_step(achievement, StepKind.UNIT_VERIFIED, actor=actor)
    return achievement


@transaction.atomic
def verify_achievement(achievement: Achievement, *, version: int | None = None, actor: "User") -> Achievement:
    """组织部审定 Locked from now on; what it corrects no longer counts. Raises Stale, ValidationError.

    What still waits for the unit is taken only where the unit has no liaison who may verify it; whoever verified it for
    the unit does not verify it for the department as well.
    """
    achievement = lock_achievement(achievement, version)
    require_state(achievement, WAITING)
    refuse_avoided(achievement, actor)
    _refuse_past_the_unit(achievement)
    if permissions.has_spoken_for_unit(actor, achievement):
        message = _("You verified “%(title)s” for the unit: somebody else verifies it for the department.")
        raise ValidationError(message % {"title": achievement.title}, code="same_hand")
    if achievement.supersedes_id is not None:
        put_back(achievement.supersedes_id, actor=actor)
    with history.change(achievement, actor=actor, verb="achievements.achievement.verified"):
        enter_state(achievement, AchievementState.VERIFIED)
        achievement.verified_by, achievement.verified_on = actor, timezone.localdate()
        check_entry(achievement)
        achievement.save()
    note_step(achievement, StepKind.VERIFIED, actor=actor)
    return achievement


@transaction.atomic
def return_achievement(
    achievement: Achievement, *, comment: str, version: int | None = None, actor: "User"
) -> Achievement:
    """退回补充 To the person, with what is to be completed; by whoever would verify it next.

    Raises Stale, ValidationError by field.
    """
    achievement = lock_achievement(achievement, version)
    require_state(achievement, WAITING)
    refuse_avoided(achievement, actor)
    if not comment.strip():
        raise refusal("comment", _("Say what is to be completed."), code="required")
    by_unit = achievement.state == AchievementState.UNIT and permissions.can_verify_for_unit(actor, achievement)
    if not by_unit:
        _refuse_past_the_unit(achievement)
    with history.change(achievement, actor=actor, verb="achievements.achievement.returned"):
        enter_state(achievement, AchievementState.RETURNED)
        achievement.return_comment = comment
        achievement.unit_verified_by, achievement.unit_verified_on = None, None
        clean(achievement)
        achievement.save()
    kind = StepKind.RETURNED_BY_UNIT if by_unit else StepKind.RETURNED
    note_step(achievement, kind, actor=actor, comment=comment)
    return achievement


@transaction.atomic
def verify_many(*, picks: Sequence[tuple[Achievement, int]], actor: "User") -> list[Achievement]:
    """One step further for each, with the version that was looked at; all or none. Raises Stale, ValidationError."""
    if not picks:
        raise ValidationError(_("None of the picked entries waits for you."), code="nothing")
    done = []
    for achievement, version in sorted(picks, key=lambda pick: (str(pick[0].trainee_id), str(pick[0].pk))):
        is_for_unit = permissions.can_verify_for_unit(actor, achievement)
        verify = verify_for_unit if is_for_unit else verify_achievement
        done.append(verify(achievement, version=version, actor=actor))
    return done


def _refuse_past_the_unit(achievement: Achievement) -> None:
    if achievement.state == AchievementState.UNIT and permissions.has_liaison(achievement.trainee):
        raise ValidationError(_("The unit has not verified it yet; its liaison does that first."), code="not_yet")
