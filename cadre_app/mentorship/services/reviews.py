"""结对小结 What becomes of the open review when its pairing ends."""

from typing import TYPE_CHECKING

from cadre_app.history import services as history
from cadre_app.mentorship.models import Pairing, PairingReview

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def close_open_review(pairing: Pairing, *, reason: str, actor: "User") -> None:
    """Void the open review of a locked pairing, where there is one; call it in a transaction."""
    for review in PairingReview.objects.open().filter(pairing=pairing).select_for_update(of=("self",)):
        history.void(review, actor=actor, reason=reason)
