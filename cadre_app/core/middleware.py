"""The request's id and address for history and logs; a stale form becomes the page with both texts."""

import ipaddress
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cadre_app.core import errors
from cadre_app.core.context import RequestContext, current_request
from cadre_app.core.submit import Conflict

logger = structlog.get_logger("qinglan.request")

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestContextMiddleware:
    """Names the request, remembers its address, logs path, status and milliseconds."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex[:16]
        request.request_id = request_id  # type: ignore[attr-defined]
        token = current_request.set(RequestContext(request_id, client_address(request)))
        started = time.perf_counter()
        try:
            response = self.get_response(request)
        finally:
            current_request.reset(token)
        response["X-Request-Id"] = request_id
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        logger.info(
            "request",
            id=request_id,
            method=request.method,
            path=shown_path(request.path),
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )
        return response


def shown_path(path: str) -> str:
    """A path as logs keep it: without the secret in it (SECRET_PATHS)."""
    return next((f"{start}…" for start in settings.SECRET_PATHS if path.startswith(start)), path)


def client_address(request: HttpRequest) -> str | None:
    """The caller's address: what the outermost trusted proxy saw, else the peer; what callers claim is not asked."""
    proxies = settings.TRUSTED_PROXIES
    chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    reported = chain[-proxies] if 0 < proxies <= len(chain) else ""
    return _plain_address(reported) or _plain_address(request.META.get("REMOTE_ADDR", ""))


def _plain_address(text: str) -> str | None:
    """An address without its zone; None for anything that is none."""
    try:
        return str(ipaddress.ip_address(text.strip().partition("%")[0]))
    except ValueError:
        return None


class RequestSizeMiddleware:
    """413 before a body is read that is larger than any form or file of the product: it would fill the disk."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = str(request.META.get("CONTENT_LENGTH") or "")
        if announced.isdecimal() and int(announced) > settings.LARGEST_REQUEST:
            return errors.too_large(request)
        return self.get_response(request)


class ErrorPageMiddleware:
    """409 for a stale form, with both texts; 405 in words where somebody opens the address of a button."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET" and not response.content:
            told = errors.not_a_page(request)
            told["Allow"] = response["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Conflict):
            return errors.conflict(request, exception)
        return None
