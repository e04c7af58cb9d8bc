"""The check of an import: what each row says, and what it would do. Changes nothing but the import's own rows."""

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cadre_app.core.importing import ImportRow, ImportSheet, Progress
from cadre_app.history import services as history
from cadre_app.imports import intake
from cadre_app.imports.models import Batch, BatchRow, BatchStatus
from cadre_app.imports.policies import MOST_ROWS
from cadre_app.imports.services.files import discard_file, read_file
from cadre_app.imports.services.rows import (
    forget_findings,
    in_every_language,
    keep_reasons,
    open_row,
    pack,
    replace_rows,
    stored_row,
)
from cadre_app.jobs.services import access_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Tell = Callable[[int, int, str], None]


@dataclass
class Held:
    """A row as it is stored (None: just read), and as it is worked on; `others` says the same in other languages."""

    stored: BatchRow | None
    row: ImportRow
    others: dict[str, ImportRow] = field(default_factory=dict)

    @property
    def is_left_out(self) -> bool:
        return self.stored is not None and self.stored.is_left_out


def check_batch(batch: Batch, sheet: ImportSheet, *, actor: "User", tell: Tell) -> None:
    """Read the file if that is still to do, check all rows, and write down what was found, in every language.

    Does nothing if the rows are changed meanwhile: that change has asked for a check of its own.
    """
    started, revision = time.perf_counter(), batch.revision
    found: dict[str, intake.Found] = {}
    try:
        if batch.columns:
            held = load_rows(batch)
        else:
            found = _read_in_every_language(batch, sheet, tell)
            held = _side_by_side({language: each.rows for language, each in found.items()})
    except Unreadable as error:
        _fail(batch, error, actor)
        return
    judge(held, sheet, actor, lambda done, total: tell(done, total, _("Checking the rows")))
    tell(len(held), len(held), _("Writing down what was found"))
    with transaction.atomic():
        batch = Batch.objects.lock(batch.pk)
        if batch.revision != revision or not batch.is_waiting:
            return
        if found:
            kept, batch.file = batch.file, ""
            batch.columns = next(iter(found.values())).columns
            batch.remarks = json.dumps({language: each.remarks for language, each in found.items()})
            transaction.on_commit(lambda: discard_file(kept))
        write_findings(batch, held, actor=actor, seconds=time.perf_counter() - started)


def load_rows(batch: Batch) -> list[Held]:
    """All rows in their order."""
    stored = list(batch.rows.order_by("number"))
    said = in_every_language(lambda: [open_row(each) for each in stored])
    held = _side_by_side(said)
    for each, kept in zip(held, stored, strict=True):
        each.stored = kept
    return held


def judge(held: Sequence[Held], sheet: ImportSheet, actor: "User", progress: Progress) -> None:
    """Have the sheet say in every language what each row would do; rows left out keep why they were."""
    _judge([each.row for each in held], held, sheet, actor, progress)
    for language in {language for each in held for language in each.others}:
        with translation.override(language):
            _judge([each.others[language] for each in held], held, sheet, actor, lambda done, total: None)


def _judge(
    rows: Sequence[ImportRow], held: Sequence[Held], sheet: ImportSheet, actor: "User", progress: Progress
) -> None:
    for row, each in zip(rows, held, strict=True):
        if each.is_left_out:
            keep_reasons(row)
        else:
            forget_findings(row)
    sheet.check([row for row, each in zip(rows, held, strict=True) if not each.is_left_out], actor, progress)
    for row in rows:
        if row.has_errors:
            row.action = "skip"


class Unreadable(Exception):
    """A file that cannot be read: why, by language."""

    def __init__(self, errors: dict[str, ValidationError]) -> None:
        super().__init__(str(errors))
        self.errors = errors


def _read_in_every_language(batch: Batch, sheet: ImportSheet, tell: Tell) -> dict[str, intake.Found]:
    """The file as it reads in each language; raises Unreadable."""

    def read() -> intake.Found | ValidationError:
        try:
            return _read(batch, sheet, tell)
        except ValidationError as error:
            return ValidationError([ValidationError(each.messages[0], code=each.code) for each in error.error_list])

    found, errors = {}, {}
    for language, each in in_every_language(read).items():
        if isinstance(each, ValidationError):
            errors[language] = each
        else:
            found[language] = each
    if errors:
        raise Unreadable(errors)
    return found


def _side_by_side(rows: Mapping[str, Sequence[ImportRow]]) -> list[Held]:
    """The rows of the first language, each with what it is in the others."""
    first, *others = rows
    return [
        Held(None, row, {language: rows[language][place] for language in others})
        for place, row in enumerate(rows[first])
    ]


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
            new.append(stored_row(batch, each.row, each.others))
        elif (stored.body, stored.action) != (pack(each.row, each.others), each.row.action):
            old.append(stored)
            left_out = stored.is_left_out
            new.append(stored_row(batch, each.row, each.others, version=stored.version, left_out=left_out))
    replace_rows(batch, old, new)


def _read(batch: Batch, sheet: ImportSheet, tell: Tell) -> intake.Found:
    tell(0, 0, _("Reading the file"))
    try:
        content = read_file(batch.file)
    except FileNotFoundError:
        raise ValidationError(_("The file is no longer there. Please upload it again."), code="gone") from None
    return intake.read(content, batch.file_name, sheet, most_rows=MOST_ROWS.now(), layout=batch.layout)


def _fail(batch: Batch, error: Unreadable, actor: "User") -> None:
    """The file cannot be read at all: say why, and keep nothing of it."""
    with transaction.atomic():
        fresh = Batch.objects.lock(batch.pk)
        if not fresh.is_waiting:
            return
        kept = fresh.file
        told = error.errors
        if any(each.code == intake.CLASSIFIED for found in told.values() for each in found.error_list):
            history.record("imports.batch.refused", actor=actor, obj=fresh, after={"sha256": fresh.sha256})
        fresh.problem = json.dumps({language: " ".join(found.messages) for language, found in told.items()})
        fresh.file, fresh.status = "", BatchStatus.FAULTY
        fresh.checked_at, fresh.version = timezone.now(), F("version") + 1
        fresh.save()
        transaction.on_commit(lambda: discard_file(kept))
