"""结对协议 The signed agreement of a pairing: a scan as PDF, or photos of its pages, kept by staff."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.files import services as files
from cadre_app.files.models import StoredFile
from cadre_app.files.uploads import CheckedUpload
from cadre_app.mentorship.models import Pairing
from cadre_app.mentorship.services.checks import lock_pairing

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


def _locked(pairing: Pairing) -> Pairing:
    pairing = lock_pairing(pairing.pk, running=False)
    if pairing.is_voided:
        raise ValidationError(_("This pairing is voided."), code="voided")
    return pairing
