"""材料归档 papers that rooms below the list of materials form: they say so here, and what keeps the list follows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.models import BaseModel


@dataclass(frozen=True, kw_only=True)
class ArchivePaper:
    """The paper of `obj` about `trainee`; `part` tells several of one record apart, `kind` is one of the list's kinds.

    `corrected_from`: the record was corrected, and its paper was formed on this day before.
    """

    obj: "BaseModel"
    trainee: Any
    kind: str
    title: str
    formed_on: date
    part: str = ""
    corrected_from: date | None = None


# Called in the transaction of the change: a paper was formed; the paper of a record (its part) is none any more, with the
# reason; whether the last paper of a record waits or was taken back while it waited.
papers_formed: "Registry[Callable[[ArchivePaper, User | None], None]]" = Registry("papers that were formed")
papers_undone: "Registry[Callable[[BaseModel, str, str, User], None]]" = Registry("papers that are none any more")
papers_that_waited: "Registry[Callable[[BaseModel, str], bool]]" = Registry("papers that waited")


def form_paper(paper: ArchivePaper, *, actor: "User | None") -> None:
    for keep in papers_formed.values():
        keep(paper, actor)


def undo_paper(obj: "BaseModel", *, part: str = "", reason: str, actor: "User") -> None:
    for drop in papers_undone.values():
        drop(obj, part, reason, actor)


def has_waited(obj: "BaseModel", *, part: str = "") -> bool:
    """The last paper of `obj` waits or was taken back while it waited: it goes on waiting where the record stands."""
    return any(asked(obj, part) for asked in papers_that_waited.values())
