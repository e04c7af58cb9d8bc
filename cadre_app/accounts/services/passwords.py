"""Passwords: temporary ones on a slip, and the person's own."""

import secrets

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from cadre_app.accounts import limits, lockout
from cadre_app.accounts.models import User
from cadre_app.accounts.services import guard
from cadre_app.accounts.services.accounts import end_sessions, end_what_opens
from cadre_app.history import services as history
from cadre_app.history.models import Entry

LETTERS = "abcdefghjkmnpqrstuvwxyz"
DIGITS = "23456789"
LENGTH = 12
REFUSED = "accounts.user.password_refused"


def temporary_password() -> str:
    """12 characters, letters and digits, none that can be mistaken for another on paper."""
    while True:
        text = "".join(secrets.choice(LETTERS + DIGITS) for _position in range(LENGTH))
        if any(letter in text for letter in LETTERS) and any(digit in text for digit in DIGITS):
            return text


@sensitive_variables("password")
@transaction.atomic
def reset_password(
    account: User, *, password: str, reason: str, version: int | None = None, actor: User | None
) -> User:
    """Give an account a temporary password: sessions end, locks go, the next sign-in must change it.

    `actor` is None only for the command of whoever runs the servers.
    """
    guard.refuse_self(account, actor)
    account = User.objects.lock(account.pk, version)
    with history.change(account, actor=actor, verb="accounts.user.password_reset", reason=reason):
        _set_password(account, password, must_change=True)
    end_what_opens(account, actor=actor)
    lockout.unlock(account.username)
    return account


@sensitive_variables("current_password", "new_password")
@transaction.atomic
def change_password(user: User, *, current_password: str, new_password: str, actor: User) -> User:
    """Change one's own password; all sessions end, the caller keeps the current one by a new session hash.

    Raises ValidationError on `current_password` or `new_password`.
    """
    user = User.objects.lock(user.pk)
    if refused_passwords(user) >= limits.lock_threshold():
        raise ValidationError({"current_password": _("Too many wrong passwords. Please sign in again.")})
    if not user.check_password(current_password):
        raise ValidationError({"current_password": _("The current password is not correct.")})
    if current_password == new_password:
        raise ValidationError({"new_password": _("Choose a password that differs from the current one.")})
    try:
        password_validation.validate_password(new_password, user)
    except ValidationError as error:
        raise ValidationError({"new_password": error.error_list}) from error
    with history.change(user, actor=actor, verb="accounts.user.password_changed"):
        _set_password(user, new_password, must_change=False)
    end_what_opens(user, actor=actor)
    return user


def refused_passwords(user: User) -> int:
    """Wrong current passwords since the last sign-in, within the period of a lock."""
    since = timezone.now() - limits.lock_period()
    refused = Entry.objects.filter(actor=user, verb=REFUSED, at__gte=max(since, user.last_login or since))
    return refused.count()


def note_refused_password(user: User) -> bool:
    """Write a wrong current password into history; the last one that is allowed ends every session (True)."""
    history.record(REFUSED, actor=user, obj=user, kind=Entry.Kind.SIGN_IN)
    if refused_passwords(user) < limits.lock_threshold():
        return False
    end_sessions(user, actor=user)
    return True


@sensitive_variables("password")
def _set_password(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.must_change_password = must_change
    user.password_set_at = timezone.now()
    user.session_epoch += 1
    user.save(update_fields=["password", "must_change_password", "password_set_at", "session_epoch", "updated_at"])
