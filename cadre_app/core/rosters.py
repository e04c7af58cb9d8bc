"""花名册 and 上级报表: what rooms add to the columns of the printed roster and to the facts that reports count."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class RosterColumn:
    """A column of the printed roster: `cells(files, day)` gives the text of each growth file as of a day, one query for all.

    The reader works on these files by a business role. `order` places it among the official columns, `width` is in
    characters of a Chinese text.
    """

    label: "_StrPromise | str"
    order: int
    cells: Callable[[Collection[UUID], date], Mapping[UUID, str]]
    width: int = 8


# By key of a growth file what a room knows of it as of a day: keys of `rosters.facts.Facts`, counted for a whole unit.
FactSource = Callable[[Collection[UUID], date], Mapping[UUID, Mapping[str, Any]]]

roster_columns: Registry[RosterColumn] = Registry("columns of the printed roster")
report_facts: Registry[FactSource] = Registry("facts that reports to the superior count")
