"""What the full-text search looks through: each room announces the texts that it shares (ADR 31).

Texts that are restricted, private or encrypted have no source and no index.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cadre_app.core.registries import search_sources
from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Q, QuerySet
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

NEAR = 3_000


@dataclass(frozen=True)
class Place:
    """Where a text stands: whose or which it is, what tells it apart, its day, and the page that shows it."""

    title: str
    detail: str
    day: "date"
    url: str


@dataclass(frozen=True)
class TextSource:
    """Texts of one kind. `rows(user)` are those that `user` may read and that have a page for them, by `visible_to`;
    `fields` the columns that are searched, as in the index of the model (`gram_index`); `day` the column, never empty, by
    which the latest come first; with an index over it and the key.

    `few(user)` is a condition on columns of the table by which somebody who sees few rows is led to these; None for
    whoever sees many. `near` of the latest rows are looked at one by one before the index is asked: few where texts are long.
    `quarters` is the condition of an index that tells the quarters of `day` apart, of the same rows for everybody; None for
    one that does not.
    """

    label: "_StrPromise | str"
    order: int
    visible: "Callable[[User], bool]"
    rows: "Callable[[User], QuerySet[Any]]"
    fields: tuple[str, ...]
    day: str
    place: "Callable[[Any], Place]"
    few: "Callable[[User], Q | None]" = lambda user: None
    near: int = NEAR
    quarters: "Q | None" = None


text_sources: Registry[TextSource] = Registry("texts that the search looks through")


def asked_for(user: "User") -> str:
    """What they can type into the search box, in words; empty where no source is open to them."""
    if names := asked_for_names(user):
        return names
    things = any(source.visible(user) for source in search_sources.values())
    if things or any(source.visible(user) for source in text_sources.values()):
        return _("Words in records")
    return ""


def asked_for_names(user: "User") -> str:
    """The words of the first source that knows people and is open to them; empty where no name is found."""
    known = sorted((one for one in search_sources.values() if one.asks_for), key=lambda one: one.order)
    return next((str(one.asks_for) for one in known if one.visible(user)), "")
