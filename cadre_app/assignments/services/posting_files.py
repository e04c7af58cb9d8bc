"""依据文件: the posting's document and the superior department's, kept with the posting."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cadre_app.files import services as files
from cadre_app.files.models import StoredFile
from cadre_app.files.uploads import CheckedUpload

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.assignments.models import Posting

DOCUMENT_FILES, SUPERIOR_FILES = "assignments.document", "assignments.superior"
MOST_FILES = 5

Uploads = Sequence[CheckedUpload]


def superior_count(posting: "Posting", new: Uploads = ()) -> int:
    """How many files of the superior department's document there are, with those that come now."""
    return StoredFile.objects.of(SUPERIOR_FILES, [posting.pk]).count() + len(new)


def keep_files(posting: "Posting", *, document_files: Uploads, superior_files: Uploads, actor: "User") -> None:
    """Keep uploads with a saved posting. Raises ValidationError where there would be too many."""
    files.store_files(kind=DOCUMENT_FILES, owner=posting, uploads=document_files, actor=actor)
    files.store_files(kind=SUPERIOR_FILES, owner=posting, uploads=superior_files, actor=actor)
