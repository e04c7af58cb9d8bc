"""Who may search: whoever has something to find; each source says what (ACCESS.md)."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.texts import asked_for

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_search(user: "User") -> bool:
    """At least one source is open to them, of things or of texts."""
    return asked_for(user) != ""


def has_a_roster(user: "User") -> bool:
    """Business roles know what is in reach; whoever has none is told in what was looked."""
    return user.has_role(*BUSINESS_ROLES)
