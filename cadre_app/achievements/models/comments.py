"""What the mentor of a running pairing says of an achievement of the mentee."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.achievements.models.achievements import LONGEST_COMMENT, Achievement
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class AchievementCommentQuerySet(BaseQuerySet["AchievementComment"]):
    def visible_to(self, user: "User") -> Self:
        """Whoever reads the achievement; a voided comment its author, staff and leaders alone."""
        kept = Q(voided_at=None) | Q(author=user)
        kept |= of_scope(user, Role.STAFF, Role.LEADER, prefix="achievement__trainee__")
        return self.filter(kept, achievement__in=Achievement.objects.visible_to(user).order_by())


class AchievementComment(BaseModel):
    """One comment, never changed: it can be voided with a reason, and written anew."""

    achievement = models.ForeignKey(
        Achievement, models.PROTECT, related_name="comments", verbose_name=_("work achievement"), editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"), editable=False
    )
    text = models.CharField(pgettext_lazy("achievement", "comment"), max_length=LONGEST_COMMENT)
    objects = AchievementCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on an achievement")
        ordering = ("created_at", "id")
        indexes = [models.Index(fields=["achievement", "created_at", "id"], name="comment_of_achievement")]

    def __str__(self) -> str:
        return self.text
