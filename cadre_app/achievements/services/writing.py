"""工作实绩 written, changed, submitted and withdrawn by the person."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cadre_app.achievements import permissions
from cadre_app.achievements.models import Achievement, AchievementState, StepKind
from cadre_app.achievements.models.choices import EDITABLE, WAITING
from cadre_app.achievements.services.checks import (
    check_complete,
    check_entry,
    check_result,
    enter_state,
    lock_achievement,
    note_step,
    require_state,
)
from cadre_app.files import services as files
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, lock_open_file

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.files.models import StoredFile
    from cadre_app.files.uploads import CheckedUpload
    from cadre_app.people.models import Trainee

EVIDENCE = "achievements.evidence"


@transaction.atomic
def write_achievement(
    trainee: "Trainee",
    *,
    title: str,
    started_on: date | None = None,
    ended_on: date | None = None,
    role: str = "",
    done: str = "",
    result: str = "",
    witness: str = "",
    evidence: "Sequence[CheckedUpload]" = (),
    is_sent: bool = False,
    actor: "User",
) -> Achievement:
    """Keep a draft, which may lack everything but its title; `is_sent` submits it. Raises ValidationError by field."""
    trainee = lock_open_file(trainee.pk)
    achievement = Achievement(trainee=trainee, state_since=timezone.localdate())
    values: dict[str, Any] = {
        "title": title, "started_on": started_on, "ended_on": ended_on, "role": role, "done": done, "result": result,
        "witness": witness,
    }  # fmt: skip
    with history.change(achievement, actor=actor, verb="achievements.achievement.written"):
        put(achievement, values)
        achievement.save(force_insert=True)
    return kept_with(achievement, evidence, is_sent=is_sent, actor=actor)


@transaction.atomic
def change_achievement(
    achievement: Achievement,
    *,
    title: str,
    started_on: date | None = None,
    ended_on: date | None = None,
    role: str = "",
    done: str = "",
    result: str = "",
    witness: str = "",
    evidence: "Sequence[CheckedUpload]" = (),
    is_sent: bool = False,
    version: int | None = None,
    actor: "User",
) -> Achievement:
    """Change a draft or what was returned; `is_sent` submits it. Raises Stale, ValidationError by field."""
    achievement = lock_achievement(achievement, version)
    require_state(achievement, EDITABLE)
    values: dict[str, Any] = {
        "title": title, "started_on": started_on, "ended_on": ended_on, "role": role, "done": done, "result": result,
        "witness": witness,
    }  # fmt: skip
    with history.change(achievement, actor=actor, verb="achievements.achievement.changed"):
        put(achievement, values)
        achievement.save()
    return kept_with(achievement, evidence, is_sent=is_sent, actor=actor)


@transaction.atomic
def submit_achievement(achievement: Achievement, *, version: int | None = None, actor: "User") -> Achievement:
    """提交 To the unit; where it has no liaison who may verify it, on to the department at once.

    Raises Stale, ValidationError by field for what is missing.
    """
    achievement = lock_achievement(achievement, version)
    require_state(achievement, EDITABLE)
    check_complete(achievement)
    check_result(achievement)
    has_liaison = permissions.has_liaison(achievement.trainee)
    with history.change(achievement, actor=actor, verb="achievements.achievement.submitted"):
        enter_state(achievement, AchievementState.UNIT if has_liaison else AchievementState.DEPARTMENT)
        achievement.unit_verified_by, achievement.unit_verified_on = None, None
        check_entry(achievement)
        achievement.save()
    note_step(achievement, StepKind.SUBMITTED, actor=actor)
    if not has_liaison:
        note_step(achievement, StepKind.PASSED_UNIT, actor=None)
    return achievement


@transaction.atomic
def withdraw_achievement(achievement: Achievement, *, version: int | None = None, actor: "User") -> Achievement:
    """撤回 While it waits: a draft again, which nobody else reads. Raises Stale, ValidationError."""
    achievement = lock_achievement(achievement, version)
    require_state(achievement, WAITING)
    with history.change(achievement, actor=actor, verb="achievements.achievement.withdrawn"):
        enter_state(achievement, AchievementState.DRAFT)
        achievement.unit_verified_by, achievement.unit_verified_on = None, None
        clean(achievement)
        achievement.save()
    note_step(achievement, StepKind.WITHDRAWN, actor=actor)
    return achievement


@transaction.atomic
def remove_evidence(
    achievement: Achievement, *, file: "StoredFile", version: int | None = None, actor: "User"
) -> Achievement:
    """Take one file off an entry that is with the person. Raises Stale, ValidationError."""
    achievement = lock_achievement(achievement)
    require_state(achievement, EDITABLE)
    files.remove_file(file, version=version, actor=actor)
    return achievement


def put(achievement: Achievement, values: dict[str, Any]) -> None:
    """Write what was typed into the entry, checked. Raises ValidationError by field."""
    for name, value in values.items():
        setattr(achievement, name, value)
    check_entry(achievement)


def kept_with(
    achievement: Achievement, evidence: "Sequence[CheckedUpload]", *, is_sent: bool, actor: "User"
) -> Achievement:
    """The saved entry with its evidence, submitted where that was asked for."""
    try:
        files.store_files(kind=EVIDENCE, owner=achievement, uploads=evidence, actor=actor)
    except ValidationError as error:
        raise ValidationError({"evidence": error}) from error
    return submit_achievement(achievement, actor=actor) if is_sent else achievement
