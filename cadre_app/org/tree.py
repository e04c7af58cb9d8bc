"""The unit tree as a whole: the one lock of every change to it, its consistency, and the nested view of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q

from cadre_app.org.models import Unit
from cadre_app.org.paths import prefixes, segment

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LEVELS = 8
TREE_LOCK = 7_120_001
WHOLE_TREE = 400


@dataclass
class Node:
    """A unit with those of its children that the viewer may see."""

    unit: Unit
    children: list["Node"] = field(default_factory=list)
    is_open: bool = False
    is_chosen: bool = False


def lock_tree() -> None:
    """Take the one advisory lock of the tree until the end of this transaction; re-read every unit afterwards."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the lock of the unit tree needs a transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


def path_of(parent: Unit | None, order: int, serial: int) -> str:
    """The path of a unit with this order and serial under `parent`."""
    return (parent.path if parent is not None else "") + segment(order, serial)


def check_tree() -> list[str]:
    """Every unit whose path or depth disagrees with its parent; an empty list means a sound tree."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    problems = []
    for unit in units.values():
        parent = units[unit.parent_id] if unit.parent_id is not None else None
        if unit.path != path_of(parent, unit.order, unit.serial):
            problems.append(f"{unit.name}: path {unit.path}")
        if unit.depth != (parent.depth + 1 if parent is not None else 0):
            problems.append(f"{unit.name}: depth {unit.depth}")
    return problems


def tree_for(user: "User", chosen: Unit | None) -> list[Node]:
    """The tree that `user` sees; beyond 400 units only the branches on the way to `chosen` are unfolded."""
    return nested(units_for(user, chosen)[0], chosen)


def units_for(user: "User", chosen: Unit | None) -> tuple[list[Unit], bool]:
    """The units of `tree_for` in official order, and whether these are all that `user` sees."""
    units = Unit.objects.visible_to(user).standing().in_official_order()
    some = list(units[: WHOLE_TREE + 1])
    if len(some) <= WHOLE_TREE:
        return some, True
    if chosen is not None:
        way = [*prefixes(chosen.path), chosen.path]
        some = list(units.filter(Q(parent__path__in=way) | Q(path__in=way)))
    return some, False


def nested(units: Iterable[Unit], chosen: Unit | None = None) -> list[Node]:
    """`units` in official order as nested nodes; a unit whose parent is not among them stands at the top."""
    nodes: dict[object, Node] = {}
    tops: list[Node] = []
    for unit in units:
        node = Node(unit)
        node.is_chosen = chosen is not None and unit.pk == chosen.pk
        node.is_open = chosen is not None and chosen.path.startswith(unit.path)
        parent = nodes.get(unit.parent_id)
        (parent.children if parent is not None else tops).append(node)
        nodes[unit.pk] = node
    for node in tops:
        node.is_open = True
    return tops
