"""Requests of signed-in users, and the one way a view refuses."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django_htmx.middleware import HtmxDetails

    from cadre_app.accounts.models import User


class UserRequest(HttpRequest):
    """A request behind the locked door: `user` is a signed-in, active account."""

    user: "User"
    htmx: "HtmxDetails"
    request_id: str
    refusal: "Refusal | None"


@dataclass(frozen=True)
class Refusal:
    """Why something cannot be done as things stand, what to do, and links (address, label) that lead there.

    `status` is 409 where the record has moved on since its page was read.
    """

    title: str
    why: str
    advice: str
    ways: tuple[tuple[str, str], ...]
    status: int = 403


class Refused(PermissionDenied):
    """The answer with its reason; `form` holds what was sent, which the page shows again."""

    def __init__(self, refusal: Refusal, form: "BaseForm | None" = None) -> None:
        super().__init__(refusal.why)
        self.refusal = refusal
        self.form = form


def require(allowed: bool) -> None:
    """Raise PermissionDenied (403) unless `allowed`: visible, but not theirs to do."""
    if not allowed:
        raise PermissionDenied


def refuse(request: UserRequest, refusal: Refusal) -> None:
    """Refuse with a reason: a page at once, what was posted in `submit`, which knows the form and calls no service."""
    if request.method != "POST":
        raise Refused(refusal)
    request.refusal = refusal


def page_or_fragment(request: HttpRequest, page: str) -> str:
    """The template to render: `page`, or its `_fragment` sibling for a boosted table or poll."""
    htmx = getattr(request, "htmx", None)
    if htmx and not htmx.history_restore_request:
        folder, _, name = page.rpartition("/")
        return f"{folder}/_{name}"
    return page
