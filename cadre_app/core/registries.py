"""Every registry type of the house; apps fill them in `AppConfig.ready()`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cadre_app.core.importing import ImportSheet
from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import AccountRequest, User
    from cadre_app.core.http import UserRequest
    from cadre_app.core.models import BaseModel
    from cadre_app.core.tables import Table
    from cadre_app.jobs.models import Job


@dataclass(frozen=True)
class NavItem:
    """A line of the navigation (demo-texts A1); `group` is one of core.nav.GROUPS, `short` is for phones.

    `beside` are URL names of pages that stand under the same line. `desk_alone`: its page does not open on phones.
    """

    label: "_StrPromise | str"
    short: "_StrPromise | str"
    icon: str
    url_name: str
    group: str
    order: int
    visible: "Callable[[User], bool]"
    beside: "Callable[[], tuple[str, ...]]" = tuple
    desk_alone: bool = False


@dataclass(frozen=True)
class DeskItem:
    """One thing a person must do; `why` names the rule, date or document behind it, `state` is over|soon|none|wait."""

    title: str
    why: str
    url: str
    action: str
    state: str = "none"
    when: str = ""
    subject: str = ""


@dataclass(frozen=True)
class DeskPanel:
    """A part of somebody's desk: `items` go into the list of what is due, `context` feeds `template` beside it.

    A `context` that returns None leaves the part out. `leads`: it stands above the list of what is due.
    """

    order: int
    visible: "Callable[[User], bool]"
    items: "Callable[[UserRequest], list[DeskItem]] | None" = None
    template: str = ""
    context: "Callable[[UserRequest], Mapping[str, Any] | None] | None" = None
    leads: bool = False


@dataclass(frozen=True)
class JobKind:
    """Long work; `may_run` is asked again at start and at delivery.

    Either `run(job)`, which reports by `jobs.services.report`, or `table(user, query)`: a list's table with the URL
    parameters it was asked from, written as a workbook. Rooms below `jobs` announce their exports this way.
    `done_url(job)` is the page that shows what a job without a file has done. `desk_alone`: on a phone it is neither
    started nor fetched.
    """

    label: "_StrPromise | str"
    may_run: "Callable[[User], bool]"
    run: "Callable[[Job], None] | None" = None
    table: "Callable[[User, QueryDict], Table[Any]] | None" = None
    done_url: "Callable[[Job], str] | None" = None
    desk_alone: bool = False


@dataclass(frozen=True)
class Relation:
    """A tie that shows somebody a trainee without a role on the unit, while it runs (ACCESS.md, "scope").

    `level` is a key of people.access.LEVELS ("mentor", "name"); `trainee_ids(user)` is a query of the trainees' keys.
    `person_ids(trainees)`, where the tie bars somebody from judging them (回避), is a query of the keys of the persons tied
    to one of these trainees (keys, or a query of them).
    """

    level: str
    trainee_ids: "Callable[[User], QuerySet[Any, Any]]"
    person_ids: "Callable[[Any], QuerySet[Any, Any]] | None" = None


@dataclass(frozen=True)
class Hit:
    """One thing found: its name, what tells it apart, and where it opens."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class SearchSource:
    """A kind of thing that the search finds; `find(user, text, limit)` returns what `user` may see, best first.

    A source that knows people by name, pinyin and initials says in `asks_for` what can be typed: the search box bears it.
    """

    label: "_StrPromise | str"
    order: int
    visible: "Callable[[User], bool]"
    find: "Callable[[User, str, int], list[Hit]]"
    asks_for: "_StrPromise | str" = ""


@dataclass(frozen=True)
class AccountLink:
    """A line on the own account page, and on the page of an account for whoever manages it.

    `url(viewer, account)` is empty for whoever has no such page; no query.
    """

    label: "_StrPromise | str"
    icon: str
    order: int
    url: "Callable[[User, User], str]"


@dataclass(frozen=True)
class FileKind:
    """Uploads of one purpose; `may_read(user, owner_id)` is asked for every download and every preview.

    `families` are keys of files.checks.FAMILIES; `max_count` is how many one owner has at a time; `page_of(owner_id)` is
    the address of the page that shows them, for the way back from a preview.
    """

    label: "_StrPromise | str"
    families: tuple[str, ...]
    may_read: "Callable[[User, UUID], bool]"
    max_count: int = 1
    page_of: "Callable[[UUID], str] | None" = None


nav: Registry[NavItem] = Registry("nav")
verbs: "Registry[_StrPromise | str]" = Registry("verbs of the history")


class PartlyFailed(Exception):
    """A sweep did its work but for a part that it names."""


sweeps: Registry[Callable[[], int]] = Registry("sweeps")
# While one of these fails, the sweep counts as standing still: people are told, not only the log.
vital_sweeps: set[str] = set()
desk_panels: Registry[DeskPanel] = Registry("desk panels")
job_kinds: Registry[JobKind] = Registry("job kinds")
# What besides the roles says what somebody sees, as words that change with it: a result made before is not handed out.
access_terms: "Registry[Callable[[User], Iterable[str]]]" = Registry("what else says what somebody sees")
relations: Registry[Relation] = Registry("relations")
search_sources: Registry[SearchSource] = Registry("search sources")
account_links: Registry[AccountLink] = Registry("what belongs to an account")
# A new password and the disabling of an account end its sessions; so they end what else opens in its name.
account_endings: "Registry[Callable[[User, User | None], None]]" = Registry("what ends with the sessions of an account")
activations: "Registry[Callable[[AccountRequest], None]]" = Registry("what follows the activation of an account")
file_kinds: Registry[FileKind] = Registry("file kinds")
import_sheets: Registry[ImportSheet] = Registry("import sheets")
# What somebody who leaves, and a unit that is closed, leaves open (by its key), one sentence each, as far as the user sees it.
departure_notes: "Registry[Callable[[User, UUID], list[str]]]" = Registry("what a departure leaves open")
closing_notes: "Registry[Callable[[User, UUID], list[str]]]" = Registry("what the closing of a unit leaves open")
# The record and the version somebody had read: by field, what stood there then; of sealed fields nothing.
changes_since: "Registry[Callable[[BaseModel, int], dict[str, str]]]" = Registry("what a record held at a version")
marked_texts: "Registry[Callable[[User, str], None]]" = Registry("what is told of a text with a classification marking")
