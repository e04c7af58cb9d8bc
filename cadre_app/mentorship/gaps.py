"""单位结对情况 Units × pairs: who is in development where, which pairings run and how they go, who lacks which mentor."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.mentorship.health import Health
from cadre_app.mentorship.models import MentorKind
from cadre_app.mentorship.pairing_lists import filtered_pairings
from cadre_app.mentorship.permissions.pairings import can_see_suggestions
from cadre_app.mentorship.services.suggestions import lacking_for
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

# On track first: a matrix reads from what is well to what is missing.
ORDER = (Health.ON_TRACK, Health.QUIET, Health.BEHIND, Health.ENDING)


@dataclass(frozen=True)
class Place:
    """One number of the matrix with the list behind it."""

    count: int
    url: str


@dataclass(frozen=True)
class Line:
    """One unit: how many are in development, then for each kind of mentor how its pairings go and who has none."""

    unit: Unit | None
    people: int
    people_url: str
    places: list[Place]


@dataclass(frozen=True)
class Matrix:
    lines: list[Line]
    total: Line
    kinds: list[tuple[str, list[str]]]


def matrix_for(user: "User") -> Matrix:
    """Every unit in the scope of `user` with somebody in development or a pairing that runs; five queries."""
    files = Trainee.objects.in_scope(user, *BUSINESS_ROLES).in_development()
    people = Counter(dict(files.order_by().values_list("home_unit").annotate(many=Count("pk"))))
    going: Counter[tuple[UUID, str, str]] = Counter()
    rows = filtered_pairings(QueryDict(), user=user, board=True).rows.order_by()
    for unit, kind, health, many in rows.values_list("trainee__home_unit", "kind", "health").annotate(Count("pk")):
        going[unit, kind, health] += many
    lacking = {kind: _lacking(user, kind) for kind in MentorKind.values}
    keys = set(people) | {unit for unit, _kind, _health in going} | {unit for each in lacking.values() for unit in each}
    units = list(Unit.objects.filter(pk__in=keys).order_by("path"))
    links = can_see_suggestions(user)
    lines = [_line(unit, people, going, lacking, links=links) for unit in units]
    return Matrix(
        lines, _total(lines), [(str(kind.label), [str(health.label) for health in ORDER]) for kind in MentorKind]
    )


def _lacking(user: "User", kind: str) -> Counter[UUID]:
    rows = lacking_for(user, kind, roles=BUSINESS_ROLES).order_by()
    return Counter(dict(rows.values_list("home_unit").annotate(many=Count("pk"))))


def _line(
    unit: Unit,
    people: Counter[UUID],
    going: Counter[tuple[UUID, str, str]],
    lacking: dict[str, Counter[UUID]],
    *,
    links: bool,
) -> Line:
    places = []
    for kind in MentorKind.values:
        for health in ORDER:
            query = urlencode({"unit": str(unit.pk), "kind": kind, "health": health.value})
            url = f"{reverse('mentorship:pairing_table')}?{query}"
            places.append(Place(going[unit.pk, kind, health.value], url))
        query = urlencode({"unit": str(unit.pk), "kind": kind})
        url = f"{reverse('mentorship:suggestion_list')}?{query}" if links else ""
        places.append(Place(lacking[kind][unit.pk], url))
    roster = f"{reverse('people:trainee_list')}?{urlencode({'unit': str(unit.pk)})}"
    return Line(unit, people[unit.pk], roster, places)


def _total(lines: list[Line]) -> Line:
    columns: Any = zip(*(line.places for line in lines), strict=True)
    places = [Place(sum(place.count for place in column), "") for column in columns]
    return Line(None, sum(line.people for line in lines), "", places)
