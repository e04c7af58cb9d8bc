"""Restricted text is neither written nor read on phones: work secrets do not belong there (demo-texts A6)."""

import re
from typing import TYPE_CHECKING

from cadre_app.core.context_processors import SIMPLE_FRAME_KINDS

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest

OF_PHONES = re.compile(r"mobi|android|iphone|ipad|harmony|micromessenger", re.IGNORECASE)


def is_phone(request: "UserRequest") -> bool:
    """True where the browser says that it runs on a phone or tablet, and for accounts that are made for phones."""
    says_so = request.headers.get("Sec-CH-UA-Mobile") == "?1"
    known = OF_PHONES.search(request.headers.get("User-Agent", "")) is not None
    return says_so or known or request.user.kind in SIMPLE_FRAME_KINDS
