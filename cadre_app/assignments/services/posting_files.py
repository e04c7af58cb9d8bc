"""依据文件: the posting's document and the superior department's, kept with the posting."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.assignments.compliance import takes_away
from cadre_app.assignments.models import Posting, PostingState
from cadre_app.assignments.models.choices import PENDING
from cadre_app.assignments.services.posting_checks import lock_posting, village_term_of
from cadre_app.files import services as files
from cadre_app.files.models import StoredFile
from cadre_app.files.uploads import CheckedUpload
from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

DOCUMENT_FILES, SUPERIOR_FILES = "assignments.document", "assignments.superior"
MOST_FILES = 5

Uploads = Sequence[CheckedUpload]


def superior_count(posting: Posting, new: Uploads = ()) -> int:
    """How many files of the superior department's document there are, with those that come now."""
    return StoredFile.objects.of(SUPERIOR_FILES, [posting.pk]).count() + len(new)


def keep_files(posting: Posting, *, document_files: Uploads, superior_files: Uploads, actor: "User") -> None:
    """Keep uploads with a saved posting. Raises ValidationError where there would be too many."""
    files.store_files(kind=DOCUMENT_FILES, owner=posting, uploads=document_files, actor=actor)
    files.store_files(kind=SUPERIOR_FILES, owner=posting, uploads=superior_files, actor=actor)


@transaction.atomic
def remove_file(file: StoredFile, *, reason: str = "", version: int | None = None, actor: "User") -> StoredFile:
    """Take a file off its posting; a proposal is then to be checked anew, by somebody other than `actor`.

    Raises Stale; ValidationError for the last approval that the village term asks for.
    """
    posting = lock_posting(Posting.objects.get(pk=file.owner_id))
    if file.kind == SUPERIOR_FILES and superior_count(posting) == 1 and _is_owed(posting):
        message = _("This posting falls into the village term: upload the right document before this one is removed.")
        raise ValidationError(message, code="owed")
    if posting.state in PENDING:
        with history.change(posting, actor=actor, verb="assignments.posting.changed", reason=reason):
            posting.state, posting.proposed_by = PostingState.PROPOSED, actor
            posting.checked_by, posting.checked_on = None, None
            posting.save()
    return files.remove_file(file, reason=reason, version=version, actor=actor)


def _is_owed(posting: Posting) -> bool:
    return takes_away(posting.kind, posting.mode) and village_term_of(posting.trainee, posting) is not None
