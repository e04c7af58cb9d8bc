"""What rooms above know of a probation: who completed induction training, and whose end is followed step by step."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

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
    """What a room says of the end of probation of one file: `why` it stays as it is, or else that it goes no further.

    With `only` and `why` that one day is possible, whatever the file says now. `no_further`: neither beyond the usual
    end nor beyond the one that the file has.
    """

    why: str = ""
    only: date | None = None
    no_further: bool = False


@dataclass(frozen=True)
class Cancelling:
    """The signed conclusion by which employment ended on probation: its document, and where it stands."""

    document_number: str
    document_on: date | None
    url: str


inductions: Registry[InductionSource] = Registry("induction training")
# A query of the keys of the growth files whose probation a rule of the room follows: one thing rings once.
followed_probations: Registry[Callable[[], Any]] = Registry("followed probations")
# What is said of the end of probation of growth files, by key, before it is moved there; nothing of any other.
kept_ends: Registry[Callable[[Collection[Any]], Mapping[UUID, EndKept]]] = Registry("kept ends of probation")
# Why an account (None: the product) writes no rank into growth files before the sign-off of their probation, by key.
first_ranks: Registry[Callable[[Collection[Any], Any], Mapping[UUID, str]]] = Registry("first ranks")
# Why records of post and rank stay as they are, by key: a first grading that was signed off stands on them.
graded_posts: Registry[Callable[[Collection[Any]], Mapping[UUID, str]]] = Registry("posts of first gradings")
# Whether something that was signed off goes on with a record of post and rank.
posts_built_on: Registry[Callable[[Any], bool]] = Registry("what goes on with a post")
# The cancelling of a growth file on probation, where one is signed off; the departure follows it.
cancellings: Registry[Callable[[Any], Cancelling | None]] = Registry("cancellings on probation")


def cancelling_of(trainee: Any) -> Cancelling | None:
    """What a room that assesses probations says of this growth file; None where nobody cancelled it."""
    return next((found for ask in cancellings.values() if (found := ask(trainee)) is not None), None)


def ends_kept(trainees: Collection[Any]) -> Mapping[UUID, list[EndKept]]:
    """By key what rooms say of the end of probation of these files; the same few queries for any number of them."""
    found: defaultdict[UUID, list[EndKept]] = defaultdict(list)
    for ask in kept_ends.values():
        for key, kept in ask(trainees).items():
            found[key].append(kept)
    return found


def ranks_not_yet(trainees: Collection[Any], actor: Any) -> dict[UUID, str]:
    """By key what a room that grades says of a rank that `actor` writes elsewhere; the same few queries for any number."""
    found: dict[UUID, str] = {}
    for ask in first_ranks.values():
        found = {**ask(trainees, actor), **found}
    return found


def posts_held(records: Collection[Any]) -> dict[UUID, str]:
    """By key why first day, post and rank of these records are changed by taking a sign-off back alone."""
    found: dict[UUID, str] = {}
    for ask in graded_posts.values() if records else ():
        found = {**ask(records), **found}
    return found


def why_no_rank_yet(trainee: Any, actor: Any) -> str:
    """As `ranks_not_yet` of one file; empty where nothing speaks against it."""
    return ranks_not_yet([trainee], actor).get(trainee.pk, "")


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
