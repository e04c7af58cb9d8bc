"""Who keeps what is restricted: named by a leader with the reason, and the naming withdrawn."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.accounts.models import Grant, User
from cadre_app.conduct.models import NamedStaff
from cadre_app.core.roles import Role
from cadre_app.history import services as history
from cadre_app.org.paths import prefixes
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.org.models import Unit


def staff_of(unit: "Unit") -> "QuerySet[User]":
    """Active accounts that are staff of the unit, or of one above or below it, today."""
    held = Grant.objects.in_force(timezone.localdate()).filter(role=Role.STAFF)
    around = held.filter(unit__path__in=[*prefixes(unit.path), unit.path]) | held.filter(
        unit__path__gte=unit.range.start, unit__path__lt=unit.range.end
    )
    found: QuerySet[User] = User.objects.filter(is_active=True, pk__in=around.values("user_id")).order_by("username")
    return found


@transaction.atomic
def name_staff(unit: "Unit", *, user: User, reason: str, actor: User) -> NamedStaff:
    """Let somebody keep what is restricted about a unit and all below it. Raises ValidationError by field."""
    if not staff_of(unit).filter(pk=user.pk).exists():
        raise refusal("user", _("Choose staff of this unit."), code="not_staff")
    named = NamedStaff(unit=unit, user=user, reason=reason, named_by_user=actor, named_on=timezone.localdate())
    with history.change(named, actor=actor, verb="conduct.namedstaff.named", reason=reason):
        clean(named)
        named.save(force_insert=True)
    return named


@transaction.atomic
def withdraw_naming(named: NamedStaff, *, reason: str, version: int | None = None, actor: User) -> NamedStaff:
    """From the next request on nothing is seen by it. Raises Stale, ValidationError."""
    named = NamedStaff.objects.lock(named.pk, version)
    if named.is_voided:
        raise ValidationError(_("This naming is withdrawn already."), code="voided")
    history.void(named, actor=actor, reason=reason)
    return NamedStaff.objects.get(pk=named.pk)
