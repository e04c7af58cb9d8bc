"""What people do with an import: upload, correct, choose, leave out, confirm, undo, withdraw. Long work becomes a job."""

import hashlib
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cadre_app.core.importing import NEW, ImportRow, ImportSheet
from cadre_app.core.models import Stale
from cadre_app.history import services as history
from cadre_app.imports import intake
from cadre_app.imports.models import Batch, BatchRow, BatchStatus, ColumnMapping
from cadre_app.imports.services.files import discard_file, keep_file
from cadre_app.imports.services.mappings import keep_mapping
from cadre_app.imports.services.rows import open_row, repack, row_state
from cadre_app.jobs.services import start_job

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.jobs.models import Job

CHECK, CONFIRM, UNDO, RESULT, ERRORS = (
    "imports.check",
    "imports.confirm",
    "imports.undo",
    "imports.result",
    "imports.errors",
)
BUSY = (CONFIRM, UNDO)


@transaction.atomic
def upload_batch(
    *,
    sheet: ImportSheet,
    name: str,
    content: bytes,
    again: bool = False,
    is_unmatched: bool = False,
    mapping: ColumnMapping | None = None,
    actor: "User",
) -> Batch:
    """Keep a file (already looked at by `intake.look_at`) and have its rows checked, by `mapping` where one is given.

    `is_unmatched`: first somebody says which heading is which column. Raises ValidationError (code `repeated`, params `batch`) for a file that waits already, or that was imported
    before unless `again`.
    """
    digest = hashlib.sha256(content).hexdigest()
    _refuse_repeated(sheet.key, digest, actor, again=again)
    batch = Batch(sheet=sheet.key, owner=actor, file_name=name, sha256=digest, size=len(content))
    batch.file = keep_file(content)
    if is_unmatched:
        batch.status = BatchStatus.UNMATCHED
    elif mapping is not None:
        batch.layout, batch.mapping = mapping.columns, mapping
    with history.change(batch, actor=actor, verb="imports.batch.uploaded"):
        batch.full_clean(exclude=("owner",))
        batch.save()
    if not is_unmatched:
        _start_check(batch, actor)
    return batch


@transaction.atomic
def match_columns(
    batch: Batch, *, columns: Mapping[str, str], keep_as: str = "", version: int | None = None, actor: "User"
) -> Batch:
    """Say which column each heading of an uploaded file is, keep that under a name where one is given, and have it checked.

    Raises Stale; ValidationError when the file no longer waits for this, and for a name or headings that are kept already.
    """
    batch = _lock_waiting(batch, version)
    if batch.status != BatchStatus.UNMATCHED:
        raise ValidationError(_("The columns of this file are matched already."), code="matched")
    batch.layout = dict(columns)
    if keep_as:
        batch.mapping = keep_mapping(batch, name=keep_as, actor=actor)
    batch.save(update_fields=["layout", "mapping", "updated_at"])
    return _changed(batch, actor)


@transaction.atomic
def correct_row(
    batch: Batch, stored: BatchRow, *, cells: Mapping[str, str], is_left_out: bool, version: int, actor: "User"
) -> Batch:
    """Change the text of cells (by column key; those not named stay) and have everything checked again.

    Raises Stale for an old `version` of the row, ValidationError when the import is not waiting any more.
    """
    batch = _lock_waiting(batch)
    stored = BatchRow.objects.select_for_update().get(pk=stored.pk, batch=batch)
    if stored.version != version:
        raise Stale(row_state(batch, stored))
    row = open_row(stored)
    changed = {key: text for key, text in cells.items() if text != row.cells.get(key, "")}
    if not changed and is_left_out == stored.is_left_out:
        return batch

    def change(row: ImportRow) -> None:
        for key, text in changed.items():
            intake.read_into(row, _sheet(batch).column_by_key()[key], text)

    stored.has_errors = repack(stored, change).has_errors
    stored.is_left_out = is_left_out
    stored.version += 1
    stored.save()
    return _changed(batch, actor)


@transaction.atomic
def choose_rows(batch: Batch, *, choices: Mapping[int, str], actor: "User") -> Batch:
    """Say for rows (by number) which candidate is meant: its key, or NEW; then check again.

    Raises ValidationError for an answer that was not offered.
    """
    batch = _lock_waiting(batch)
    stored = {row.number: row for row in batch.rows.select_for_update().filter(number__in=list(choices))}
    for number, choice in choices.items():
        found = stored.get(number)
        row = open_row(found) if found is not None else None
        offered = [str(key) for key, _text in row.candidates] if row else []
        if found is None or row is None or not (choice in offered or (choice == NEW and row.may_be_new and offered)):
            raise ValidationError(
                _("Row %(row)s no longer offers this answer. Please look again."), params={"row": number}
            )
        repack(found, partial(_choose, choice=choice))
        found.is_unchosen = False
        found.version += 1
        found.save(update_fields=["body", "is_unchosen", "version"])
    return _changed(batch, actor) if stored else batch


def _choose(row: ImportRow, *, choice: str) -> None:
    row.choice = choice


@transaction.atomic
def leave_out_errors(batch: Batch, *, version: int, actor: "User") -> Batch:
    """Leave out all rows with errors; raises Stale if the rows were checked again since the page was opened."""
    batch = _lock_waiting(batch, version)
    batch.rows.filter(has_errors=True).update(is_left_out=True)
    return _changed(batch, actor)


@transaction.atomic
def ask_again(batch: Batch, *, actor: "User") -> Batch:
    """Have a waiting import checked again; raises ValidationError before its columns are matched."""
    batch = _lock_waiting(batch)
    if batch.status == BatchStatus.UNMATCHED:
        raise ValidationError(_("Say first which column is which."), code="unmatched")
    return _changed(batch, actor)


@transaction.atomic
def confirm_batch(batch: Batch, *, version: int, actor: "User") -> Batch:
    """Have the import done as a job. Raises Stale if its rows were checked again since the page was opened."""
    batch = _lock_waiting(batch, version)
    if batch.status != BatchStatus.READY:
        raise ValidationError(_("There are rows that cannot be imported yet."), code="not_ready")
    return _start(batch, CONFIRM, actor)


@transaction.atomic
def undo_batch(batch: Batch, *, reason: str, version: int, actor: "User") -> Batch:
    """Have an import taken back as a job: all of it or nothing.

    Raises Stale for an old `version`, ValidationError when it was not imported or what it did is no longer known.
    """
    batch = Batch.objects.lock(batch.pk, version)
    if batch.status != BatchStatus.DONE or batch.emptied_at is not None:
        raise ValidationError(_("This import cannot be undone any more."), code="not_done")
    return _start(batch, UNDO, actor, reason=reason)


@transaction.atomic
def withdraw_batch(batch: Batch, *, version: int, actor: "User") -> Batch:
    """Give up an import before it is confirmed: its rows are removed at once."""
    batch = _lock_waiting(batch, version)
    with history.change(batch, actor=actor, verb="imports.batch.withdrawn"):
        batch.status, batch.emptied_at = BatchStatus.WITHDRAWN, timezone.now()
        kept, batch.file = batch.file, ""
        batch.save()
    batch.rows.all().delete()
    transaction.on_commit(lambda: discard_file(kept))
    return batch


@transaction.atomic
def note_refusal(digest: str, *, actor: "User") -> None:
    """Log who tried to upload a file that bears a classification marking, and its hash; nothing of it is kept."""
    history.record("imports.batch.refused", actor=actor, after={"sha256": digest})


def make_rows_book(batch: Batch, *, actor: "User") -> "Job":
    """Have the rows with errors written as a workbook that can be corrected and uploaded."""
    return start_job(ERRORS, {"batch": str(batch.pk), "revision": batch.revision}, actor)


@transaction.atomic
def make_result(batch: Batch, *, actor: "User") -> Batch:
    """Have the result file written once more, as it expires before the import does."""
    batch = Batch.objects.lock(batch.pk)
    batch.result_job = start_job(RESULT, {"batch": str(batch.pk)}, actor)
    batch.save(update_fields=["result_job"])
    return batch


def _sheet(batch: Batch) -> ImportSheet:
    if batch.definition is None:
        raise ValidationError(_("Tables of this kind are no longer imported."), code="no_sheet")
    return batch.definition


def _lock_waiting(batch: Batch, version: int | None = None) -> Batch:
    """Locked and neither imported nor being imported; an import in progress holds the lock, so it is asked first."""
    if batch.job is not None and batch.job.is_active and batch.job.kind in BUSY:
        raise ValidationError(_("This import is being worked on. Please wait until that has ended."), code="busy")
    batch = Batch.objects.lock(batch.pk, version)
    if not batch.is_waiting:
        raise ValidationError(_("This import is no longer waiting."), code="not_waiting")
    return batch


def _changed(batch: Batch, actor: "User") -> Batch:
    batch.revision += 1
    batch.status = BatchStatus.UNCHECKED
    batch.save(update_fields=["revision", "status", "updated_at"])
    _start_check(batch, actor)
    return batch


def _start_check(batch: Batch, actor: "User") -> None:
    _start(batch, CHECK, actor)


def _start(batch: Batch, kind: str, actor: "User", **params: str) -> Batch:
    batch.job = start_job(kind, {"batch": str(batch.pk), "revision": batch.revision, **params}, actor)
    batch.save(update_fields=["job", "updated_at"])
    return batch


def _refuse_repeated(sheet: str, digest: str, actor: "User", *, again: bool) -> None:
    """A file that waits is not uploaded twice; one that was imported only knowingly, by oneself or in one's scope."""
    same = Batch.objects.filter(sheet=sheet, sha256=digest).select_related("owner__unit").order_by("-created_at")
    waiting = same.waiting().filter(owner=actor).first()
    if waiting is not None:
        message = _("You have uploaded this file already; it is waiting to be imported.")
        raise _repeated(message, waiting, mine=True)
    if again:
        return
    for batch in same.filter(status=BatchStatus.DONE)[:5]:
        mine = batch.owner_id == actor.pk
        if mine or actor.holds(batch.owner.unit, "staff"):
            day = timezone.localtime(batch.confirmed_at or batch.updated_at)
            message = _("This file was imported on %(day)s by %(name)s.") % {
                "day": date_format(day),
                "name": batch.owner.display_name,
            }
            raise _repeated(message, batch, mine=mine)


def _repeated(message: str, batch: Batch, *, mine: bool) -> ValidationError:
    params = {"batch": batch.pk if mine else None, "waits": batch.is_waiting}
    return ValidationError({"file": ValidationError(message, code="repeated", params=params)})
