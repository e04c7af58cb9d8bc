"""Keeping and removing files.

How a room keeps files of its own:
1. Announce a kind in `AppConfig.ready()`, deciding who reads:
   `file_kinds.register("notes.photo", FileKind(_("Photo of a note"), ("picture",), may_read, max_count=9))`;
   `may_read(user, owner_id)` is True only for whoever may read the owner itself.
2. Ask for files: `photos = MultiUploadField(kind="notes.photo", required=False)` in a ChangeForm (files.forms), with
   `request.FILES or None` as the form's second argument. Everything hostile is refused there, beside the field; its
   clean value is a list of CheckedUpload (`UploadField`: one, or None).
3. Keep them inside the service of the change: `store_files(kind=…, owner=note, uploads=photos, actor=actor)`.
4. Show them: `files_of("notes.photo", ids)` in one query, then `{% include "files/_list.html" with files=… %}`.

Every service of this module needs a transaction of its caller or makes its own.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.core.models import BaseModel
from cadre_app.core.registries import file_kinds
from cadre_app.files import storage
from cadre_app.files.models import StoredFile
from cadre_app.files.uploads import CheckedUpload
from cadre_app.files.wording import too_many
from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def store_files(*, kind: str, owner: BaseModel, uploads: Sequence[CheckedUpload], actor: "User") -> list[StoredFile]:
    """Keep checked uploads for `owner`, in their order.

    Raises ValidationError (code `too_many`) where the owner would have more than the kind allows.
    """
    if not uploads:
        return []
    type(owner)._base_manager.select_for_update().get(pk=owner.pk)
    most = file_kinds[kind].max_count
    if StoredFile.objects.of(kind, [owner.pk]).count() + len(uploads) > most:
        raise too_many(most)
    return [_store(kind, owner, upload, actor) for upload in uploads]


def store_file(*, kind: str, owner: BaseModel, upload: CheckedUpload, actor: "User") -> StoredFile:
    """`store_files` for one."""
    return store_files(kind=kind, owner=owner, uploads=[upload], actor=actor)[0]


@transaction.atomic
def copy_files(files: Sequence[StoredFile], *, owner: BaseModel, actor: "User") -> list[StoredFile]:
    """Keep what standing files of one kind hold for another owner as well; afterwards neither knows of the other.

    Raises ValidationError as `store_files`; FileNotFoundError, crypto.Unreadable.
    """
    return (
        store_files(kind=files[0].kind, owner=owner, uploads=[_again(file) for file in files], actor=actor)
        if files
        else []
    )


@transaction.atomic
def replace_file(*, kind: str, owner: BaseModel, upload: CheckedUpload, actor: "User") -> StoredFile:
    """Keep `upload` instead of whatever `owner` has of this kind."""
    type(owner)._base_manager.select_for_update().get(pk=owner.pk)
    for file in StoredFile.objects.of(kind, [owner.pk]):
        history.void(file, actor=actor, reason="")
    return store_file(kind=kind, owner=owner, upload=upload, actor=actor)


@transaction.atomic
def remove_file(file: StoredFile, *, reason: str = "", version: int | None = None, actor: "User") -> StoredFile:
    """Void a file: nobody reads it any more, and its content goes after files.keep_removed_days. Raises Stale."""
    history.void(file, actor=actor, reason=reason, version=version)
    return StoredFile.objects.get(pk=file.pk)


@transaction.atomic
def restore_file(file: StoredFile, *, reason: str = "", version: int | None = None, actor: "User") -> StoredFile:
    """Undo `remove_file`. Raises Stale; ValidationError when its content is deleted or its place is taken."""
    file = StoredFile.objects.lock(file.pk, version)
    definition = file.definition
    if file.emptied_at is not None or definition is None:
        raise ValidationError(_("The content of this file has been deleted. Please upload it again."), code="emptied")
    if StoredFile.objects.of(file.kind, [file.owner_id]).count() >= definition.max_count:
        raise too_many(definition.max_count)
    history.restore(file, actor=actor, reason=reason)
    return StoredFile.objects.get(pk=file.pk)


def read_content(file: StoredFile, *, small: bool = False) -> bytes:
    """The stored bytes, or those of the small picture. Raises FileNotFoundError, crypto.Unreadable."""
    return storage.read(file.pk, storage.SMALL if small and file.is_picture else storage.CONTENT)


def _again(file: StoredFile) -> CheckedUpload:
    return CheckedUpload(
        name=file.name,
        family=file.family,
        content_type=file.content_type,
        content=read_content(file),
        small=read_content(file, small=True) if file.is_picture else b"",
        width=file.width,
        height=file.height,
        pages=file.pages,
    )


def _store(kind: str, owner: BaseModel, upload: CheckedUpload, actor: "User") -> StoredFile:
    file = StoredFile(kind=kind, owner_label=owner._meta.label_lower, owner_id=owner.pk, uploaded_by=actor)
    file.name, file.family, file.content_type = upload.name, upload.family, upload.content_type
    file.size, file.sha256 = len(upload.content), upload.sha256
    file.width, file.height, file.pages = upload.width, upload.height, upload.pages
    storage.keep(file.pk, storage.CONTENT, upload.content)
    if upload.small:
        storage.keep(file.pk, storage.SMALL, upload.small)
    with history.change(file, actor=actor, verb="files.storedfile.added"):
        file.full_clean()
        file.save(force_insert=True)
    return file
