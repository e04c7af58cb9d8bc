"""Who reads and manages what the reminders room keeps (ACCESS.md); rows are narrowed by `visible_to`."""

from typing import TYPE_CHECKING

from cadre_app.accounts.models import AccountKind
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.reminders.models import Occurrence
from cadre_app.runtime import permissions as runtime

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_postpone(user: "User") -> bool:
    """Department staff, in their scope (OccurrenceQuerySet.postponable)."""
    return user.has_role(Role.STAFF)


def can_bring_back(user: "User", item: Occurrence) -> bool:
    """Whoever could postpone it."""
    return can_postpone(user) and Occurrence.objects.postponable(user).filter(pk=item.pk).exists()


def is_reminded(user: "User") -> bool:
    """Everybody but administrators, who see no business."""
    return user.kind != AccountKind.ADMINISTRATOR


def works_for_units(user: "User") -> bool:
    """Sees what is due with others beside what is one's own to do."""
    return user.has_role(*BUSINESS_ROLES)


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
