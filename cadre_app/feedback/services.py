"""Writing a suggestion and answering it."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from cadre_app.feedback.models import Feedback, FeedbackState
from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def give_feedback(*, text: str, actor: "User", page: str = "") -> Feedback:
    """Keep a suggestion of up to 2,000 characters about `page` (a path of this system, or empty)."""
    feedback = Feedback(author=actor, text=text, page=page)
    with history.change(feedback, actor=actor, verb="feedback.feedback.given"):
        feedback.full_clean()
        feedback.save()
    return feedback


@transaction.atomic
def answer_feedback(feedback: Feedback, *, answer: str, version: int, actor: "User") -> Feedback:
    """Answer a suggestion, or correct the answer given before. Raises Stale for an old `version`."""
    feedback = Feedback.objects.lock(feedback.pk, version)
    with history.change(feedback, actor=actor, verb="feedback.feedback.answered"):
        feedback.answer, feedback.state = answer, FeedbackState.ANSWERED
        feedback.answered_by, feedback.answered_at = actor, timezone.now()
        feedback.full_clean()
        feedback.save()
    return feedback
