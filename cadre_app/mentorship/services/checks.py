"""What every change of a note or a check-in asks first."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.mentorship.models import Pairing
from cadre_app.people.services.checks import lock_file

if TYPE_CHECKING:
    from uuid import UUID


def lock_pairing(pk: "UUID", *, running: bool = True, version: int | None = None) -> Pairing:
    """Lock person, file and pairing, in this order. Raises Stale; ValidationError for one that no longer runs."""
    trainee_id = Pairing.objects.values_list("trainee_id", flat=True).get(pk=pk)
    trainee = lock_file(trainee_id)
    pairing = Pairing.objects.lock(pk, version)
    pairing.trainee = trainee
    if running and (not pairing.is_running or trainee.is_read_only):
        raise ValidationError(_("This pairing has ended: it can be read, no longer changed."), code="ended")
    return pairing
