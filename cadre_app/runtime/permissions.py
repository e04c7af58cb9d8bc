"""Who may look at the state of the system: staff, leaders and the system administrator (ACCESS.md)."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_see_health(user: "User") -> bool:
    """Health: ACCESS.md, row "policy settings, holidays, code tables, health"."""
    return user.has_role(Role.STAFF, Role.LEADER, Role.SYSTEM)
