"""日历订阅 the secret address of one person's calendar: made, replaced, removed; only its SHA-256 is kept."""

import hashlib
import secrets

from django.db import transaction

from cadre_app.accounts.models import User
from cadre_app.history import services as history
from cadre_app.reminders.models import Feed

TOKEN_BYTES = 32


def new_token() -> str:
    """A secret that nobody can guess, fit for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


@transaction.atomic
def make_feed(*, token: str, actor: User) -> Feed:
    """Let the calendar of `actor` be read under `token`; an address made before stops working."""
    User.objects.lock(actor.pk)
    feed = Feed.objects.select_for_update(of=("self",)).filter(user=actor).first() or Feed(user=actor)
    verb = "reminders.feed.made" if feed._state.adding or feed.is_voided else "reminders.feed.replaced"
    with history.change(feed, actor=actor, verb=verb):
        feed.digest = digest_of(token)
        feed.voided_at = None
        feed.full_clean()
        feed.save()
    return feed


@transaction.atomic
def remove_feed(feed: Feed, *, actor: User) -> Feed:
    """The address stops working at once."""
    history.void(feed, actor=actor, reason="")
    return Feed.objects.get(pk=feed.pk)


def owner_of(token: str) -> User | None:
    """Whose calendar it is; None for an address that is not (any more) one, or whose account is disabled."""
    found = Feed.objects.standing().filter(digest=digest_of(token)).select_related("user").first()
    if found is None or not found.user.is_active or found.user.is_voided:
        return None
    return found.user


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
