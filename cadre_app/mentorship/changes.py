"""变更记录 What was changed in a pairing: its terms, and the files of its signed agreement."""

from cadre_app.files.listing import named
from cadre_app.files.models import StoredFile
from cadre_app.history.models import Entry
from cadre_app.mentorship.models import Pairing
from cadre_app.mentorship.services.agreements import AGREEMENT


def changes_of(pairing: Pairing) -> list[Entry]:
    """Newest first, for readers of the history; of a file its name, and that it was attached, removed or put back."""
    files = list(StoredFile.objects.filter(kind=AGREEMENT, owner_id=pairing.pk))
    entries = Entry.objects.about_any([pairing, *files]).told()
    for entry in entries:
        if entry.object_id != pairing.pk:
            entry.changes = []
    return named(entries, files)
