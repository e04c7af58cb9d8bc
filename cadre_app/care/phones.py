"""Restricted text is neither written nor read on phones: work secrets do not belong there (demo-texts A6)."""

from typing import TYPE_CHECKING

from cadre_app.core.context_processors import SIMPLE_FRAME_KINDS
from cadre_app.core.phones import says_phone

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest


def is_phone(request: "UserRequest") -> bool:
    """True on a phone or tablet, and for accounts that are made for phones."""
    return says_phone(request) or request.user.kind in SIMPLE_FRAME_KINDS
