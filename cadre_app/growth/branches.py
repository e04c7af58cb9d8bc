"""The SQL of one source for one way of seeing it: written by Django once, then kept, with the file's key left open.

Building eleven querysets and their union anew costs more than all that the database does for the page.
"""

import uuid
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import F, TextField, Value
from django.db.models.functions import JSONObject

from cadre_app.core.growth import GrowthSource

COLUMNS = ("entry_on", "entry_at", "entry_id", "entry_kind", "entry_data", "entry_status")
ANY_FILE = uuid.UUID("f117a7e5-0000-4000-8000-000000000000")  # stands in the kept SQL where the key of the file belongs


@dataclass(frozen=True)
class Branch:
    """`sql` selects COLUMNS with a place for each of `params`, among which ANY_FILE stands for the key of the file."""

    sql: str
    params: tuple[Any, ...]

    def params_for(self, trainee: uuid.UUID) -> list[Any]:
        return [trainee if value == ANY_FILE else value for value in self.params]


@lru_cache(maxsize=1_024)
def branch_of(source: GrowthSource, seen: Hashable) -> Branch:
    """Rows of a source as they are `seen`, neither ordered nor cut."""
    assert source.entries is not None  # noqa: S101
    found = source.entries(ANY_FILE, seen)
    rows = found.rows.order_by().annotate(
        entry_on=_field(found.day),
        entry_at=_field(found.at),
        entry_id=_field(found.pk),
        entry_kind=_text(found.kind),
        entry_data=JSONObject(**found.data),
        entry_status=_text(found.status),
    )
    return Branch(*rows.values_list(*COLUMNS).query.sql_with_params())


def _field(value: Any) -> Any:
    return F(value) if isinstance(value, str) else value


def _text(value: Any) -> Any:
    return Value(value, TextField()) if isinstance(value, str) else value
