"""Codes as forms and pages use them: records store the code, people read the name."""

from django.utils import translation

from cadre_app.policy import snapshot
from cadre_app.policy.snapshot import CodeRow

Choice = tuple[str, str]


def choices(table: str, *, keep: str = "", language: str = "") -> list[Choice]:
    """Codes in use with their names in order, headings left out; `keep` is offered although out of use by now."""
    rows = [row for row in _rows(table) if not row.data.get("heading") and (row.is_active or row.code == keep)]
    return [(row.code, _name(row, language)) for row in rows]


def headings(table: str, *, language: str = "") -> list[Choice]:
    """The groups of a table with their names, in order."""
    return [(row.code, _name(row, language)) for row in _rows(table) if row.data.get("heading")]


def names(table: str, *, language: str = "") -> dict[str, str]:
    """Every name by its code, out of use or not: for lists, which ask once and not for each row."""
    return {row.code: _name(row, language) for row in _rows(table)}


def label(table: str, code: str, language: str = "") -> str:
    """The name of a code in `language` (else the active one); an unknown code is shown as written."""
    row = _find(table, code)
    return _name(row, language) if row is not None else code


def months(table: str, code: str) -> int | None:
    """The period of effect in months that a discipline table gives; None where the decision itself sets it."""
    row = _find(table, code)
    value = row.data.get("months") if row is not None else None
    return int(value) if value is not None else None


def _rows(table: str) -> list[CodeRow]:
    return snapshot.codes_now().get(table, [])


def _find(table: str, code: str) -> CodeRow | None:
    return next((row for row in _rows(table) if row.code == code), None)


def _name(row: CodeRow, language: str) -> str:
    language = language or translation.get_language() or "zh-hans"
    return row.name_zh if language.startswith("zh") else row.name_en
