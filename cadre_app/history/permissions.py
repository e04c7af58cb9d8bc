"""Who may read the record of who did what: the audit administrator, and only its metadata."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_read_log(user: "User") -> bool:
    """Audit log: audit administrator (ACCESS.md, row "audit log")."""
    return user.has_role(Role.AUDIT)
