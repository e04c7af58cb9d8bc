"""What rooms above know of a probation: who completed induction training, and whose end is followed step by step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, Value
from django.db.models.functions import Coalesce

from cadre_app.core.registry import Registry


@dataclass(frozen=True)
class InductionSource:
    """初任培训 as columns of a query: `path` leads from its rows to the key of the growth file.

    `done_on(path)` is the last day of the training that was completed, NULL while it is missing; `done_in(path)` its title.
    """

    done_on: Callable[[str], Any]
    done_in: Callable[[str], Any]


@dataclass(frozen=True)
class EndKept:
    """What a room says of the end of probation of one file: `why` it stays as it is, or else the last day possible.

    With `only` and `why` that one day is possible, whatever the file says now.
    """

    why: str = ""
    latest: date | None = None
    only: date | None = None


@dataclass(frozen=True)
class Cancelling:
    """The signed conclusion by which employment ended on probation: its document, and where it stands."""

    document_number: str
    document_on: date | None
    url: str


inductions: Registry[InductionSource] = Registry("induction training")
# A query of the keys of the growth files whose probation a rule of the room follows: one thing rings once.
followed_probations: Registry[Callable[[], Any]] = Registry("followed probations")
# What is said of the end of probation of a growth file, before it is moved there.
kept_ends: Registry[Callable[[Any], EndKept]] = Registry("kept ends of probation")
# Why nobody writes a first rank into a growth file but the sign-off of its probation; empty where anybody may.
first_ranks: Registry[Callable[[Any], str]] = Registry("first ranks")
# The cancelling of a growth file on probation, where one is signed off; the departure follows it.
cancellings: Registry[Callable[[Any], Cancelling | None]] = Registry("cancellings on probation")


def cancelling_of(trainee: Any) -> Cancelling | None:
    """What a room that assesses probations says of this growth file; None where nobody cancelled it."""
    return next((found for ask in cancellings.values() if (found := ask(trainee)) is not None), None)


def why_no_rank_yet(trainee: Any) -> str:
    """What a room that grades says of a rank written elsewhere; empty where nothing speaks against it."""
    return next((why for ask in first_ranks.values() if (why := ask(trainee))), "")


def induction_columns(path: str) -> dict[str, Any]:
    """`induction_on` and `induction_in` to annotate rows with, whatever rooms keep training."""
    days = [source.done_on(path) for source in inductions.values()]
    titles = [source.done_in(path) for source in inductions.values()]
    return {
        "induction_on": _first(days, Value(None, DateField())),
        "induction_in": _first(titles, Value("", CharField())),
    }


def _first(found: list[Any], missing: Any) -> Any:
    return Coalesce(*found, missing) if found else missing
