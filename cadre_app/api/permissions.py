"""Who reads over the interface (ACCESS.md: scoped like the browser): department staff and leaders, with tokens of their own."""

from typing import TYPE_CHECKING

from cadre_app.api.models import READERS
from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_read(user: "User") -> bool:
    """Staff and leaders; asked for every call, so that a role that ends closes the interface with the next one."""
    return user.has_role(*READERS)


def can_make_tokens(user: "User") -> bool:
    """Whoever may read over the interface makes their own."""
    return user.has_role(*READERS)


def can_see_tokens(user: "User") -> bool:
    """One's own, and for the security administrator those of everybody."""
    return user.has_role(*READERS, Role.SECURITY)


def oversees_tokens(user: "User") -> bool:
    """True for the security administrator."""
    return user.has_role(Role.SECURITY)
