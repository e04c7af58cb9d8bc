"""What a list of people was asked with, and the rows picked on it: told to exports and bulk actions."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict

from cadre_app.people.filters.roster import RosterFilter
from cadre_app.people.models import Trainee

PICK, ALL = "pick", "all"
MOST_PICKED = 1_000
CONTROLS = ("sort", "size", "columns", "density")


def roster_query(data: QueryDict, *, without: Iterable[str] = ()) -> str:
    """The conditions, order and columns among `data`, as URL parameters; neither page nor anything unknown."""
    kept = QueryDict(mutable=True)
    for name in (*RosterFilter.base_filters, *CONTROLS):
        if name not in without and any(data.getlist(name)):
            kept.setlist(name, data.getlist(name))
    return kept.urlencode()


def chosen_query(data: QueryDict) -> str:
    """What a bulk form chose, as URL parameters: all rows of the list in `query`, or those in `pick`."""
    asked = QueryDict(data.get("query", ""), mutable=True)
    kept = QueryDict(roster_query(asked), mutable=True)
    if not data.get(ALL):
        kept.setlist(PICK, [str(key) for key in picked_keys(data)])
    return kept.urlencode()


def picked(trainees: "QuerySet[Trainee]", data: QueryDict) -> "QuerySet[Trainee]":
    """Only the rows that `data` names, as far as they are among `trainees`; all of them where it names none."""
    return trainees.filter(pk__in=picked_keys(data)) if PICK in data else trainees


def picked_keys(data: QueryDict) -> list[UUID]:
    """The keys in the parameter `pick`; what is no key is left out."""
    return [key for text in data.getlist(PICK)[:MOST_PICKED] if (key := _key(text)) is not None]


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
