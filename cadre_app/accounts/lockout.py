"""Five failed sign-ins lock a name at an address for a while (ACCESS.md)."""

from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cadre_app.accounts import limits
from cadre_app.core import errors


def failure_limit(request: HttpRequest | None, credentials: dict[str, Any] | None) -> int:
    """Failed sign-ins before the lock."""
    return limits.lock_threshold()


def lock_period(request: HttpRequest | None = None) -> timedelta:
    """How long the lock lasts, counted from the last failure before it."""
    return limits.lock_period()


def locked_response(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """429, the same for names that exist and names that do not."""
    return errors.too_many(request, minutes=int(limits.lock_period().total_seconds() // 60))


def locked_usernames() -> "QuerySet[Any]":
    """User names that are locked at one address or more."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - limits.lock_period())
    by_address = recent.order_by().values("username", "ip_address").annotate(failures=Sum("failures_since_start"))
    names: QuerySet[Any] = by_address.filter(failures__gte=limits.lock_threshold()).values("username")
    return names


def forget_attempts() -> int:
    """Delete failed attempts whose lock period is over: they hold names as they were typed. Returns how many."""
    over = AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - limits.lock_period())
    count: int = over.delete()[0]
    return count


def unlock(username: str) -> None:
    """Forget the failed sign-ins of a name at every address."""
    reset(username=username)
