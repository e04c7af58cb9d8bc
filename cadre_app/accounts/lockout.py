"""Five failed sign-ins lock a name at an address for a while (ACCESS.md)."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from cadre_app.core import errors


def failure_limit(request: HttpRequest | None, credentials: dict[str, Any] | None) -> int:
    return 5


def lock_period(request: HttpRequest | None = None) -> timedelta:
    return timedelta(minutes=20)


def locked_response(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    return errors.too_many(request)
