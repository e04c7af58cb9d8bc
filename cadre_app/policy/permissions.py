"""Settings, holidays and code tables: staff and leaders read, the system administrator manages (ACCESS.md, last row)."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role
from cadre_app.policy.models import READERS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_read_settings(user: "User") -> bool:
    """Any page of the settings."""
    return user.has_role(*READERS)


def can_manage_settings(user: "User") -> bool:
    """Change values, codes and holidays, each with a reason."""
    return user.has_role(Role.SYSTEM)
