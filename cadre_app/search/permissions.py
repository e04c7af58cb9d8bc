"""Who may search: whoever has something to find; each source says what (ACCESS.md)."""

from typing import TYPE_CHECKING

from cadre_app.core.registries import search_sources

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_search(user: "User") -> bool:
    """At least one source is open to them."""
    return any(source.visible(user) for source in search_sources.values())
