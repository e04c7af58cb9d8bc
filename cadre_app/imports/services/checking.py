"""The check of an import: what each row says, and what it would do. Changes nothing but the import's own rows."""

import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.importing import ImportRow, ImportSheet, Progress
from cadre_app.history import services as history
from cadre_app.imports import intake
from cadre_app.imports.models import Batch, BatchRow, BatchStatus
from cadre_app.imports.policies import MOST_ROWS
from cadre_app.imports.services.files import discard_file, read_file
from cadre_app.imports.services.rows import forget_findings, open_row, pack, replace_rows, stored_row
from cadre_app.jobs.services import access_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Tell = Callable[[int, int, str], None]


@dataclass
class Held:
    """A row as it is stored (None: just read), and as it is worked on."""

    stored: BatchRow | None
    row: ImportRow

    @property
    def is_left_out(self) -> bool:
        return self.stored is not None and self.stored.is_left_out


def check_batch(batch: Batch, sheet: ImportSheet, *, actor: "User", tell: Tell) -> None:
    """Read the file if that is still to do, check all rows, and write down what was found.

    Does nothing if the rows are changed meanwhile: that change has asked for a check of its own.
    """
    started, revision, found = time.perf_counter(), batch.revision, None
    try:
        if batch.columns:
            held = load_rows(batch)
        else:
            found = _read(batch, sheet, tell)
            held = [Held(None, row) for row in found.rows]
    except ValidationError as error:
        _fail(batch, error, actor)
        return
    judge(held, sheet, actor, lambda done, total: tell(done, total, _("Checking the rows")))
    tell(len(held), len(held), _("Writing down what was found"))
    with transaction.atomic():
        batch = Batch.objects.lock(batch.pk)
        if batch.revision != revision or not batch.is_waiting:
            return
        if found is not None:
            kept, batch.file = batch.file, ""
            batch.columns, batch.remarks = found.columns, json.dumps(found.remarks)
            transaction.on_commit(lambda: discard_file(kept))
        write_findings(batch, held, actor=actor, seconds=time.perf_counter() - started)


def load_rows(batch: Batch) -> list[Held]:
    """All rows in their order."""
    return [Held(stored, open_row(stored)) for stored in batch.rows.order_by("number")]


def judge(held: Sequence[Held], sheet: ImportSheet, actor: "User", progress: Progress) -> None:
    """Have the sheet say what each row would do; rows left out say nothing."""
    for each in held:
        forget_findings(each.row)
    sheet.check([each.row for each in held if not each.is_left_out], actor, progress)
    for each in held:
        if each.row.has_errors or each.is_left_out:
            each.row.action = "skip"


def write_findings(batch: Batch, held: Sequence[Held], *, actor: "User", seconds: float | None = None) -> None:
    """Store what changed since the rows were stored, with the counts and the state that follow; `batch` is locked."""
    _store(batch, held)
    counts = Counter(_counted_as(each) for each in held)
    batch.total = len(held)
    batch.created_count, batch.updated_count = counts["create"], counts["update"]
    batch.same_count, batch.left_out_count = counts["same"], counts["left_out"]
    batch.faulty_count, batch.unchosen_count = counts["faulty"], counts["unchosen"]
    batch.status = BatchStatus.FAULTY if counts["faulty"] or counts["unchosen"] else BatchStatus.READY
    batch.access, batch.checked_at, batch.seconds = access_of(actor), timezone.now(), seconds
    batch.problem, batch.version = "", batch.version + 1
    batch.save()


def _counted_as(each: Held) -> str:
    if each.is_left_out:
        return "left_out"
    if each.row.has_errors:
        return "faulty"
    return "unchosen" if each.row.is_unchosen else each.row.action


def _store(batch: Batch, held: Sequence[Held]) -> None:
    old, new = [], []
    for each in held:
        stored = each.stored
        if stored is None:
            new.append(stored_row(batch, each.row))
        elif (stored.body, stored.action) != (pack(each.row), each.row.action):
            old.append(stored)
            new.append(stored_row(batch, each.row, version=stored.version, left_out=stored.is_left_out))
    replace_rows(batch, old, new)


def _read(batch: Batch, sheet: ImportSheet, tell: Tell) -> intake.Found:
    tell(0, 0, _("Reading the file"))
    try:
        content = read_file(batch.file)
    except FileNotFoundError:
        raise ValidationError(_("The file is no longer there. Please upload it again."), code="gone") from None
    return intake.read(content, batch.file_name, sheet, most_rows=MOST_ROWS.now())


def _fail(batch: Batch, error: ValidationError, actor: "User") -> None:
    """The file cannot be read at all: say why, and keep nothing of it."""
    with transaction.atomic():
        fresh = Batch.objects.lock(batch.pk)
        if not fresh.is_waiting:
            return
        kept = fresh.file
        if any(each.code == intake.CLASSIFIED for each in error.error_list):
            history.record("imports.batch.refused", actor=actor, obj=fresh, after={"sha256": fresh.sha256})
        fresh.problem, fresh.file, fresh.status = " ".join(error.messages), "", BatchStatus.FAULTY
        fresh.checked_at, fresh.version = timezone.now(), F("version") + 1
        fresh.save()
        transaction.on_commit(lambda: discard_file(kept))
