"""Who may see the pages that core itself has."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_see_components(user: "User") -> bool:
    """The page that shows every part of the face is a tool of the system administrator."""
    return user.has_role(Role.SYSTEM)
