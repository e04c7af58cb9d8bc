"""Rows as a sheet gets them, for the tests of every sheet of records."""

from datetime import date
from typing import Any

from cadre_app.accounts.models import User
from cadre_app.core.importing import Applied, ImportRow, ImportSheet


def row(number: int = 2, *, cells: dict[str, str] | None = None, **values: Any) -> ImportRow:
    """A row as it was read; `cells` where the text is not that of the value."""
    known = {key: value for key, value in values.items() if value is not None}
    return ImportRow(number, cells={key: _typed(value) for key, value in known.items()} | (cells or {}), values=known)


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


def checked(sheet: ImportSheet, actor: User, *rows: ImportRow) -> list[ImportRow]:
    """The rows after a check that starts anew."""
    for each in rows:
        each.errors, each.notes, each.changes, each.candidates = [], [], [], []
        each.action, each.target, each.target_text, each.question, each.may_be_new = "create", None, "", "", True
    sheet.check(list(rows), actor, quiet)
    return list(rows)


def applied(sheet: ImportSheet, actor: User, *rows: ImportRow) -> list[Applied]:
    """What became of rows that are without errors."""
    found = checked(sheet, actor, *rows)
    assert [(each.number, each.errors, each.is_unchosen) for each in found] == [
        (each.number, [], False) for each in found
    ]
    return sheet.apply([each for each in found if each.action in ("create", "update")], actor, quiet)


def faults(rows: list[ImportRow]) -> list[list[str]]:
    """The cells at which errors stand, row by row."""
    return [[key for key, _message in each.errors] for each in rows]


def _typed(value: Any) -> str:
    return value.isoformat().replace("-", ".") if isinstance(value, date) else str(value)
