"""更正、作废 A verified entry is locked: a later one corrects it, going the same way; staff void what was wrong."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.achievements.models import Achievement, AchievementState, StepKind
from cadre_app.achievements.models.achievements import LONGEST_COMMENT
from cadre_app.achievements.models.choices import SETTLED
from cadre_app.achievements.services.checks import enter_state, lock_achievement, note_step, require_state
from cadre_app.achievements.services.writing import EVIDENCE, kept_with, put
from cadre_app.files import services as files
from cadre_app.files.models import StoredFile
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User
    from cadre_app.files.uploads import CheckedUpload


@transaction.atomic
def correct_achievement(
    achievement: Achievement,
    *,
    title: str,
    started_on: date | None = None,
    ended_on: date | None = None,
    role: str = "",
    done: str = "",
    result: str = "",
    witness: str = "",
    kept: "Collection[UUID]" = (),
    evidence: "Sequence[CheckedUpload]" = (),
    is_sent: bool = False,
    version: int | None = None,
    actor: "User",
) -> Achievement:
    """The draft that corrects a verified entry, submitted where `is_sent`; the entry counts until this one is verified.
    It has a copy of each file of the entry that is named in `kept`, and what is uploaded beside them.

    Raises Stale; ValidationError by field, also where a correction stands already and where nothing differs.
    """
    achievement = lock_achievement(achievement, version)
    require_state(achievement, (AchievementState.VERIFIED,))
    if achievement.correction() is not None:
        message = _("This entry has a correction already. Change or discard that one.")
        raise ValidationError(message, code="corrected")
    values: dict[str, Any] = {
        "title": title, "started_on": started_on, "ended_on": ended_on, "role": role, "done": done, "result": result,
        "witness": witness,
    }  # fmt: skip
    former = list(StoredFile.objects.of(EVIDENCE, [achievement.pk]))
    taken_over = [file for file in former if file.pk in kept]
    if (
        not evidence
        and taken_over == former
        and all(getattr(achievement, name) == value for name, value in values.items())
    ):
        raise ValidationError(_("Nothing differs from the entry. Change what is wrong in it."), code="same")
    later = Achievement(trainee=achievement.trainee, supersedes=achievement, state_since=timezone.localdate())
    with history.change(later, actor=actor, verb="achievements.achievement.corrected"):
        put(later, values)
        later.save(force_insert=True)
    files.copy_files(taken_over, owner=later, actor=actor)
    return kept_with(later, evidence, is_sent=is_sent, actor=actor)


@transaction.atomic
def void_achievement(
    achievement: Achievement, *, reason: str, version: int | None = None, actor: "User"
) -> Achievement:
    """Take an entry out of everything, with a reason; what it corrected counts again. Raises Stale, ValidationError."""
    achievement = lock_achievement(achievement, version)
    if achievement.is_superseded:
        raise ValidationError(_("A later entry corrects this one. Void that one first."), code="superseded")
    history.void(achievement, actor=actor, reason=reason, version=version)
    if not achievement.is_draft:
        note_step(achievement, StepKind.VOIDED, actor=actor, comment=reason[:LONGEST_COMMENT])
    if achievement.state == AchievementState.VERIFIED and achievement.supersedes_id is not None:
        _put_forward(achievement.supersedes_id, actor=actor)
    return _again(achievement)


@transaction.atomic
def restore_achievement(
    achievement: Achievement, *, reason: str = "", version: int | None = None, actor: "User"
) -> Achievement:
    """Undo `void_achievement`. Raises Stale; ValidationError where another entry has taken its place by now."""
    achievement = lock_achievement(achievement, version, voided=True)
    later = achievement.correction()
    if later is not None and later.state in SETTLED:
        raise ValidationError(_("An entry that corrects this one was verified meanwhile."), code="superseded")
    if achievement.state == AchievementState.VERIFIED and achievement.supersedes_id is not None:
        put_back(achievement.supersedes_id, actor=actor)
    history.restore(achievement, actor=actor, reason=reason)
    if not achievement.is_draft:
        note_step(achievement, StepKind.RESTORED, actor=actor, comment=reason[:LONGEST_COMMENT])
    return _again(achievement)


def put_back(pk: "UUID", *, actor: "User | None") -> None:
    """已更正 What a later entry corrects from now on no longer counts: the entry itself, or what counts again in place of one
    that was voided meanwhile. Raises ValidationError where another correction took its place already.
    """
    earlier = Achievement.objects.lock(pk)
    if earlier.is_voided:
        if earlier.supersedes_id is not None:
            put_back(earlier.supersedes_id, actor=actor)
        return
    if earlier.is_superseded:
        message = _("Another correction of the same work was verified meanwhile: this one would count beside it.")
        raise ValidationError(message, code="superseded")
    _move(earlier, AchievementState.SUPERSEDED, "achievements.achievement.superseded", actor)
    note_step(earlier, StepKind.SUPERSEDED, actor=actor)


def _put_forward(pk: "UUID", *, actor: "User | None") -> None:
    """Undo `put_back`: the entry that corrected it was voided."""
    earlier = Achievement.objects.lock(pk)
    if earlier.is_voided and earlier.supersedes_id is not None:
        _put_forward(earlier.supersedes_id, actor=actor)
    if earlier.is_voided or not earlier.is_superseded:
        return
    _move(earlier, AchievementState.VERIFIED, "achievements.achievement.counts_again", actor)
    note_step(earlier, StepKind.COUNTS_AGAIN, actor=actor)


def _move(achievement: Achievement, state: AchievementState, verb: str, actor: "User | None") -> None:
    with history.change(achievement, actor=actor, verb=verb):
        enter_state(achievement, state)
        clean(achievement)
        achievement.save()


def _again(achievement: Achievement) -> Achievement:
    return Achievement.objects.select_related("trainee__person").get(pk=achievement.pk)
