"""Whether a request comes from a phone, as far as its browser says so."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

OF_PHONES = re.compile(r"mobi|android|iphone|ipad|harmony|micromessenger", re.IGNORECASE)


def says_phone(request: "HttpRequest") -> bool:
    """True where the browser says that it runs on a phone or tablet."""
    says_so = request.headers.get("Sec-CH-UA-Mobile") == "?1"
    return says_so or OF_PHONES.search(request.headers.get("User-Agent", "")) is not None
