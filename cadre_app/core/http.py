"""Requests of signed-in users, and the one way a view refuses."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from cadre_app.accounts.models import User


class UserRequest(HttpRequest):
    """A request behind the locked door: `user` is a signed-in, active account."""

    user: "User"
    htmx: "HtmxDetails"
    request_id: str


def require(allowed: bool) -> None:
    """Raise PermissionDenied (403) unless `allowed`: visible, but not theirs to do."""
    if not allowed:
        raise PermissionDenied


def page_or_fragment(request: HttpRequest, page: str) -> str:
    """The template to render: `page`, or its `_fragment` sibling for a boosted table or poll."""
    htmx = getattr(request, "htmx", None)
    if htmx and not htmx.history_restore_request:
        folder, _, name = page.rpartition("/")
        return f"{folder}/_{name}"
    return page
