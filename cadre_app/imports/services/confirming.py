"""Doing an import and taking it back: all of it in one transaction, or nothing."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cadre_app.core.importing import Applied, ImportRow, ImportSheet, Progress
from cadre_app.history import services as history
from cadre_app.imports.models import Batch, BatchStatus, Effect
from cadre_app.imports.services.checking import Held, Tell, judge, load_rows, write_findings
from cadre_app.imports.services.rows import BULK, in_every_language, labels_of
from cadre_app.jobs.services import access_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NAMED_OBSTACLES = 200
CHECK_SHARE = 0.3


class Changed(Exception):
    """What the rows would do is no longer what was looked at, or cannot be done any more."""


class Obstructed(Exception):
    """An import cannot be taken back: `obstacles` in words."""

    def __init__(self, obstacles: Sequence[str]) -> None:
        super().__init__("; ".join(obstacles))
        self.obstacles = list(obstacles)


def apply_batch(
    batch: Batch, sheet: ImportSheet, *, revision: int, actor: "User", tell: Tell, ending: Callable[[Batch], None]
) -> None:
    """Check the rows once more and write them, in one transaction, of which `ending` is the last step.

    An import that is done already stays as it is. Raises Changed, with the new findings written down, when anything
    differs from what was confirmed.
    """
    started = time.perf_counter()
    try:
        with transaction.atomic():
            batch = Batch.objects.lock(batch.pk)
            if batch.status == BatchStatus.DONE:
                return
            _write(batch, sheet, revision=revision, actor=actor, tell=tell)
            with history.change(batch, actor=actor, verb="imports.batch.confirmed"):
                batch.status, batch.confirmed_at = BatchStatus.DONE, timezone.now()
                batch.access = access_of(actor)
                batch.confirm_seconds = time.perf_counter() - started
                batch.save()
            ending(batch)
    except (Changed, ValidationError, IntegrityError) as error:
        _look_again(batch, sheet, actor=actor, tell=tell)
        raise Changed(*getattr(error, "messages", ())) from error


def take_back(
    batch: Batch, sheet: ImportSheet, *, reason: str, actor: "User", tell: Tell, ending: Callable[[], None]
) -> None:
    """Undo everything that an import did, in one transaction, of which `ending` is the last step.

    An import that is undone already stays as it is. Raises Obstructed, with the obstacles written down in every language,
    and nothing is undone then.
    """
    try:
        with transaction.atomic():
            batch = Batch.objects.lock(batch.pk)
            if batch.status != BatchStatus.DONE:
                return
            applied = [_opened(effect) for effect in batch.effects.order_by("-pk")]
            tell(0, len(applied), _("Undoing the import"))
            if obstacles := sheet.undo(applied, actor, reason):
                raise Obstructed(obstacles)  # noqa: TRY301  # the transaction must end with it
            tell(len(applied), len(applied), _("Undoing the import"))
            with history.change(batch, actor=actor, verb="imports.batch.undone", reason=reason):
                batch.status, batch.undone_at, batch.obstacles = BatchStatus.UNDONE, timezone.now(), ""
                batch.save()
            ending()
    except ValidationError as error:
        obstacles = error.messages
    except Obstructed as error:
        obstacles = error.obstacles
    else:
        return
    told = _obstacles(batch, sheet, reason=reason, actor=actor)
    kept = {language: (each or obstacles)[:NAMED_OBSTACLES] for language, each in told.items()}
    Batch.objects.filter(pk=batch.pk).update(obstacles=json.dumps(kept, ensure_ascii=False))
    raise Obstructed(obstacles)


def _obstacles(batch: Batch, sheet: ImportSheet, *, reason: str, actor: "User") -> dict[str, list[str]]:
    """What stands against undoing, asked in each language, each time of a transaction that writes nothing."""
    effects = list(batch.effects.order_by("-pk"))
    named = {row.number: labels_of(row) for row in batch.rows.filter(number__in={each.number for each in effects})}

    def ask() -> list[str]:
        language = str(translation.get_language())
        applied = [_relabelled(_opened(each), named.get(each.number, {}), language) for each in effects]
        try:
            with transaction.atomic():
                raise Obstructed(sheet.undo(applied, actor, reason))  # noqa: TRY301  # nothing of it is to stay
        except ValidationError as error:
            return error.messages
        except Obstructed as error:
            return error.obstacles

    return in_every_language(ask)


def _relabelled(applied: Applied, named: dict[str, str], language: str) -> Applied:
    """As the preview named the row in that language, where the import took its label from there."""
    is_named = applied.label in named.values() and language in named
    return replace(applied, label=named[language]) if is_named else applied


def outcomes(batch: Batch) -> dict[int, Applied]:
    """What each row did, by its number."""
    return {effect.number: _opened(effect) for effect in batch.effects.all()}


def _write(batch: Batch, sheet: ImportSheet, *, revision: int, actor: "User", tell: Tell) -> None:
    if batch.status != BatchStatus.READY or batch.revision != revision:
        raise Changed
    held = load_rows(batch)
    before = [_meaning(each.row) for each in held]
    judge(held, sheet, actor, _scaled(tell, _("Checking the rows once more"), 0, CHECK_SHARE, len(held)))
    if before != [_meaning(each.row) for each in held]:
        raise Changed
    rows = [each.row for each in held if each.row.action in ("create", "update")]
    applied = sheet.apply(rows, actor, _scaled(tell, _("Writing the rows"), CHECK_SHARE, 1, len(held)))
    tell(len(held), len(held), _("Writing the rows"))
    Effect.objects.bulk_create((_effect(batch, each) for each in applied), batch_size=BULK)


def _scaled(tell: Tell, message: str, start: float, end: float, rows: int) -> Progress:
    """Progress of one step as rows of the whole."""

    def progress(done: int, total: int) -> None:
        share = start + (end - start) * min(done, total) / max(total, 1)
        tell(min(int(rows * share), max(rows - 1, 0)), rows, message)

    return progress


def _meaning(row: ImportRow) -> tuple[Any, ...]:
    """What was shown of a row and confirmed with it."""
    return row.action, row.target, row.target_text, row.has_errors, row.is_unchosen, list(row.changes)


def _look_again(batch: Batch, sheet: ImportSheet, *, actor: "User", tell: Tell) -> None:
    """After nothing was written: find out why, and show it at the rows."""
    held: list[Held] = load_rows(batch)
    judge(held, sheet, actor, lambda done, total: tell(done, total, _("Checking the rows")))
    with transaction.atomic():
        batch = Batch.objects.lock(batch.pk)
        if batch.is_waiting:
            write_findings(batch, held, actor=actor, seconds=batch.seconds)


def _effect(batch: Batch, applied: Applied) -> Effect:
    body = json.dumps({"label": applied.label, "outcome": applied.outcome, "undo": applied.undo}, ensure_ascii=False)
    return Effect(
        batch=batch, number=applied.row_number, object_id=applied.object_id, created=applied.created, body=body
    )


def _opened(effect: Effect) -> Applied:
    return Applied(
        row_number=effect.number, object_id=effect.object_id, created=effect.created, **json.loads(effect.body)
    )
