"""How many rows of a list stand in each state, with the other conditions as they are: each number opens its rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone

from cadre_app.assignments.filters.leaves import leaves_of
from cadre_app.assignments.filters.term_reviews import ALL, terms_of
from cadre_app.assignments.models import LeaveStage
from cadre_app.assignments.models.leaves import stage_condition
from cadre_app.assignments.term_stages import TermStage, in_stage

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User

STAGE, PAGING = "stage", ("page", "after", "before")


@dataclass(frozen=True)
class StateChip:
    """One state with its number; `query` is the address of these rows."""

    label: str
    count: int
    query: str
    is_on: bool


def leave_chips(user: "User", query: QueryDict) -> list[StateChip]:
    """Of the list of leave; one query."""
    rows = leaves_of(user, _without(query)).qs
    return _chips(rows, query, LeaveStage.choices, stage_condition)


def term_chips(user: "User", query: QueryDict) -> list[StateChip]:
    """Of the list of village terms; one query."""
    asked = _without(query)
    asked[STAGE] = ALL
    rows = terms_of(user, asked).qs
    return _chips(rows, query, TermStage.choices, in_stage)


def _chips(
    rows: Any, query: QueryDict, stages: Iterable[tuple[str, Any]], condition: "Callable[[str, date], Q]"
) -> list[StateChip]:
    """States without rows are left out."""
    today = timezone.localdate()
    stages = list(stages)
    counts = rows.order_by().aggregate(**{key: Count("pk", filter=condition(key, today)) for key, _label in stages})
    chosen, found = query.get(STAGE, ""), []
    for key, label in stages:
        if counts[key]:
            asked = _without(query)
            asked[STAGE] = key
            found.append(StateChip(str(label), counts[key], asked.urlencode(), key == chosen))
    return found


def _without(query: QueryDict) -> QueryDict:
    """The conditions of the address without the state and the page."""
    found = query.copy()
    for name in (STAGE, *PAGING):
        found.pop(name, None)
    return found
