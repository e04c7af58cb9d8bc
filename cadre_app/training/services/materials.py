"""Files of a session, for those on its roster."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from cadre_app.files import services as files
from cadre_app.training.materials import MATERIAL
from cadre_app.training.models import CourseSession

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.files.models import StoredFile
    from cadre_app.files.uploads import CheckedUpload


@transaction.atomic
def add_materials(session: CourseSession, *, uploads: "Sequence[CheckedUpload]", actor: "User") -> "list[StoredFile]":
    """Keep files beside those that are there. Raises ValidationError for more than twenty."""
    return files.store_files(kind=MATERIAL, owner=session, uploads=uploads, actor=actor)


@transaction.atomic
def remove_material(
    session: CourseSession, *, file: "StoredFile", reason: str, version: int | None = None, actor: "User"
) -> "StoredFile":
    """Void one of the files, with a reason. Raises Stale."""
    return files.remove_file(file, reason=reason, version=version, actor=actor)
