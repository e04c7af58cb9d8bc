"""训后评价 anonymous sheets on a session, shown from five sheets on.

Neither sheet nor receipt keeps a moment or an author, and `services.feedback` mixes the sheets of a session anew with
each one that comes in: what somebody wrote cannot be traced to them, not by the order in which rows were written either.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.training.models.enrolments import Enrolment
from cadre_app.training.models.sessions import CourseSession


class Rating(models.IntegerChoices):
    """Four options, as in community evaluation."""

    VERY_GOOD = 4, pgettext_lazy("feedback rating", "Very good")
    GOOD = 3, pgettext_lazy("feedback rating", "Good")
    FAIR = 2, pgettext_lazy("feedback rating", "Fair")
    POOR = 1, pgettext_lazy("feedback rating", "Poor")


class FeedbackSheet(models.Model):
    """One anonymous sheet. Nobody reads sheets one by one: pages show what `services.feedback_results` sums up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(CourseSession, models.PROTECT, related_name="sheets", verbose_name=_("session"))
    content = models.PositiveSmallIntegerField(_("content"), choices=Rating)
    teaching = models.PositiveSmallIntegerField(_("teaching"), choices=Rating)
    usefulness = models.PositiveSmallIntegerField(_("use for the work"), choices=Rating)
    text = models.CharField(_("suggestions"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("feedback sheet")
        ordering = ("id",)
        indexes = [models.Index(fields=["session", "id"], name="sheet_of_session")]
        constraints = [
            models.CheckConstraint(
                condition=Q(content__in=Rating.values, teaching__in=Rating.values, usefulness__in=Rating.values),
                name="sheet_ratings_are_options",
            ),
        ]

    def __str__(self) -> str:
        return str(self.session_id)


class FeedbackReceipt(models.Model):
    """That somebody handed in a sheet, not which one."""

    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, primary_key=True, related_name="receipt", verbose_name=_("place on a roster")
    )

    class Meta:
        verbose_name = _("feedback receipt")

    def __str__(self) -> str:
        return str(self.enrolment_id)
