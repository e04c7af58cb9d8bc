"""The lists whose conditions people keep under a name: rooms announce the address of the page and what is exported there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cadre_app.core.registries import job_kinds
from cadre_app.core.registry import Registry
from cadre_app.core.tables import PAGING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest
    from cadre_app.core.tables import Table

# What a list is addressed with that is no condition of it.
LEFT_OUT = frozenset({*PAGING, "back", "from"})


@dataclass(frozen=True)
class ListPage:
    """A list with filters: what it is called, and who has it.

    With `table(user, query)`, as its export is built, the list can be subscribed to: its rows are records with keys.
    `wider` are parameters that show what the list leaves out as it opens (who left, what is voided): rows that are gone
    from it are looked for there.
    """

    label: "_StrPromise | str"
    visible: "Callable[[User], bool]"
    table: "Callable[[User, QueryDict], Table[Any]] | None" = None
    wider: tuple[str, ...] = ()


# By the name of the page's address. Restricted lists are not among them: nothing of them is kept anywhere else.
list_pages: Registry[ListPage] = Registry("lists whose conditions can be kept")


def announce_lists(kinds: Mapping[str, str], *, wider: Mapping[str, tuple[str, ...]] | None = None) -> None:
    """Lists by the name of their address, each with the kind of job that exports it: its name, readers and table are the same.

    `wider` by the same names.
    """
    for name, kind in kinds.items():
        job = job_kinds[kind]
        list_pages.register(name, ListPage(job.label, job.may_run, job.table, (wider or {}).get(name, ())))


def kept_query(data: QueryDict) -> str:
    """The conditions, order and columns among the parameters of a list; no page of it, and nothing that is empty."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        if name not in LEFT_OUT and any(values):
            kept.setlist(name, values)
    return kept.urlencode()


def opens_without_lost_default(
    view: "Callable[[UserRequest], HttpResponse]",
) -> "Callable[[UserRequest], HttpResponse]":
    """A list that its own default filter shuts, since its unit is out of sight by now, opens without it and says so."""

    @wraps(view)
    def opened(request: "UserRequest") -> HttpResponse:
        try:
            return view(request)
        except Http404:
            if not _is_lost_default(request):
                raise
        text = _("The filter that opens this list can no longer be asked for. The whole list is shown instead.")
        messages.warning(request, text)
        return redirect(request.path)

    return opened


def _is_lost_default(request: "UserRequest") -> bool:
    name = request.resolver_match.view_name if request.resolver_match is not None else ""
    page, default = list_pages.get(name), request.user.list_defaults.get(name)
    return page is not None and page.visible(request.user) and kept_query(request.GET) == default
