"""Builds a large unit tree in a transaction that is rolled back, and measures what pages and moves cost.

DATABASE_URL=… python benchmarks/units.py [towns] [villages per town] [groups per village]
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadre_app.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.db.models import Max  # noqa: E402

from cadre_app.accounts.models import User  # noqa: E402
from cadre_app.org import services  # noqa: E402
from cadre_app.org.models import Unit, UnitKind  # noqa: E402
from cadre_app.org.paths import PathRange  # noqa: E402
from cadre_app.org.tree import check_tree, nested, path_of  # noqa: E402

OPENED = date(1990, 1, 1)
ROUNDS = 5


def build(towns: int, villages: int, groups: int) -> tuple[Unit, list[Unit], User]:
    """One district with its towns, written in bulk."""
    serial = Unit.objects.aggregate(last=Max("serial"))["last"] or 0

    def below(parents: list[Unit | None], count: int, kind: str) -> list[Unit]:
        nonlocal serial
        units = []
        for parent in parents:
            for order in range(count):
                serial += 1
                depth = parent.depth + 1 if parent else 0
                unit = Unit(name=f"{kind}{serial}", kind=kind, parent=parent, order=order, serial=serial, depth=depth)
                unit.opened_on, unit.path = OPENED, path_of(parent, order, serial)
                units.append(unit)
        return Unit.objects.bulk_create(units, batch_size=1000)

    [top] = below([None], 1, UnitKind.DISTRICT)
    town_units = below([top], towns, UnitKind.TOWN)
    village_units = below([*town_units], villages, UnitKind.VILLAGE)
    below([*village_units], groups, UnitKind.COMMUNITY)
    user = User.objects.create(username=f"bench-{serial}", display_name="Bench", unit=top)
    return top, town_units, user


def measure(label: str, act: Callable[[], object]) -> None:
    """The best of five rounds, in milliseconds."""
    best = min(_once(act) for _ in range(ROUNDS))
    print(f"{label:48} {best:8.1f} ms")


def _once(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def main() -> None:
    towns, villages, groups = (int(text) for text in [*sys.argv[1:], "20", "25", "10"][:3])
    with transaction.atomic():
        top, town_units, user = build(towns, villages, groups)
        total = Unit.objects.within((top.range,)).count()
        print(f"{total} units")
        town, ranges = town_units[0], (town_units[0].range, town_units[1].range)
        measure("count of units in two ranges", lambda: Unit.objects.within(ranges).count())
        measure(
            "first page of all, official order",
            lambda: list(Unit.objects.within((top.range,)).in_official_order()[:26]),
        )
        measure("whole tree, nested", lambda: nested(Unit.objects.within((top.range,)).in_official_order()))
        numbers = iter(range(1000, 1000 + ROUNDS))
        measure(
            f"renumber a town with {villages * (groups + 1)} units below", lambda: renumber(town, next(numbers), user)
        )
        targets = iter(town_units[1 : ROUNDS + 1])
        village = Unit.objects.filter(parent=town).first()
        measure(f"move a village with {groups} units below", lambda: move(village, next(targets), user))
        measure("a test in Python whether a path is covered", lambda: PathRange.below(top.path).__contains__(town.path))
        print(f"disagreements of path, depth and parent: {len(check_tree())}")
        transaction.set_rollback(True)


def renumber(unit: Unit, order: int, actor: User) -> None:
    unit = Unit.objects.get(pk=unit.pk)
    services.change_unit(
        unit,
        name=unit.name,
        short_name=unit.short_name,
        kind=unit.kind,
        order=order,
        opened_on=unit.opened_on,
        version=unit.version,
        actor=actor,
    )


def move(unit: Unit | None, parent: Unit, actor: User) -> None:
    if unit is not None:
        current = Unit.objects.get(pk=unit.pk)
        services.move_unit(current, parent=parent, version=current.version, actor=actor)


if __name__ == "__main__":
    main()
