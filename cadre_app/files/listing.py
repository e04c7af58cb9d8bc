"""The files of one owner or of many, for pages that show them; one query however many."""

import uuid
from collections.abc import Iterable

from cadre_app.files.models import StoredFile
from cadre_app.history.models import Entry


def files_of(kind: str, owner_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[StoredFile]]:
    """The standing files of each owner, every owner named; for owners whose page the viewer may already see."""
    found: dict[uuid.UUID, list[StoredFile]] = {owner: [] for owner in owner_ids}
    for file in StoredFile.objects.of(kind, found):
        found[file.owner_id].append(file)
    return found


def first_of(kind: str, owner_id: uuid.UUID) -> StoredFile | None:
    """The one file of this kind, such as the photo of a person."""
    return StoredFile.objects.of(kind, [owner_id]).first()


def named(entries: list[Entry], files: Iterable[StoredFile]) -> list[Entry]:
    """Changes in words, those of these files with their names; for who may read the files."""
    names = {file.pk: file.name for file in files}
    for entry in entries:
        entry.subject = names.get(entry.object_id, entry.subject) if entry.object_id else entry.subject
    return entries
