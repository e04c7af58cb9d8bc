"""That somebody opened a growth file: one row a day, committed before the page leaves."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils import timezone

from cadre_app.people.models.openings import Opener, Opening

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def record_opening(trainee: "Trainee", *, actor: "User", ties: Collection[str]) -> None:
    """Record it by the first of `ties` (roles on the unit, relations) in the order of Opener; the own file is not counted.

    One statement, which commits by itself: call it outside a transaction.
    """
    role = next((known for known in Opener.values if known in ties), None)
    if role is None or trainee.person.account_id == actor.pk:
        return
    row = Opening(trainee=trainee, user=actor, role=role, opened_on=timezone.localdate())
    Opening.objects.bulk_create([row], ignore_conflicts=True)
