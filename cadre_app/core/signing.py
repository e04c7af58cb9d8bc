"""经办 → 审核 → 签批 three acts by three accounts, asked in the same way wherever something is checked and signed off.

Whoever entered something neither checks nor signs it, and whoever checked it does not sign it.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Hand = UUID | None  # the key of the account that took an act; None while nobody did


def is_third(user: "User", *, entered: Hand, checked: Hand = None) -> bool:
    """Whether `user` took none of the acts before: to check, give who entered; to sign, also who checked."""
    return user.pk not in (entered, checked)


def only_checked(user: "User", *, entered: Hand, checked: Hand) -> bool:
    """Whether `user` is kept from signing by the own check alone, which a page says in words (`checked_text`)."""
    return user.pk == checked and user.pk != entered


def by_others(user: "User", entered: str = "entered_by", checked: str = "") -> Q:
    """As `is_third`, over rows: the names of the columns."""
    found = ~Q(**{entered: user})
    return found & ~Q(**{checked: user}) if checked else found


def refuse_same_hand(actor: "User", *, entered: Hand, checked: Hand = None) -> None:
    """Raises ValidationError, which says which act `actor` has taken before; on the locked row."""
    if actor.pk == entered:
        raise ValidationError(_("Nobody checks or signs off what they entered themselves."), code="own_entry")
    if actor.pk == checked:
        raise ValidationError(checked_text(), code="own_check")


def another_needed_text() -> str:
    """For whoever looks after what waits for its sign-off and cannot sign it."""
    return _(
        "Checked and not signed off so far. It needs a leader who neither entered nor checked it; where there is none, another "
        "leader has to be named."
    )


def before_check_text(consequence: str, *, leads: bool) -> str:
    """What follows from a check, with what a leader gives up by it."""
    return f"{consequence} {gives_up_text()}" if leads else consequence


def gives_up_text() -> str:
    return _("Whoever checks it does not sign it off: another leader does.")


def checked_text() -> str:
    return _("You checked this one; another leader signs it off.")
