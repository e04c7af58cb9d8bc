"""Many achievements at once, as imports and the fictional district bring them: as they stand after their steps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from cadre_app.achievements.models import Achievement, AchievementComment, AchievementState, AchievementStep, StepKind
from cadre_app.people.services.bulk import write_many
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

AT = time(10, 0)
ENTERED = {
    StepKind.SUBMITTED: AchievementState.UNIT,
    StepKind.PASSED_UNIT: AchievementState.DEPARTMENT,
    StepKind.WITHDRAWN: AchievementState.DRAFT,
    StepKind.UNIT_VERIFIED: AchievementState.DEPARTMENT,
    StepKind.VERIFIED: AchievementState.VERIFIED,
    StepKind.RETURNED_BY_UNIT: AchievementState.RETURNED,
    StepKind.RETURNED: AchievementState.RETURNED,
    StepKind.SUPERSEDED: AchievementState.SUPERSEDED,
    StepKind.COUNTS_AGAIN: AchievementState.VERIFIED,
}


@dataclass(frozen=True, kw_only=True)
class NewStep:
    """One step on its day; `by` is None for what follows from a rule, or where nobody is known."""

    kind: str
    on: date
    by: "User | None" = None
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class NewAchievement:
    """An entry and its way so far; without steps it is a draft of `written_on`."""

    trainee: "Trainee"
    title: str
    started_on: date
    ended_on: date
    role: str
    done: str
    result: str
    witness: str
    written_on: date
    steps: tuple[NewStep, ...] = ()
    supersedes: Achievement | None = None
    comments: tuple[tuple["User", str], ...] = field(default=())


@transaction.atomic
def add_achievements_many(
    wanted: Sequence[NewAchievement], *, actor: "User | None", reason: str = ""
) -> list[Achievement]:
    """Write them in the order given, with their steps and comments; callers have checked them. Raises ValidationError."""
    found = [_achievement(new) for new in wanted]
    for achievement in found:
        clean(achievement)
    write_many(found, actor=actor, verb="achievements.achievement.written", reason=reason)
    pairs = list(zip(wanted, found, strict=True))
    steps = [_step(achievement, step) for new, achievement in pairs for step in new.steps]
    AchievementStep.objects.bulk_create(steps)
    comments = [
        AchievementComment(achievement=achievement, author=author, text=text)
        for new, achievement in pairs
        for author, text in new.comments
    ]
    write_many(comments, actor=actor, verb="achievements.achievementcomment.added", reason=reason)
    return found


def _achievement(new: NewAchievement) -> Achievement:
    achievement = Achievement(
        trainee=new.trainee,
        title=new.title,
        started_on=new.started_on,
        ended_on=new.ended_on,
        role=new.role,
        done=new.done,
        result=new.result,
        witness=new.witness,
        supersedes=new.supersedes,
        state_since=new.written_on,
    )
    for step in new.steps:
        _take(achievement, step)
    return achievement


def _take(achievement: Achievement, step: NewStep) -> None:
    """The columns after one step, as the single services leave them."""
    achievement.state, achievement.state_since = ENTERED[StepKind(step.kind)], step.on
    achievement.return_comment = step.comment if achievement.is_returned else ""
    if step.kind == StepKind.UNIT_VERIFIED:
        achievement.unit_verified_by, achievement.unit_verified_on = step.by, step.on
    elif step.kind == StepKind.VERIFIED:
        achievement.verified_by, achievement.verified_on = step.by, step.on
    elif achievement.state in (AchievementState.RETURNED, AchievementState.DRAFT, AchievementState.UNIT):
        achievement.unit_verified_by, achievement.unit_verified_on = None, None


def _step(achievement: Achievement, step: NewStep) -> AchievementStep:
    at = timezone.make_aware(datetime.combine(step.on, AT))
    return AchievementStep(achievement=achievement, kind=step.kind, by=step.by, at=at, comment=step.comment)
