"""Who may read a file: whoever the kind of the file lets read it."""

from typing import TYPE_CHECKING

from cadre_app.files.models import StoredFile

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_read(user: "User", file: StoredFile) -> bool:
    """Asked anew for every download and preview; nobody reads a file whose kind is no longer announced."""
    definition = file.definition
    return definition is not None and definition.may_read(user, file.owner_id)
