"""The unit tree beside the roster: how many people in development serve in each branch."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, F
from django.utils import timezone

from cadre_app.core.fields import HIDDEN
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.filters import chosen_unit, top_unit
from cadre_app.org.models import Unit
from cadre_app.org.paths import prefixes
from cadre_app.org.tree import Node, nested, units_for
from cadre_app.people.conditions import terms_on
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST_FOUND = 50
LONGEST_TYPED = 40


@dataclass
class Branch:
    """A unit, the people of its whole branch, and its branches."""

    unit: Unit
    count: int
    is_open: bool = False
    is_chosen: bool = False
    branches: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class RosterTree:
    """`is_whole`: every unit is on the page, so that the browser finds them without asking."""

    branches: list[Branch]
    is_whole: bool


def roster_tree(user: "User", *, key: str = "", find: str = "") -> RosterTree:
    """The tree that `user` sees, opened on the way to the unit `key`; with `find`, the units of that name alone."""
    people = _people_by_path(user)
    text = "" if HIDDEN.search(find) else find.strip()[:LONGEST_TYPED]
    if text:
        found = Unit.objects.visible_to(user).standing().filter(name__icontains=text).in_official_order()
        return RosterTree([Branch(unit, people[unit.path]) for unit in found[:MOST_FOUND]], is_whole=False)
    chosen = chosen_unit(key, user=user) if key else None
    opened = chosen or top_unit(user)
    units, is_whole = units_for(user, opened)
    return RosterTree([_branch(node, people, chosen) for node in nested(units, opened)], is_whole=is_whole)


def _branch(node: Node, people: Counter[str], chosen: Unit | None) -> Branch:
    return Branch(
        node.unit,
        people[node.unit.path],
        is_open=node.is_open,
        is_chosen=chosen is not None and chosen.pk == node.unit.pk,
        branches=[_branch(child, people, chosen) for child in node.children],
    )


def _people_by_path(user: "User") -> Counter[str]:
    """People of each branch by home unit, and in villages also those who serve their term there; two queries."""
    people: Counter[str] = Counter()
    scope = Trainee.objects.in_scope(user, *BUSINESS_ROLES).in_development()
    at_home = scope.order_by().values_list("home_unit__path").annotate(count=Count("pk"))
    for path, count in at_home:
        for above in (*prefixes(path), path):
            people[above] += count
    there = terms_on(timezone.localdate()).filter(trainee__in=scope).exclude(village=F("trainee__home_unit")).order_by()
    for path, count in there.values_list("village__path").annotate(count=Count("pk")):
        people[path] += count
    return people
