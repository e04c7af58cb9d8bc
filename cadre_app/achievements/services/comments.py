"""What mentors say of an achievement: added, never changed; voided with a reason and restored."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.achievements.models import Achievement, AchievementComment
from cadre_app.achievements.services.checks import lock_achievement
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refuse_standing

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def add_comment(achievement: Achievement, *, text: str, actor: "User") -> AchievementComment:
    """A comment on what was submitted. Raises ValidationError by field."""
    achievement = lock_achievement(achievement)
    if achievement.is_draft:
        raise ValidationError(_("The entry was withdrawn: there is nothing to comment on."), code="draft")
    comment = AchievementComment(achievement=achievement, author=actor, text=text)
    with history.change(comment, actor=actor, verb="achievements.achievementcomment.added"):
        clean(comment)
        comment.save(force_insert=True)
    return comment


@transaction.atomic
def void_comment(
    comment: AchievementComment, *, reason: str, version: int | None = None, actor: "User"
) -> AchievementComment:
    """Take a comment out, with a reason; it can be restored. Raises Stale, ValidationError."""
    lock_achievement(comment.achievement)
    comment = AchievementComment.objects.lock(comment.pk, version)
    if comment.is_voided:
        raise ValidationError(_("This comment is voided."), code="voided")
    history.void(comment, actor=actor, reason=reason, version=version)
    return AchievementComment.objects.get(pk=comment.pk)


@transaction.atomic
def restore_comment(
    comment: AchievementComment, *, reason: str = "", version: int | None = None, actor: "User"
) -> AchievementComment:
    """Undo `void_comment`. Raises Stale, ValidationError."""
    lock_achievement(comment.achievement)
    comment = AchievementComment.objects.lock(comment.pk, version)
    refuse_standing(comment)
    history.restore(comment, actor=actor, reason=reason)
    return AchievementComment.objects.get(pk=comment.pk)
