"""How long sessions, locks and temporary passwords last; the values are settings (ACCESS.md)."""

from datetime import datetime, timedelta

from cadre_app.accounts.models import AccountKind, User
from cadre_app.policy import values


def lock_threshold() -> int:
    """Failed sign-ins of one name at one address before the lock."""
    return values.ACCOUNTS_LOCK_THRESHOLD.now()


def lock_period() -> timedelta:
    return timedelta(minutes=values.ACCOUNTS_LOCK_MINUTES.now())


def slip_period() -> timedelta:
    """How long a temporary password may be used."""
    return timedelta(days=values.ACCOUNTS_SLIP_DAYS.now())


def idle_period(user: User) -> timedelta:
    """Hours for a mentor's phone, minutes for a desk; a mentor who holds a role works at a desk."""
    if is_phone_account(user):
        return timedelta(hours=values.ACCOUNTS_MENTOR_IDLE_HOURS.now())
    return timedelta(minutes=values.ACCOUNTS_IDLE_MINUTES.now())


def longest_session(user: User) -> timedelta | None:
    """From sign-in to the end however busy; None for a mentor's phone."""
    return None if is_phone_account(user) else timedelta(hours=values.ACCOUNTS_STAFF_SESSION_HOURS.now())


def is_over(user: User, *, started: datetime, seen: datetime, now: datetime) -> bool:
    """True if a session that began at `started` and was last used at `seen` has ended by rule."""
    longest = longest_session(user)
    return now - seen > idle_period(user) or (longest is not None and now - started > longest)


def slip_has_expired(user: User, now: datetime) -> bool:
    """True if the password is a temporary one and its time is over."""
    if not user.must_change_password or user.password_set_at is None:
        return False
    return now - user.password_set_at > slip_period()


def is_phone_account(user: User) -> bool:
    return user.kind == AccountKind.MENTOR and not user.standing_grants
