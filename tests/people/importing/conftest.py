from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from cadre_app.accounts.models import User
from cadre_app.core.importing import Applied, ImportRow
from cadre_app.people.importing import trainees
from tests.people.conftest import District


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def typed(value: Any) -> str:
    """How a value stands in a cell."""
    return value.isoformat().replace("-", ".") if isinstance(value, date) else str(value)


def row(number: int = 2, name: str = "林知远", *, cells: dict[str, str] | None = None, **values: Any) -> ImportRow:
    """A row as it was read; `cells` where the text is not that of the value (2024.08 for its first day)."""
    known = {key: value for key, value in ({"name": name} | values).items() if value is not None}
    texts = {key: typed(value) for key, value in known.items()} | (cells or {})
    return ImportRow(number, cells=texts, values=known)


def new(number: int = 2, name: str = "林知远", *, cells: dict[str, str] | None = None, **values: Any) -> ImportRow:
    """A row with everything that a new file needs."""
    needed: dict[str, Any] = {"kind": "selected", "arrived_on": date(2024, 8, 15), "home_unit": "梧岭镇"}
    return row(number, name, cells=cells, **(needed | values))


def silent(done: int, total: int) -> None:
    pass


Check = Callable[..., list[ImportRow]]
Apply = Callable[..., list[Applied]]


@pytest.fixture
def checked(place: District) -> Check:
    def check(*rows: ImportRow, actor: User | None = None) -> list[ImportRow]:
        for each in rows:
            each.errors, each.notes, each.changes, each.candidates = [], [], [], []
            each.action, each.target, each.target_text, each.question, each.may_be_new = "create", None, "", "", True
        trainees.check(list(rows), actor or place.staff, silent)
        return list(rows)

    return check


@pytest.fixture
def applied(place: District, checked: Check) -> Apply:
    def apply(*rows: ImportRow) -> list[Applied]:
        found = checked(*rows)
        assert [(each.number, each.errors, each.is_unchosen) for each in found] == [
            (each.number, [], False) for each in found
        ]
        return trainees.apply([each for each in found if each.action in ("create", "update")], place.staff, silent)

    return apply
