"""材料归档 papers that rooms below the list of materials form: they say so here, and what keeps the list follows."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.models import BaseModel


@dataclass(frozen=True, kw_only=True)
class ArchivePaper:
    """The paper of `obj` about `trainee`; `part` tells several of one record apart, `kind` is one of the list's kinds.

    `corrected_from`: the record was corrected, and its paper was formed on this day before. `is_dated`: `formed_on` is the
    day of the document itself, which the record does not keep.
    """

    obj: "BaseModel"
    trainee: Any
    kind: str
    title: str
    formed_on: date
    part: str = ""
    corrected_from: date | None = None
    is_dated: bool = False


# Called in the transaction of the change: a paper was formed; the paper of a record (its part) is none any more, with the
# reason; the day on which the last paper of a record was formed.
papers_formed: "Registry[Callable[[ArchivePaper, User | None], None]]" = Registry("papers that were formed")
papers_undone: "Registry[Callable[[BaseModel, str, str, User], None]]" = Registry("papers that are none any more")
papers_known: "Registry[Callable[[BaseModel, str], date | None]]" = Registry("papers that are known")
# Of these records of one model, by key, those of which a paper was handed over: the archive holds it.
papers_gone: "Registry[Callable[[type[BaseModel], Collection[UUID]], Iterable[UUID]]]" = Registry("papers handed over")


def form_paper(paper: ArchivePaper, *, actor: "User | None") -> None:
    for keep in papers_formed.values():
        keep(paper, actor)


def undo_paper(obj: "BaseModel", *, part: str = "", reason: str, actor: "User") -> None:
    for drop in papers_undone.values():
        drop(obj, part, reason, actor)


def formed_before(obj: "BaseModel", *, part: str = "") -> date | None:
    """When the last paper of `obj` was formed, whatever became of it: the list goes on with it, however old it is."""
    days = (asked(obj, part) for asked in papers_known.values())
    return next((day for day in days if day is not None), None)


def handed_over(model: "type[BaseModel]", keys: Collection[UUID]) -> set[UUID]:
    """Which of these records have a paper in the archive; the same few queries for any number of them."""
    return {key for ask in papers_gone.values() for key in ask(model, keys)}
