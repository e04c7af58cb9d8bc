"""The lists whose conditions people keep under a name: rooms announce the address of the page and what is exported there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from cadre_app.core.registries import job_kinds
from cadre_app.core.registry import Registry
from cadre_app.core.tables import PAGING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User
    from cadre_app.core.tables import Table

# What a list is addressed with that is no condition of it.
LEFT_OUT = frozenset({*PAGING, "back", "from"})


@dataclass(frozen=True)
class ListPage:
    """A list with filters: what it is called, and who has it.

    With `table(user, query)`, as its export is built, the list can be subscribed to.
    """

    label: "_StrPromise | str"
    visible: "Callable[[User], bool]"
    table: "Callable[[User, QueryDict], Table[Any]] | None" = None


# By the name of the page's address. Restricted lists are not among them: nothing of them is kept anywhere else.
list_pages: Registry[ListPage] = Registry("lists whose conditions can be kept")


def announce_lists(kinds: Mapping[str, str]) -> None:
    """Lists by the name of their address, each with the kind of job that exports it: its name, readers and table are the same."""
    for name, kind in kinds.items():
        job = job_kinds[kind]
        list_pages.register(name, ListPage(job.label, job.may_run, job.table))


def kept_query(data: QueryDict) -> str:
    """The conditions, order and columns among the parameters of a list; no page of it, and nothing that is empty."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        if name not in LEFT_OUT and any(values):
            kept.setlist(name, values)
    return kept.urlencode()
