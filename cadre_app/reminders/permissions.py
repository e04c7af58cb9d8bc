"""Who may do what with due items and notices (ACCESS.md); rows are narrowed by `visible_to`."""

from typing import TYPE_CHECKING

from cadre_app.accounts.models import AccountKind
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.reminders.models import Occurrence

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
