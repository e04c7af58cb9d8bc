"""Who looks at the state of the system: staff, leaders and the system administrator, who manages it (ACCESS.md)."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_see_health(user: "User") -> bool:
    """Health: ACCESS.md, row "policy settings, holidays, code tables, health"."""
    return user.has_role(Role.STAFF, Role.LEADER, Role.SYSTEM)


def manages_system(user: "User") -> bool:
    """Looks after the machinery: the others who read of it are told whom to call."""
    return user.has_role(Role.SYSTEM)
