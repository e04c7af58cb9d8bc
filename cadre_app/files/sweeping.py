"""What time takes away: the content of removed files, and what a broken-off upload left behind."""

import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cadre_app.files import storage
from cadre_app.files.models import StoredFile
from cadre_app.files.policies import KEEP_REMOVED_DAYS
from cadre_app.history import services as history

AT_ONCE = 200
DAY = 24 * 60 * 60


def sweep_files() -> int:
    """Delete the content of files removed long ago, and on one of the folders what no row knows; returns how many."""
    limit = timezone.now() - timedelta(days=KEEP_REMOVED_DAYS.now())
    emptied = [_empty(file) for file in StoredFile.objects.removed_before(limit)[:AT_ONCE]]
    return sum(emptied) + _discard_strays(int(time.time()) // 60)


@transaction.atomic
def _empty(file: StoredFile) -> bool:
    file = StoredFile.objects.lock(file.pk)
    if file.emptied_at is not None or not file.is_voided:
        return False
    with history.change(file, actor=None, verb="files.storedfile.emptied"):
        file.emptied_at = timezone.now()
        file.save(update_fields=["emptied_at", "updated_at"])
    storage.discard(file.pk)
    return True


def _discard_strays(shelf: int) -> int:
    """An upload writes its bytes before its row: what has lain there for a day without one was broken off."""
    found = list(storage.left_since(shelf, time.time() - DAY))
    known = set(
        StoredFile.objects.filter(pk__in=[key for _path, key in found if key], emptied_at=None).values_list(
            "pk", flat=True
        )
    )
    strays = [path for path, key in found if key not in known or path.suffix == ".part"]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
