"""Signing in and out; every attempt is recorded, a name that does not exist is never written down."""

import enum
import hashlib
from datetime import datetime

from django.contrib.auth import authenticate, login, logout
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from cadre_app.accounts import limits
from cadre_app.accounts.models import User
from cadre_app.core.context import current_request
from cadre_app.history import services as history
from cadre_app.history.models import Entry

STARTED = "session_started"
SEEN = "session_seen"


class Outcome(enum.Enum):
    SIGNED_IN = "signed_in"
    WRONG = "wrong"
    LOCKED = "locked"
    EXPIRED = "expired"


@sensitive_variables("password")
def sign_in(request: HttpRequest, *, username: str, password: str) -> Outcome:
    """Check name and password and open a session under a new key.

    Unknown, disabled and wrong give the same outcome after the same work. Attempts on one name from one address
    are taken one after the other: otherwise many at once would pass the lock before the first is counted.
    """
    with transaction.atomic():
        _queue_up(username)
        user = authenticate(request, username=username, password=password)
        if not isinstance(user, User):
            return _failed(request, username)
        if limits.slip_has_expired(user, timezone.now()):
            history.record("accounts.user.slip_expired", actor=None, obj=user, kind=Entry.Kind.SIGN_IN)
            return Outcome.EXPIRED
        login(request, user)
        begin_session(request, timezone.now())
        history.record("accounts.user.signed_in", actor=user, obj=user, kind=Entry.Kind.SIGN_IN)
    return Outcome.SIGNED_IN


def sign_out(request: HttpRequest, *, actor: User) -> None:
    """Close the current session."""
    history.record("accounts.user.signed_out", actor=actor, obj=actor, kind=Entry.Kind.SIGN_IN)
    logout(request)


def begin_session(request: HttpRequest, now: datetime) -> None:
    """Start the clocks of idle time and longest session."""
    request.session[STARTED] = request.session[SEEN] = now.timestamp()


def _failed(request: HttpRequest, username: str) -> Outcome:
    user = User.objects.filter(username=username).first()
    locked = getattr(request, "axes_locked_out", False)
    counted = getattr(request, "axes_failures_since_start", None) is not None
    if counted:
        history.record("accounts.user.sign_in_failed", actor=None, obj=user, kind=Entry.Kind.SIGN_IN)
    if locked and counted:
        history.record("accounts.user.locked", actor=None, obj=user, kind=Entry.Kind.SIGN_IN)
    return Outcome.LOCKED if locked else Outcome.WRONG


def _queue_up(username: str) -> None:
    text = f"sign-in {username} {current_request.get().address}"
    key = int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
