"""减负清单 What is asked of people, mentors and units: each room announces what it asks, and on which day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cadre_app.core.figures import Asked
from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

# Where a cap comes from, until an office enters its own document.
RELIEF_RULE = _("Provisions on curbing formalism to lighten the load of the grassroots")
PERSONS, MENTORS, UNITS = "persons", "mentors", "units"


@dataclass(frozen=True)
class Party:
    """Those of whom something is asked. `rows(asked)` are whoever may be shown; without `place_heading` nothing is said of where; `sort` orders them by unit and name, never by
    how much was asked. `cap(day)` is how much a month may hold, `cap_source(day)` who says so.
    """

    label: "_StrPromise | str"
    heading: "_StrPromise | str"
    place_heading: "_StrPromise | str"
    order: int
    rows: "Callable[[Asked], QuerySet[Any]]"
    sort: tuple[str, ...]
    name: Callable[[Any], str]
    place: Callable[[Any], str]
    cap: Callable[[date], int]
    cap_source: Callable[[date], str]


@dataclass(frozen=True)
class Demand:
    """One thing that is asked of a party. `rows(asked)` carry `asked_of` (the key of a row of the party), `asked_on` (a date
    in the period) and `asked_what` (a text or code, or nothing), of the scope of who asks; nothing restricted.

    With `by_day` several on one day count once. `words(asked_what)` says what it was.
    """

    label: "_StrPromise | str"
    party: str
    order: int
    rows: "Callable[[Asked], QuerySet[Any]]"
    by_day: bool = False
    words: Callable[[str], str] = str


parties: Registry[Party] = Registry("those of whom something is asked")
demands: Registry[Demand] = Registry("what is asked of people, mentors and units")
