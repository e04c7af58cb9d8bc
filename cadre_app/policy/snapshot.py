"""What a request has read of settings and codes: one query each, then held until the request ends.

Nothing is held between requests, so that a change made in one process is in force in all of them from the next
request on. Outside a request every read asks the database, except inside `held()` (docs/adr/0005-policy.md).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from django.db import ProgrammingError

from cadre_app.core.context import current_request

T = TypeVar("T")

NOT_SET = object()
UNDEFINED_TABLE = "42P01"


@dataclass(frozen=True)
class Settings:
    """Standing values and their sources by key, each list by its first day of validity."""

    values: dict[str, list[tuple[date, Any, str]]]

    def raw_on(self, key: str, day: date) -> Any:
        """The stored value in force on `day`, or NOT_SET."""
        found = self._on(key, day)
        return found[1] if found else NOT_SET

    def source_on(self, key: str, day: date) -> str | None:
        """The source written beside the value in force on `day`, None where the default stands."""
        found = self._on(key, day)
        return found[2] if found else None

    def _on(self, key: str, day: date) -> tuple[date, Any, str] | None:
        dated = self.values.get(key, [])
        index = bisect_right(dated, day, key=lambda value: value[0])
        return dated[index - 1] if index else None


@dataclass(frozen=True)
class CodeRow:
    code: str
    name_zh: str
    name_en: str
    is_active: bool
    data: dict[str, Any]


@dataclass
class _Held:
    owner: str
    parts: dict[str, Any] = field(default_factory=dict)


_held: ContextVar[_Held | None] = ContextVar("policy_held", default=None)


@contextmanager
def held() -> Iterator[None]:
    """Hold what is read inside the block, for work outside requests; what is held already goes on being held."""
    current, request_id = _held.get(), current_request.get().request_id
    if request_id or (current is not None and current.owner == "held"):
        yield
        return
    token = _held.set(_Held("held"))
    try:
        yield
    finally:
        _held.reset(token)


def forget() -> None:
    """Drop what this request holds; every service that changes settings or codes calls it."""
    current = _held.get()
    if current is not None:
        current.parts.clear()


def settings_now() -> Settings:
    """Every standing value; empty before the tables exist."""
    return _part("settings", _read_settings, Settings({}))


def codes_now() -> dict[str, list[CodeRow]]:
    """Every standing code by table, in order; empty before the tables exist."""
    return _part("codes", _read_codes, {})


def _part(name: str, read: Callable[[], T], missing: T) -> T:
    request_id = current_request.get().request_id
    current = _held.get()
    if current is None or current.owner not in ("held", request_id):
        if not request_id:
            return _read(read, missing)
        current = _Held(request_id)
        _held.set(current)
    if name not in current.parts:
        current.parts[name] = _read(read, missing)
    return cast("T", current.parts[name])


def _read(read: Callable[[], T], missing: T) -> T:
    try:
        return read()
    except ProgrammingError as error:
        if getattr(error.__cause__, "pgcode", None) == UNDEFINED_TABLE:
            return missing
        raise


def _read_settings() -> Settings:
    from cadre_app.policy.models import PolicyValue

    values: dict[str, list[tuple[date, Any, str]]] = {}
    rows = PolicyValue.objects.standing().order_by("key", "valid_from")
    for key, valid_from, value, source in rows.values_list("key", "valid_from", "value", "source"):
        values.setdefault(key, []).append((valid_from, value, source))
    return Settings(values)


def _read_codes() -> dict[str, list[CodeRow]]:
    from cadre_app.policy.models import Code

    tables: dict[str, list[CodeRow]] = {}
    rows = Code.objects.standing().order_by("table", "order", "code")
    for table, *values in rows.values_list("table", "code", "name_zh", "name_en", "is_active", "data"):
        tables.setdefault(table, []).append(CodeRow(*values))
    return tables
