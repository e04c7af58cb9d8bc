"""The contract of the growth file: kinds of entries, sources that give them, and the words they are shown in.

The file is pulled, not copied (ARCHITECTURE.md, "Growth sources"): a source says which rows are entries and in which
columns they lie, the growth room counts, filters, unites, orders and slices them and asks the source for words.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class Access:
    """What one viewer may see of one growth file, resolved once per request; sources filter by it, not by joins.

    `trainee`: key of the file. `roles`: business roles that cover it today. `relations`: keys of the relations that
    tie the viewer to it, and `levels` of these (people.access.LEVELS). An avoided relative's file (回避) has neither
    roles nor ties. `is_own`: the viewer's own file. `on_phone`: read where discipline does not open, nor is told of. `on_paper`:
    printed, the person concerned among its readers.
    """

    user: "User"
    trainee: UUID
    roles: frozenset[str]
    relations: frozenset[str]
    levels: frozenset[str]
    is_own: bool
    on_phone: bool = False
    on_paper: bool = False

    def works(self, *roles: str) -> bool:
        """True where one of `roles` covers the file."""
        return not self.roles.isdisjoint(roles)

    def reads(self, *roles: str) -> bool:
        """True for one of `roles` and on the own file."""
        return self.is_own or self.works(*roles)


@dataclass(frozen=True)
class GrowthKind:
    """A kind of entries: a tab and a filter of the timeline, in `order`; `icon` is a symbol of the sprite.

    `tone` colours its mark: q (practice and learning), l (results and assessment), o (posts and stages), or none.
    """

    label: "_StrPromise | str"
    icon: str
    order: int
    tone: str = ""


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
class Fact:
    """An entry that no table of its own holds; `data` as in Row."""

    day: date
    kind: str
    data: Mapping[str, Any]
    status: str = ""


@dataclass(frozen=True)
class Words:
    """An entry in the viewer's language: title, text below it, `by` (who recorded or verified, or the document), a
    status mark (`state` is a key of the marks, `label` its word), where it opens.

    `is_held`: it counts as a fact; a paper leaves out what was not verified yet. `is_restricted`: it goes on no paper.
    """

    title: str
    text: str = ""
    by: str = ""
    state: str = ""
    label: str = ""
    url: str = ""
    is_held: bool = True
    is_restricted: bool = False


@dataclass(frozen=True)
class Entries:
    """Rows of one table that are entries of one file (no order, no slice), and where their columns lie.

    `day`, `pk` and `at` (when it was recorded) are names of fields or expressions of date, uuid and timestamp; `kind`
    and `status` are texts, or expressions where rows differ; `data` maps keys to names of fields or expressions (in
    `Row.data` dates are ISO text).
    """

    rows: "QuerySet[Any, Any]"
    day: Any
    kind: Any
    data: Mapping[str, Any]
    status: Any = ""
    pk: Any = "pk"
    at: Any = "created_at"


@dataclass(frozen=True)
class GrowthSource:
    """Entries of one table.

    `sees(access)` says how much of them this viewer sees, in a hashable value of the source's own; None is nothing.
    `entries(trainee_pk, seen)` gives the rows for that, and hangs on its two arguments alone: its SQL is kept for the
    next file that is seen so. It filters by the key of the file, never by joins to who sees it, and there is an index
    on that key and the day. `words(row, access)` names one entry without queries. `order` places entries of one day:
    what comes first in the course of things has the smaller number (arrival 10, transfer 20, post 30, term 40,
    pairing 50, note 60).

    What lies in the row of the file or of its person is given as `facts(trainee, access)` instead, without a query.
    """

    kinds: tuple[str, ...]
    words: "Callable[[Row, Access], Words]"
    sees: "Callable[[Access], Hashable | None] | None" = None
    entries: "Callable[[UUID, Any], Entries] | None" = None
    facts: "Callable[[Any, Access], list[Fact]] | None" = None
    order: int = 50

    def __post_init__(self) -> None:
        if (self.sees is None) != (self.entries is None) or (self.entries is None) == (self.facts is None):
            raise ValueError(f"{self.kinds}: a source has `sees` and `entries`, or `facts`")


@dataclass(frozen=True)
class HeadLine:
    """A line of the head of the file: `label` (政治淬炼导师), `text` in bold, `detail` beside it, `note` below, a status mark."""

    label: str
    text: str
    detail: str = ""
    note: str = ""
    state: str = ""
    state_label: str = ""
    url: str = ""


@dataclass(frozen=True)
class HeadPart:
    """Lines that a room adds to the head, for those who read the identity; `lines(trainee, access)`, one query at most."""

    order: int
    lines: "Callable[[Any, Access], list[HeadLine]]"


@dataclass(frozen=True)
class YearPart:
    """Lines that a room adds to the year view, about that year and not only dated in it: how it was judged, its hours.

    For those who read the identity; `lines(trainee, access, year)`, two queries at most. `sources` are those whose entries
    these lines tell, in the year that they judge: by the day on which they were dated they do not stand once more.
    """

    order: int
    lines: "Callable[[Any, Access, int], list[HeadLine]]"
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gap:
    """Something that is missing: what, why it is asked for, and where it is entered (`url` only for who may enter it)."""

    text: str
    why: str = ""
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class GapPart:
    """What a room misses in the file, for those who read the identity; `gaps(trainee, access)`, one query at most."""

    order: int
    gaps: "Callable[[Any, Access], list[Gap]]"


@dataclass(frozen=True)
class Coming:
    """A day to look at, its reason, and how far away it is; `state` is a key of the status marks.

    `on_paper`: it may stand on a paper that is handed round, the person concerned among its readers.
    """

    title: str
    day: date
    why: str
    state: str
    when: str
    url: str = ""
    on_paper: bool = True


@dataclass(frozen=True)
class ComingPart:
    """Days that a room adds to what is coming, for those who read the identity; `items(trainee, access)`, one query at most.

    `rules` are keys of the reminder rules whose dues these items tell: the bell does not say them once more.
    """

    order: int
    items: "Callable[[Any, Access], list[Coming]]"
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class EntryLink:
    """Something that is entered about one person: `url(user, trainee)` is its form with the person filled in, empty for whoever
    may not; one query at most, whatever there is. `on_desk`: not offered on phones, where the form does not open. `goes_on`: what is saved opens a page on which
    the work goes on; any other form leads back to the file.
    """

    label: "_StrPromise | str"
    order: int
    url: "Callable[[User, Any], str]"
    on_desk: bool = False
    goes_on: bool = False


growth_kinds: Registry[GrowthKind] = Registry("kinds of growth entries")
growth_sources: Registry[GrowthSource] = Registry("growth sources")
head_parts: Registry[HeadPart] = Registry("parts of the head of the growth file")
year_parts: Registry[YearPart] = Registry("parts of the year view of the growth file")
coming_parts: Registry[ComingPart] = Registry("what is coming in the growth file")
gap_parts: Registry[GapPart] = Registry("what is missing in the growth file")
entry_links: Registry[EntryLink] = Registry("what is entered from the growth file")
