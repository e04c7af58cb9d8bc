"""Staff ask for an account; the security administrator activates or declines it."""

from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from cadre_app.accounts.models import AccountKind, AccountRequest, User
from cadre_app.accounts.services.accounts import create_user
from cadre_app.accounts.services.grants import grant_role
from cadre_app.core.registries import activations
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.history import services as history
from cadre_app.org.models import Unit

Status = AccountRequest.Status


@transaction.atomic
def request_account(
    *,
    display_name: str,
    username: str,
    unit: Unit,
    post: str = "",
    kind: str,
    role: str = "",
    role_unit: Unit | None = None,
    reason: str,
    actor: User,
) -> AccountRequest:
    """Ask for an account of somebody in one's own scope. Raises ValidationError by field."""
    _check_scope(unit=unit, kind=kind, role=role, role_unit=role_unit, actor=actor)
    _check_free(username)
    request = AccountRequest(
        display_name=display_name,
        username=username,
        unit=unit,
        post=post,
        kind=kind,
        role=role,
        role_unit=role_unit,
        reason=reason,
        requested_by=actor,
    )
    with history.change(request, actor=actor, verb="accounts.request.created"):
        _clean(request)
        request.save()
    return request


@transaction.atomic
def withdraw_request(request: AccountRequest, *, version: int | None = None, actor: User) -> AccountRequest:
    """Take back a request that has not been answered."""
    request = _lock_waiting(request, version)
    with history.change(request, actor=actor, verb="accounts.request.withdrawn"):
        request.status = Status.WITHDRAWN
        request.save(update_fields=["status", "updated_at"])
    return request


@sensitive_variables("password")
@transaction.atomic
def activate_request(
    request: AccountRequest,
    *,
    username: str,
    valid_from: date | None = None,
    password: str,
    version: int | None = None,
    actor: User,
) -> AccountRequest:
    """Create the account, grant the role asked for from `valid_from` (default today), note the answer.

    What other rooms do then (core.registries.activations) belongs to the same transaction. `password` is temporary:
    the caller shows it once. Raises ValidationError, Stale.
    """
    request = _lock_waiting(request, version)
    _check_free(username)
    _check_still_in_scope(request)
    user = create_user(
        username=username,
        display_name=request.display_name,
        unit=request.unit,
        kind=request.kind,
        post=request.post,
        password=password,
        must_change_password=True,
        actor=actor,
    )
    if request.role:
        starts = valid_from or timezone.localdate()
        grant_role(user, role=request.role, unit=request.role_unit, valid_from=starts, actor=actor)
    with history.change(request, actor=actor, verb="accounts.request.activated"):
        request.status = Status.ACTIVATED
        request.username = username
        request.account = user
        request.answered_at = timezone.now()
        request.save(update_fields=["status", "username", "account", "answered_at", "updated_at"])
    for follow in activations.values():
        follow(request)
    return request


@transaction.atomic
def decline_request(request: AccountRequest, *, answer: str, version: int | None = None, actor: User) -> AccountRequest:
    """Decline a request with a reason that the department reads."""
    request = _lock_waiting(request, version)
    with history.change(request, actor=actor, verb="accounts.request.declined"):
        request.status = Status.DECLINED
        request.answer = answer
        request.answered_at = timezone.now()
        request.save(update_fields=["status", "answer", "answered_at", "updated_at"])
    return request


def _lock_waiting(request: AccountRequest, version: int | None) -> AccountRequest:
    request = AccountRequest.objects.lock(request.pk, version)
    if request.status != Status.WAITING or request.is_voided:
        raise ValidationError(_("This request has already been answered or withdrawn."), code="answered")
    return request


def _check_scope(*, unit: Unit, kind: str, role: str, role_unit: Unit | None, actor: User) -> None:
    """Staff ask only inside their own scope, and for business roles only (ACCESS.md)."""
    problems: dict[str, str] = {}
    if not actor.holds(unit, Role.STAFF):
        problems["unit"] = _("This unit is outside your own scope.")
    if kind == AccountKind.ADMINISTRATOR:
        problems["kind"] = _("Administrator accounts are not asked for here.")
    if role and role not in BUSINESS_ROLES:
        problems["role"] = _("Administrator accounts are not asked for here.")
    if bool(role) != (role_unit is not None):
        problems["role_unit"] = _("A role and the unit it covers are given together.")
    elif role_unit is not None and not actor.holds(role_unit, Role.STAFF):
        problems["role_unit"] = _("This unit is outside your own scope.")
    if problems:
        raise ValidationError(problems)


def _check_free(username: str) -> None:
    if User.objects.filter(username=username).exists():
        raise ValidationError({"username": _("This sign-in name is already taken. Please choose another one.")})


def _clean(request: AccountRequest) -> None:
    try:
        request.full_clean()
    except ValidationError as error:
        found = {name: errors for name, errors in error.error_dict.items() if name != NON_FIELD_ERRORS}
        for single in error.error_dict.get(NON_FIELD_ERRORS, []):
            found.setdefault("username" if single.code == "username" else NON_FIELD_ERRORS, []).append(single)
        raise ValidationError(found) from error


def _check_still_in_scope(request: AccountRequest) -> None:
    """Whoever asked must still be department staff for these units: they may have moved since."""
    units = [unit for unit in (request.unit, request.role_unit) if unit is not None]
    if not all(request.requested_by.holds(unit, Role.STAFF) for unit in units):
        raise ValidationError(
            _("%(name)s no longer works for this unit. Decline the request; whoever is in charge now can ask again.")
            % {"name": request.requested_by.display_name}
        )
