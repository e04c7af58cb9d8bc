"""Word templates: staff and leaders read, the system administrator manages. Papers are asked of their kind."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User


def can_read_templates(user: "User") -> bool:
    """The list of kinds and what their templates are."""
    return user.has_role(Role.STAFF, Role.LEADER, Role.SYSTEM)


def can_manage_templates(user: "User") -> bool:
    """Replace a template and go back to ours."""
    return user.has_role(Role.SYSTEM)


def may_read_template(user: "User", owner_id: "UUID") -> bool:
    """An uploaded template is read by whoever reads the list."""
    return can_read_templates(user)
