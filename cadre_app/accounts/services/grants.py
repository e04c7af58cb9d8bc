"""Roles on units: granting, ending, voiding; each ends the sessions of the account."""

from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.accounts.models import AccountKind, Grant, User
from cadre_app.accounts.services import guard
from cadre_app.core.roles import ADMINISTRATOR_ROLES
from cadre_app.history import services as history
from cadre_app.org.models import Unit


@transaction.atomic
def grant_role(
    user: User,
    *,
    role: str,
    unit: Unit | None = None,
    valid_from: date,
    valid_until: date | None = None,
    reason: str = "",
    version: int | None = None,
    actor: User | None,
) -> Grant:
    """Grant a role from a day until a day, both included; `actor` is None only at installation.

    The account is locked first, so that racing grants meet the constraints one after the other.
    Raises ValidationError by field, Stale for an old `version` of the account.
    """
    guard.refuse_self(user, actor)
    user = User.objects.lock(user.pk, version)
    grant = Grant(user=user, role=role, unit=unit, valid_from=valid_from, valid_until=valid_until)
    if (role in ADMINISTRATOR_ROLES) != (user.kind == AccountKind.ADMINISTRATOR):
        raise ValidationError({"role": _("Administrator roles go to administrator accounts, and only those.")})
    with history.change(grant, actor=actor, verb="accounts.grant.created", reason=reason):
        _clean(grant)
        grant.save()
    _end_sessions(user, actor)
    return grant


@transaction.atomic
def end_grant(grant: Grant, *, valid_until: date, reason: str = "", version: int | None = None, actor: User) -> Grant:
    """Set the last day of a role (included). Raises ValidationError, Stale for an old `version`."""
    guard.refuse_self(grant.user, actor)
    guard.keep_a_security_administrator(grant.user)
    user = User.objects.lock(grant.user_id)
    grant = Grant.objects.lock(grant.pk, version)
    if grant.is_voided:
        raise ValidationError(_("This role has been voided."))
    with history.change(grant, actor=actor, verb="accounts.grant.ended", reason=reason):
        grant.valid_until = valid_until
        _clean(grant)
        grant.save(update_fields=["valid_until", "updated_at"])
    _end_sessions(user, actor)
    return grant


@transaction.atomic
def void_grant(grant: Grant, *, reason: str, version: int | None = None, actor: User) -> Grant:
    """Void a role that was granted in error or must stop this minute."""
    guard.refuse_self(grant.user, actor)
    guard.keep_a_security_administrator(grant.user)
    user = User.objects.lock(grant.user_id)
    history.void(grant, actor=actor, reason=reason, version=version)
    _end_sessions(user, actor)
    return Grant.objects.get(pk=grant.pk)


def _clean(grant: Grant) -> None:
    """full_clean with each constraint's message beside the field that its code names.

    The order of the days is checked first: the database cannot even build the period of a role that ends too early.
    """
    if grant.valid_until is not None and grant.valid_until < grant.valid_from:
        raise ValidationError({"valid_until": _("A role cannot end before it starts.")})
    try:
        grant.full_clean()
    except ValidationError as error:
        found: dict[str, list[ValidationError]] = {}
        for name, errors in error.error_dict.items():
            for single in errors:
                beside = (
                    single.code if name == NON_FIELD_ERRORS and single.code in ("role", "unit", "valid_until") else name
                )
                found.setdefault(beside, []).append(single)
        raise ValidationError(found) from error


def _end_sessions(user: User, actor: User | None) -> None:
    with history.change(user, actor=actor, verb="accounts.user.roles_changed"):
        user.session_epoch += 1
        user.save(update_fields=["session_epoch", "updated_at"])
