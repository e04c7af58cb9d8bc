"""意见建议: what people wish to be different, and what the department answered."""

from typing import TYPE_CHECKING, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.models import User
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.org.paths import any_of

if TYPE_CHECKING:
    from datetime import datetime

LONGEST = 2000

validate_page = RegexValidator(r"\A/(?![/\\])[^\s\\]*\Z", _("This is not a page of this system."))


class FeedbackState(models.TextChoices):
    OPEN = "open", _("To be answered")
    ANSWERED = "answered", _("Answered")


class FeedbackQuerySet(BaseQuerySet["Feedback"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and for department staff those of accounts that stand in their units."""
        return self.filter(Q(author=user) | self._in_scope(user))

    def own(self, user: User) -> Self:
        return self.filter(author=user)

    def to_answer(self, user: User) -> Self:
        """What staff see of others; nobody answers themself."""
        return self.filter(self._in_scope(user)).exclude(author=user)

    def open(self) -> Self:
        return self.filter(state=FeedbackState.OPEN)

    def answered_since(self, moment: "datetime") -> Self:
        return self.filter(state=FeedbackState.ANSWERED, answered_at__gte=moment)

    def _in_scope(self, user: User) -> Q:
        return any_of(user.unit_ranges(Role.STAFF), field="author__unit__path")


class Feedback(BaseModel):
    """One suggestion about one page of the system, and its answer."""

    author = models.ForeignKey(User, models.PROTECT, related_name="feedback", verbose_name=_("written by"))
    page = models.CharField(_("page"), max_length=300, blank=True, validators=[validate_page])
    text = models.CharField(_("suggestion"), max_length=LONGEST)
    state = models.CharField(_("state"), max_length=16, choices=FeedbackState, default=FeedbackState.OPEN)
    answer = models.CharField(_("answer"), max_length=LONGEST, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        ordering = ("-created_at",)
        indexes = [
            models.Index(fields=["author", "-created_at"], name="feedback_by_author"),
            models.Index(fields=["state", "-created_at"], name="feedback_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answer="", answered_by=None, answered_at=None)
                | (Q(state="answered", answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
                name="feedback_answer_is_whole",
                violation_error_message=_("An answer needs a text, its author and a time."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
