"""Figures: a name for a number of a unit and a period, and the list behind it (PRODUCT.md, "The reference year")."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit


@dataclass(frozen=True)
class Asked:
    """What a figure is asked for: as it stood on `as_of`, for `unit` and all below it (None: everything that `user`
    works for; both None: the whole system, for management commands). `since` begins the period of figures that count
    events: the 12 months that end on `as_of`.
    """

    as_of: date
    since: date
    unit: "Unit | None" = None
    user: "User | None" = None


@dataclass(frozen=True)
class Figure:
    """`count(asked)` computes the number, in one query; `url(asked)` opens the list of exactly what was counted, and is
    empty where the reader has no such list. `group` is one of the headings of the overview; `rule` says in a line what
    counts and by which rule.
    """

    label: "_StrPromise | str"
    group: str
    order: int
    unit_word: "_StrPromise | str"
    count: Callable[[Asked], int]
    url: Callable[[Asked], str]
    rule: "_StrPromise | str" = ""
    in_briefing: bool = False


figures: Registry[Figure] = Registry("figures")
