"""Accounts: creating, changing, disabling, unlocking, ending sessions, preferences."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from cadre_app.accounts import lockout
from cadre_app.accounts.models import AccountKind, User
from cadre_app.accounts.services import grants, guard
from cadre_app.core.registries import account_endings
from cadre_app.core.roles import Role
from cadre_app.history import services as history
from cadre_app.org.models import Unit, UnitKind
from cadre_app.policy import values

FIRST_ADMINISTRATORS = (
    ("secadmin", "安全管理员", Role.SECURITY),
    ("auditadmin", "审计管理员", Role.AUDIT),
    ("sysadmin", "系统管理员", Role.SYSTEM),
)


@sensitive_variables("password")
@transaction.atomic
def create_user(
    *,
    username: str,
    display_name: str,
    unit: Unit,
    kind: str,
    password: str,
    actor: User | None,
    post: str = "",
    must_change_password: bool = False,
    reason: str = "",
) -> User:
    """Create an account; a password that must be changed is valid for the days of policy accounts.slip_days.

    `actor` is None only at installation. Raises ValidationError by field.
    """
    user = User(
        username=username.lower(),
        display_name=display_name,
        unit=unit,
        kind=kind,
        post=post,
        must_change_password=must_change_password,
        password_set_at=timezone.now(),
    )
    user.set_password(password)
    with history.change(user, actor=actor, verb="accounts.user.created", reason=reason):
        user.full_clean()
        user.save()
    return user


@transaction.atomic
def change_account(
    account: User,
    *,
    display_name: str,
    unit: Unit,
    reason: str = "",
    version: int | None = None,
    actor: User,
) -> User:
    """Change name and unit of an account. Raises Stale for an old `version`."""
    account = User.objects.lock(account.pk, version)
    with history.change(account, actor=actor, verb="accounts.user.changed", reason=reason):
        account.display_name, account.unit = display_name, unit
        account.full_clean()
        account.save(update_fields=["display_name", "unit", "updated_at"])
    return account


@transaction.atomic
def disable_account(account: User, *, reason: str, version: int | None = None, actor: User) -> User:
    """Disable an account and end its sessions and whatever else opens in its name at once.

    Raises ValidationError for one's own account and for the last active security administrator.
    """
    guard.refuse_self(account, actor)
    guard.keep_a_security_administrator(account)
    account = User.objects.lock(account.pk, version)
    with history.change(account, actor=actor, verb="accounts.user.disabled", reason=reason):
        if account.is_active:
            account.is_active = False
            account.session_epoch += 1
        account.save(update_fields=["is_active", "session_epoch", "updated_at"])
    end_what_opens(account, actor=actor)
    return account


@transaction.atomic
def enable_account(account: User, *, reason: str, version: int | None = None, actor: User) -> User:
    """Let a disabled account sign in again."""
    guard.refuse_self(account, actor)
    account = User.objects.lock(account.pk, version)
    with history.change(account, actor=actor, verb="accounts.user.enabled", reason=reason):
        account.is_active = True
        account.save(update_fields=["is_active", "updated_at"])
    return account


@transaction.atomic
def end_sessions(account: User, *, reason: str = "", version: int | None = None, actor: User) -> User:
    """Sign the account out everywhere; it notices at its next request."""
    account = User.objects.lock(account.pk, version)
    with history.change(account, actor=actor, verb="accounts.user.sessions_ended", reason=reason):
        account.session_epoch += 1
        account.save(update_fields=["session_epoch", "updated_at"])
    return account


def end_what_opens(account: User, *, actor: User | None) -> None:
    """What rooms above have let open in the name of an account is closed, and not given back with it."""
    for ending in account_endings.values():
        ending(account, actor)


@transaction.atomic
def unlock_account(account: User, *, reason: str, version: int | None = None, actor: User) -> User:
    """Forget the failed sign-ins of an account at every address."""
    account = User.objects.lock(account.pk, version)
    lockout.unlock(account.username)
    history.record("accounts.user.unlocked", actor=actor, obj=account, reason=reason)
    return account


@transaction.atomic
def set_preferences(user: User, *, language: str | None = None, text_size: str | None = None, actor: User) -> User:
    """Remember language (a key of LANGUAGES) and text size of an account; None leaves one as it is."""
    user = User.objects.lock(user.pk)
    if language is not None and language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("This language is not available.")})
    with history.change(user, actor=actor, verb="accounts.user.preferences_set"):
        user.language = user.language if language is None else language
        user.text_size = user.text_size if text_size is None else text_size
        user.clean_fields(exclude=[field.name for field in user._meta.fields if field.name != "text_size"])
        user.save(update_fields=["language", "text_size", "updated_at"])
    return user


@sensitive_variables("password")
@transaction.atomic
def create_first_administrators(password: str, *, must_change_password: bool = True) -> list[tuple[str, str]]:
    """Create the three administrators where they are missing; returns their user names and roles in words.

    Without any unit the root unit is created under the district's name of the settings.
    """
    unit = Unit.objects.standing().order_by("path").first() or _create_root_unit()
    for username, display_name, role in FIRST_ADMINISTRATORS:
        if User.objects.filter(username=username).exists():
            continue
        user = create_user(
            username=username,
            display_name=display_name,
            unit=unit,
            kind=AccountKind.ADMINISTRATOR,
            password=password,
            must_change_password=must_change_password,
            actor=None,
        )
        grants.grant_role(user, role=role, valid_from=timezone.localdate(), actor=None)
    with translation.override(settings.LANGUAGE_CODE):
        return [(username, str(role.label)) for username, _name, role in FIRST_ADMINISTRATORS]


def _create_root_unit() -> Unit:
    from cadre_app.org.services import create_unit

    root: Unit = create_unit(
        name=values.CORE_DISTRICT_NAME.now(),
        kind=UnitKind.DISTRICT,
        parent=None,
        opened_on=timezone.localdate(),
        actor=None,
    )
    return root
