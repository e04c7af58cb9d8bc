"""结对协议 The agreement of a pairing: the day on which it was signed, and the signed copy (a scan as PDF, or photos)."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.files import services as files
from cadre_app.files.models import StoredFile
from cadre_app.files.uploads import CheckedUpload
from cadre_app.history import services as history
from cadre_app.mentorship.models import Pairing, PairingGoal
from cadre_app.mentorship.services.checks import lock_pairing
from cadre_app.people.services.checks import clean, refusal, refuse_before, refuse_future

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

AGREEMENT = "mentorship.agreement"
MOST_FILES = 6


def agreement_of(pairing: Pairing) -> list[StoredFile]:
    """The files that stand, in the order in which they were added; one query."""
    return list(StoredFile.objects.of(AGREEMENT, [pairing.pk]))


def removed_of(pairing: Pairing) -> list[StoredFile]:
    """Those that can still be put back, the latest removed first; one query."""
    removed = StoredFile.objects.filter(kind=AGREEMENT, owner_id=pairing.pk, emptied_at=None)
    return list(removed.exclude(voided_at=None).order_by("-voided_at", "pk"))


@transaction.atomic
def sign_agreement(
    pairing: Pairing,
    *,
    signed_on: date,
    agreement: Sequence[CheckedUpload] = (),
    version: int | None = None,
    actor: "User",
) -> Pairing:
    """Record the day on the signed agreement, with its copy where there is one already; a pairing is signed once.

    Raises Stale; ValidationError by field, code `signed` where it was signed before.
    """
    pairing = _locked(pairing, version)
    if pairing.signed_on is not None:
        message = _("This agreement was signed on %(day)s. Take that back first if it is wrong.")
        raise refusal("signed_on", message % {"day": formats.date_format(pairing.signed_on)}, code="signed")
    refuse_future("signed_on", signed_on)
    arrived = pairing.trainee.arrived_on
    refuse_before("signed_on", signed_on, arrived, _("The trainee had not reported for duty yet."))
    with history.change(pairing, actor=actor, verb="mentorship.agreement.signed"):
        pairing.signed_on = signed_on
        clean(pairing)
        pairing.save()
    PairingGoal.objects.standing().filter(pairing=pairing).update(is_agreed=True)
    if agreement:
        files.store_files(kind=AGREEMENT, owner=pairing, uploads=agreement, actor=actor)
    return pairing


@transaction.atomic
def unsign_agreement(pairing: Pairing, *, reason: str, version: int | None = None, actor: "User") -> Pairing:
    """Take the day back that was recorded by mistake; the copies stay. Raises Stale, ValidationError."""
    pairing = _locked(pairing, version)
    if pairing.signed_on is None:
        raise ValidationError(_("No signing is recorded."), code="unsigned")
    with history.change(pairing, actor=actor, verb="mentorship.agreement.unsigned", reason=reason):
        pairing.signed_on = None
        clean(pairing)
        pairing.save()
    PairingGoal.objects.filter(pairing=pairing).update(is_agreed=False)
    return pairing


@transaction.atomic
def attach_agreement(pairing: Pairing, *, agreement: Sequence[CheckedUpload], actor: "User") -> list[StoredFile]:
    """Keep scans beside those that are there; also once the pairing has ended, for paper is often late.

    Raises ValidationError for a voided pairing and for more than six.
    """
    pairing = _locked(pairing)
    return files.store_files(kind=AGREEMENT, owner=pairing, uploads=agreement, actor=actor)


@transaction.atomic
def remove_agreement(
    pairing: Pairing, *, file: StoredFile, reason: str, version: int | None = None, actor: "User"
) -> StoredFile:
    """Void one of the files, with a reason. Raises Stale; ValidationError for a voided pairing."""
    _locked(pairing)
    return files.remove_file(file, reason=reason, version=version, actor=actor)


@transaction.atomic
def restore_agreement(
    pairing: Pairing, *, file: StoredFile, reason: str = "", version: int | None = None, actor: "User"
) -> StoredFile:
    """Undo `remove_agreement`. Raises Stale; ValidationError when its content is deleted or its place is taken."""
    _locked(pairing)
    return files.restore_file(file, reason=reason, version=version, actor=actor)


def _locked(pairing: Pairing, version: int | None = None) -> Pairing:
    pairing = lock_pairing(pairing.pk, running=False, version=version)
    if pairing.is_voided:
        raise ValidationError(_("This pairing is voided."), code="voided")
    return pairing
