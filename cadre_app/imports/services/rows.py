"""Rows between the database and the sheets: one sealed JSON body each."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.utils import translation

from cadre_app.core.importing import ImportRow, in_language
from cadre_app.imports.models import Batch, BatchRow
from cadre_app.jobs.services import access_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

T = TypeVar("T")
BULK = 1_000
DAY, KEY = "day", "key"


def pack(row: ImportRow, others: Mapping[str, ImportRow] | None = None) -> str:
    """The JSON body of a row, which was checked in the language of this moment; only what is not empty.

    `others`: the same row as it was checked in other languages, by their codes.
    """
    said = {translation.get_language(): row, **(others or {})}
    body = {
        "cells": row.cells,
        "values": {key: _tagged(value) for key, value in row.values.items()},
        "target": str(row.target) if row.target else "",
        "only_old": not row.may_be_new,
        "choice": row.choice,
        "said": {language: _said(each) for language, each in said.items() if _said(each)},
    }
    return json.dumps({key: value for key, value in body.items() if value}, ensure_ascii=False, sort_keys=True)


def _said(row: ImportRow) -> dict[str, Any]:
    """The words of a row, each list in the language in which it was checked."""
    words = {
        "unread": row.unread,
        "errors": row.errors,
        "notes": row.notes,
        "target_text": row.target_text,
        "question": row.question,
        "candidates": [(str(key), text) for key, text in row.candidates],
        "changes": row.changes,
    }
    return {key: value for key, value in words.items() if value}


def open_row(stored: BatchRow) -> ImportRow:
    """What `pack` made of a row, its words in the language of this moment."""
    body = json.loads(stored.body)
    target, said = body.get("target"), in_language(body.get("said", {}), {})
    return ImportRow(
        number=stored.number,
        cells=body.get("cells", {}),
        values={key: _untagged(value) for key, value in body.get("values", {}).items()},
        unread=[(key, message) for key, message in said.get("unread", ())],
        errors=[(key, message) for key, message in said.get("errors", ())],
        notes=said.get("notes", []),
        action=stored.action,  # type: ignore[arg-type]  # written by `stored_row` from an Action
        target=UUID(target) if target else None,
        target_text=said.get("target_text", ""),
        question=said.get("question", ""),
        candidates=[(UUID(key), text) for key, text in said.get("candidates", ())],
        may_be_new=not body.get("only_old", False),
        choice=body.get("choice", ""),
        changes=[(label, before, after) for label, before, after in said.get("changes", ())],
    )


def labels_of(stored: BatchRow) -> dict[str, str]:
    """What the check called the row, by language."""
    said = json.loads(stored.body).get("said", {})
    return {language: words["target_text"] for language, words in said.items() if "target_text" in words}


def in_every_language(act: Callable[[], T]) -> dict[str, T]:
    """What `act` gives in each language of the product, the one of this moment first."""
    current = str(translation.get_language())
    found = {}
    for language in sorted(dict(settings.LANGUAGES), key=lambda code: code != current):
        with translation.override(language):
            found[language] = act()
    return found


def repack(stored: BatchRow, change: Callable[[ImportRow], None]) -> ImportRow:
    """Change a stored row in every language and pack it again; returns it as it is in the language of this moment."""

    def changed() -> ImportRow:
        row = open_row(stored)
        change(row)
        return row

    first, *others = in_every_language(changed).items()
    stored.body = pack(first[1], dict(others))
    return first[1]


def stored_row(
    batch: Batch,
    row: ImportRow,
    others: Mapping[str, ImportRow] | None = None,
    *,
    version: int = 1,
    left_out: bool = False,
) -> BatchRow:
    """An unsaved BatchRow of `row`; `others` as in `pack`."""
    return BatchRow(
        batch=batch,
        number=row.number,
        body=pack(row, others),
        action=row.action,
        version=version,
        has_errors=row.has_errors,
        is_unchosen=row.is_unchosen,
        is_left_out=left_out,
    )


def forget_findings(row: ImportRow) -> None:
    """Back to what was read, so that a check starts anew."""
    row.errors, row.notes, row.changes, row.candidates = [], [], [], []
    row.action, row.target, row.target_text, row.question, row.may_be_new = "create", None, "", "", True


def keep_reasons(row: ImportRow) -> None:
    """Of a row that is left out: why it could not be imported, and whom it is about; nothing of what it would have done."""
    row.notes, row.changes, row.candidates, row.question = [], [], [], ""
    row.action, row.target = "skip", None


def replace_rows(batch: Batch, old: Iterable[BatchRow], new: Sequence[BatchRow]) -> None:
    """Write `new` for `old`: two statements per 1,000, where updating each body would be one a row."""
    keys = [row.pk for row in old]
    for start in range(0, len(keys), BULK):
        BatchRow.objects.filter(batch=batch, pk__in=keys[start : start + BULK]).delete()
    BatchRow.objects.bulk_create(new, batch_size=BULK)


def rows_are_readable(batch: Batch, user: "User") -> bool:
    """False since the owner's roles changed: what the check found may lie outside their sight now."""
    return batch.access == access_of(user)


def row_state(batch: Batch, stored: BatchRow) -> Batch:
    """An unsaved stand-in whose version is the row's, and whose attributes are its cells as the form names them."""
    row = open_row(stored)
    state = Batch(pk=batch.pk, version=stored.version)
    for key, column in batch.definition.column_by_key().items() if batch.definition else ():
        text = row.cells.get(key, "")
        setattr(state, cell_field(key), "" if column.is_confidential else text)
    state.is_left_out = stored.is_left_out  # type: ignore[attr-defined]  # a field of the form only
    return state


def cell_field(key: str) -> str:
    """The name of the form's field for a cell."""
    return f"cell_{key}"


def _tagged(value: Any) -> Any:
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, UUID):
        return {KEY: str(value)}
    return value


def _untagged(value: Any) -> Any:
    if isinstance(value, dict):
        return date.fromisoformat(value[DAY]) if DAY in value else UUID(value[KEY])
    return value
