"""The two rules that keep the accounts governable: nobody acts on oneself, and one security administrator stays."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.accounts.models import Grant, User
from cadre_app.core.roles import Role


def refuse_self(account: User, actor: User | None) -> None:
    """Raise ValidationError if `actor` would change the own roles, lock or activity."""
    if actor is not None and actor.pk == account.pk:
        raise ValidationError(_("This cannot be done to one's own account. Ask another security administrator."))


def keep_a_security_administrator(account: User) -> None:
    """Raise ValidationError if no active security administrator would remain without `account`.

    Only a role without a last day counts: one that runs out would leave nobody. Locks all of them first, so that
    two who act on each other at once cannot both succeed.
    """
    holders = Grant.objects.in_force(timezone.localdate()).filter(role=Role.SECURITY).values("user_id")
    if not User.objects.filter(pk=account.pk, pk__in=holders).exists():
        return
    list(User.objects.select_for_update().filter(pk__in=holders).order_by("pk").values_list("pk"))
    lasting = holders.filter(valid_until=None)
    if not User.objects.filter(is_active=True, pk__in=lasting).exclude(pk=account.pk).exists():
        raise ValidationError(_("This is the last active security administrator. Appoint another one first."))
