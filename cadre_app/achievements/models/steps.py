"""The way of an achievement: who moved it on, and when; what was asked for when it was returned."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.achievements.models.achievements import LONGEST_COMMENT, Achievement
from cadre_app.achievements.models.choices import StepKind


class AchievementStep(models.Model):
    """One step, never changed; read by whoever reads the achievement. `by` is None for what follows from a rule."""

    achievement = models.ForeignKey(
        Achievement, models.PROTECT, related_name="steps", verbose_name=_("work achievement"), editable=False
    )
    kind = models.CharField(pgettext_lazy("achievement", "step"), max_length=16, choices=StepKind, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("achievement step", "by"),
        editable=False,
    )
    at = models.DateTimeField(pgettext_lazy("achievement step", "at"), editable=False)
    comment = models.CharField(_("comment"), max_length=LONGEST_COMMENT, blank=True, editable=False)

    class Meta:
        verbose_name = _("step of an achievement")
        ordering = ("at", "pk")
        indexes = [models.Index(fields=["achievement", "at", "id"], name="step_of_achievement")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
