"""Who may search: whoever has something to find; each source says what (ACCESS.md)."""

from typing import TYPE_CHECKING

from cadre_app.core.texts import has_anything_to_find

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_search(user: "User") -> bool:
    """At least one source is open to them, of things or of texts."""
    return has_anything_to_find(user)
