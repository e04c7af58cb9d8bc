"""Which leaders open the criteria check: named with the reason, and the naming withdrawn."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.accounts.models import Grant, User
from cadre_app.advancement.models import NamedLeader
from cadre_app.core.roles import Role
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from django.db.models import QuerySet


def leaders() -> "QuerySet[User]":
    """Active accounts that lead a unit today."""
    held = Grant.objects.in_force(timezone.localdate()).filter(role=Role.LEADER)
    found: QuerySet[User] = User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("username")
    return found


@transaction.atomic
def name_leader(*, user: User, reason: str, actor: User) -> NamedLeader:
    """Open the criteria check to a leader. Raises ValidationError by field."""
    if not leaders().filter(pk=user.pk).exists():
        raise refusal("user", _("Choose a leader."), code="not_a_leader")
    named = NamedLeader(user=user, reason=reason, named_by_user=actor, named_on=timezone.localdate())
    with history.change(named, actor=actor, verb="advancement.namedleader.named", reason=reason):
        clean(named)
        named.save(force_insert=True)
    return named


@transaction.atomic
def withdraw_leader(named: NamedLeader, *, reason: str, version: int | None = None, actor: User) -> NamedLeader:
    """From the next request on the check does not open. Raises Stale, ValidationError."""
    named = NamedLeader.objects.lock(named.pk, version)
    if named.is_voided:
        raise ValidationError(_("This naming is withdrawn already."), code="voided")
    history.void(named, actor=actor, reason=reason)
    return NamedLeader.objects.get(pk=named.pk)
