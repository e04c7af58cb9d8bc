"""Who sees figures (ACCESS.md): whoever works for units, and then only of these."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES, Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_see_overview(user: "User") -> bool:
    """Department staff, leaders and liaisons; others meet single files or none."""
    return user.has_role(*BUSINESS_ROLES)


def can_see_burden(user: "User") -> bool:
    """Department staff and leaders: they ask, and they answer for how much is asked."""
    return user.has_role(Role.STAFF, Role.LEADER)
