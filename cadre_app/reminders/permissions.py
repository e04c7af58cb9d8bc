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


def can_read_work_calendar(user: "User") -> bool:
    """年度工作日历 The office's calendar: department staff and leaders."""
    return user.has_role(Role.STAFF, Role.LEADER)


def can_edit_work_items(user: "User") -> bool:
    """Add, change, move, switch, mark done and void entries of the office's calendar: department staff."""
    return user.has_role(Role.STAFF)
