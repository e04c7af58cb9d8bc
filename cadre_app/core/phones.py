"""Whether a request comes from a phone, as far as its browser says so, and what is refused there."""

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cadre_app.core.http import Refusal, Refused

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cadre_app.core.http import UserRequest

# Account kinds whose pages are made for a phone: one column, large type, no rail (docs/adr/0004-face.md).
SIMPLE_FRAME_KINDS = ("mentor", "trainee")
OF_PHONES = re.compile(r"mobi|android|iphone|ipad|harmony|micromessenger", re.IGNORECASE)


def says_phone(request: "HttpRequest") -> bool:
    """True where the browser says that it runs on a phone or tablet."""
    says_so = request.headers.get("Sec-CH-UA-Mobile") == "?1"
    return says_so or OF_PHONES.search(request.headers.get("User-Agent", "")) is not None


def is_phone(request: "UserRequest") -> bool:
    """True on a phone or tablet, and for accounts that are made for phones."""
    return says_phone(request) or request.user.kind in SIMPLE_FRAME_KINDS


def require_desk(request: "UserRequest", *, title: str, back: tuple[str, str]) -> None:
    """Raises Refused: 403 with the reason on a phone, where work secrets do not belong (demo-texts A6); nothing is read
    there, and nothing is put on record.
    """
    if is_phone(request):
        raise Refused(
            Refusal(
                title,
                _("Work secrets are neither entered nor read on phones."),
                _("Sign in at a desk computer of the office to read or write it."),
                (back,),
            )
        )
