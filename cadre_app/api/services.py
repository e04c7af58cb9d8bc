"""Access tokens: made and shown once, counted with every call, revoked."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.accounts.models import User
from cadre_app.api.models import Token
from cadre_app.core.days import add_years
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.core.models import BaseModel

PREFIX = "ql_"
TOKEN_BYTES = 32
SHOWN = 8
MOST = 10
A_MINUTE = timedelta(minutes=1)


def new_secret() -> str:
    """A secret that nobody can guess; its beginning says what it is, so that scanners of source code find it."""
    return PREFIX + secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def make_token(*, name: str, expires_on: date, secret: str, actor: User) -> Token:
    """Keep the digest of `secret` for `actor`. Raises ValidationError by field; ten valid ones at most."""
    User.objects.lock(actor.pk)
    today = timezone.localdate()
    if Token.objects.filter(owner=actor).valid(today).count() >= MOST:
        raise ValidationError(_("You have %(most)s tokens. Revoke one first.") % {"most": MOST}, code="too_many")
    if not today <= expires_on <= add_years(today, 1):
        raise ValidationError({"expires_on": _("Choose a day from today on, a year ahead at most.")})
    token = Token(owner=actor, name=name, expires_on=expires_on, made_on=today)
    token.digest, token.beginning = digest_of(secret), secret[:SHOWN]
    with history.change(token, actor=actor, verb="api.token.made"):
        clean(token)
        token.save()
    return token


@transaction.atomic
def revoke_token(token: Token, *, reason: str = "", version: int | None = None, actor: User) -> "BaseModel":
    """It opens nothing from the next call on, and is never given back. Raises Stale."""
    return history.void(token, actor=actor, reason=reason, version=version)


def revoke_all(owner: User, actor: User | None) -> None:
    """With a new password, or when its account is disabled: whoever made a token by the old one reads no more.

    Called in the transaction of the change.
    """
    reason = _("The account got a new password or was disabled.")
    for token in Token.objects.standing().filter(owner=owner):
        history.void(token, actor=actor, reason=reason)


def token_of(secret: str) -> Token | None:
    """The token of a secret with its owner, whatever its state; one query."""
    return Token.objects.filter(digest=digest_of(secret)).select_related("owner").first()


def count_call(token: Token, now: datetime) -> tuple[int, int]:
    """Note that it is used; returns how many calls this minute has seen, whichever process answered them, and how many
    seconds it still lasts.
    """
    is_over = Q(minute=None) | Q(minute__lte=now - A_MINUTE)
    Token.objects.filter(pk=token.pk).update(
        last_used_at=now,
        calls=Case(When(is_over, then=Value(1)), default=F("calls") + 1),
        minute=Case(When(is_over, then=Value(now)), default=F("minute")),
    )
    calls, minute = Token.objects.values_list("calls", "minute").get(pk=token.pk)
    gone_by = now - minute if minute is not None else timedelta(0)
    return calls, max(1, ceil((A_MINUTE - gone_by).total_seconds()))
