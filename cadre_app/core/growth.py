"""The contract of the growth file: kinds of entries, sources that give them, and the words they are shown in.

The file is pulled, not copied (ARCHITECTURE.md, "Growth sources"): a source gives a queryset in the five columns of
COLUMNS, the growth room filters, unites, orders and slices them in one query and asks the source for words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

# The names under which a source annotates its rows: day (date), object (uuid), kind (text), data (jsonb), status (text).
COLUMNS = ("entry_on", "entry_id", "entry_kind", "entry_data", "entry_status")


@dataclass(frozen=True)
class Access:
    """What one viewer may see of one growth file, resolved once per request; sources filter by it, not by joins.

    `roles`: business roles that cover the file today; `relations`: keys of the relations that tie the viewer to it;
    an avoided relative's file (回避) has neither. `is_own`: the viewer's own file.
    """

    user: "User"
    roles: frozenset[str]
    relations: frozenset[str]
    is_own: bool


@dataclass(frozen=True)
class GrowthKind:
    """A kind of entries: a tab and a filter of the timeline, in `order`; `icon` is a symbol of the sprite."""

    label: "_StrPromise | str"
    icon: str
    order: int


@dataclass(frozen=True)
class Row:
    """One entry as the database gave it; `kind` is a key of growth_kinds, `source` of growth_sources."""

    day: date
    id: UUID
    kind: str
    source: str
    data: Mapping[str, Any]
    status: str


@dataclass(frozen=True)
class Words:
    """An entry in the viewer's language: title, text below it, `by` (who recorded or verified), a status mark, where it opens."""

    title: str
    text: str = ""
    by: str = ""
    state: str = ""
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class GrowthSource:
    """Entries of one table: `entries(trainee_pk, access)` gives a queryset annotated with COLUMNS (no order, no slice),
    already limited to what `access` may see, None where that is nothing; `words(row, access)` names one without queries.
    """

    kinds: tuple[str, ...]
    entries: "Callable[[UUID, Access], QuerySet[Any, Any] | None]"
    words: Callable[[Row, Access], Words]


growth_kinds: Registry[GrowthKind] = Registry("kinds of growth entries")
growth_sources: Registry[GrowthSource] = Registry("growth sources")
