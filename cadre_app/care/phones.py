"""Restricted text is neither written nor read on phones: work secrets do not belong there (demo-texts A6)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cadre_app.core.context_processors import SIMPLE_FRAME_KINDS
from cadre_app.core.http import Refusal, Refused
from cadre_app.core.phones import says_phone

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest


def require_desk(request: "UserRequest", *, title: str, back: tuple[str, str]) -> None:
    """Raises Refused: 403 with the reason on a phone; nothing is read there, and nothing is put on record."""
    if is_phone(request):
        raise Refused(
            Refusal(
                title,
                _("Work secrets are neither entered nor read on phones."),
                _("Sign in at a desk computer of the office to read or write it."),
                (back,),
            )
        )


def is_phone(request: "UserRequest") -> bool:
    """True on a phone or tablet, and for accounts that are made for phones."""
    return says_phone(request) or request.user.kind in SIMPLE_FRAME_KINDS
