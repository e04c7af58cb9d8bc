"""Who reads and manages what the reminders room keeps (ACCESS.md)."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role
from cadre_app.runtime import permissions as runtime

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_see_dead_letters(user: "User") -> bool:
    """That messages could not be sent, without recipient and content: whoever reads the health of the system."""
    return runtime.can_see_health(user)


def can_retry_messages(user: "User") -> bool:
    """Let messages be tried again: the system administrator."""
    return user.has_role(Role.SYSTEM)
