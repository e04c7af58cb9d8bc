"""花名册: whoever works for units, for these alone."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_make_roster(user: "User") -> bool:
    """Department staff, leaders and liaisons."""
    return user.has_role(*BUSINESS_ROLES)
