"""Housekeeping: rows go after the policy's days, files that nobody waits for at once."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cadre_app.history import services as history
from cadre_app.imports.models import Batch, BatchStatus
from cadre_app.imports.policies import KEEP_DAYS
from cadre_app.imports.services.files import discard_file, folder

AT_ONCE = 20
ORPHAN_AFTER = timedelta(days=1)


def sweep_imports() -> int:
    """Empty imports without a step for imports.keep_days, and delete files that belong to none; returns how many."""
    limit = timezone.now() - timedelta(days=KEEP_DAYS.now())
    old = Batch.objects.filter(emptied_at=None, updated_at__lt=limit).values_list("pk", flat=True)
    emptied = [pk for pk in old[:AT_ONCE] if _empty(pk, limit)]
    return len(emptied) + _discard_orphans()


@transaction.atomic
def _empty(pk: UUID, limit: datetime) -> bool:
    batch = Batch.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, updated_at__lt=limit).first()
    if batch is None:
        return False
    with history.change(batch, actor=None, verb="imports.batch.emptied"):
        if batch.is_waiting:
            batch.status = BatchStatus.EXPIRED
        batch.emptied_at, kept, batch.file = timezone.now(), batch.file, ""
        batch.problem = batch.obstacles = ""
        batch.save()
    batch.rows.all().delete()
    batch.effects.all().delete()
    transaction.on_commit(lambda: discard_file(kept))
    return True


def _discard_orphans() -> int:
    """Files of uploads that were taken back; young ones may belong to one that is still under way."""
    limit = (timezone.now() - ORPHAN_AFTER).timestamp()
    old = [path.name for path in folder().iterdir() if path.stat().st_mtime < limit]
    wanted = set(Batch.objects.filter(~Q(file=""), file__in=old).values_list("file", flat=True))
    orphans = [name for name in old if name not in wanted]
    for name in orphans:
        (folder() / Path(name).name).unlink(missing_ok=True)
    return len(orphans)
