"""Who reads and answers suggestions: department staff for accounts in their units (UX.md, 意见建议)."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.feedback.models import Feedback


def can_answer_any(user: "User") -> bool:
    """True if `user` is department staff somewhere."""
    return user.has_role(Role.STAFF)


def can_answer(user: "User", feedback: "Feedback") -> bool:
    """Staff of the author's unit or above, not the author."""
    return feedback.author_id != user.pk and user.holds(feedback.author.unit, Role.STAFF)
