"""What other rooms keep for an account, as its pages lead there."""

from typing import TYPE_CHECKING

from cadre_app.core.registries import AccountLink, account_links

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def links_of(viewer: "User", account: "User") -> list[tuple[AccountLink, str]]:
    """The lines that `viewer` has on the page of `account`, each with its address."""
    lines = sorted(account_links.values(), key=lambda line: line.order)
    return [(line, url) for line in lines if (url := line.url(viewer, account))]
