"""Many pairings taken back at once, as an import is undone: with the reviews that they began with."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from cadre_app.mentorship.models import Pairing, PairingReview
from cadre_app.people.services.rewriting import void_many

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def void_pairings_many(keys: Iterable[UUID], *, actor: "User", reason: str) -> None:
    """Void locked pairings and their open reviews; callers have seen that nothing was built on them."""
    pairings = list(keys)
    reviews = PairingReview.objects.open().filter(pairing__in=pairings).values_list("pk", flat=True)
    void_many(PairingReview, reviews, actor=actor, reason=reason)
    void_many(Pairing, pairings, actor=actor, reason=reason)
    # As after a single one: nobody is asked to meet any more.
    Pairing.objects.filter(pk__in=pairings).update(next_check_in_on=None)
