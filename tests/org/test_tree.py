import random
import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.org import services
from cadre_app.org.models import Unit
from cadre_app.org.tree import check_tree, lock_tree, nested, tree_for
from tests.factories import GrantFactory, UnitFactory, UserFactory

MOVES = 50
WORKERS = 5


@pytest.mark.django_db(transaction=True)
def test_fifty_concurrent_moves_leave_path_parent_and_depth_in_agreement():
    top = UnitFactory.create(name="望屿区")
    towns = [UnitFactory.create(name=f"镇{number}", parent=top) for number in range(4)]
    villages = [UnitFactory.create(name=f"村{number}", parent=towns[number % 4]) for number in range(8)]
    for number, village in enumerate(villages):
        UnitFactory.create(name=f"组{number}", parent=village)
    actor = UserFactory.create(unit=top)
    moved, unexpected = [], []

    def work(seed: int) -> None:
        choose = random.Random(seed)
        for _ in range(MOVES // WORKERS):
            unit = Unit.objects.get(pk=choose.choice(towns + villages).pk)
            target = choose.choice([top, *towns, *villages])
            try:
                services.move_unit(unit, parent=target, version=unit.version, actor=actor)
                moved.append(unit.pk)
            except (ValidationError, Stale):
                pass
            except Exception as error:  # noqa: BLE001
                unexpected.append(repr(error))
        connection.close()

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert unexpected == []
    assert check_tree() == []
    assert len(moved) > 0


@pytest.mark.django_db(transaction=True)
def test_the_tree_is_not_locked_outside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        lock_tree()


def test_a_wrong_path_and_a_wrong_depth_are_found(tree):
    town = tree("沧浦镇")
    tree("沧头村", under=town)
    Unit.objects.filter(pk=town.pk).update(path="00000000000/", depth=5)
    assert len(check_tree()) == 4


def test_a_unit_whose_parent_is_out_of_sight_stands_at_the_top(tree):
    town = tree("沧浦镇", order=1)
    village = tree("沧头村", under=town)
    other = tree("潮音镇", order=2)
    nodes = nested([town, village, other], chosen=village)
    assert [(node.unit.name, len(node.children), node.is_open) for node in nodes] == [
        ("沧浦镇", 1, True),
        ("潮音镇", 0, True),
    ]
    assert [node.is_chosen for node in nodes[0].children] == [True]


def test_the_tree_shows_what_the_viewer_sees_and_no_voided_unit(tree, actor):
    town = tree("沧浦镇", order=1)
    tree("沧头村", under=town)
    services.void_unit(tree("误录镇"), reason="误录", version=1, actor=actor)
    reader = UserFactory.create(unit=town)
    GrantFactory.create(user=reader, role=Role.LIAISON, unit=town)
    assert [node.unit.name for node in tree_for(reader, None)] == ["沧浦镇"]
    assert [child.unit.name for child in tree_for(actor, None)[0].children] == ["沧浦镇"]


def test_a_large_tree_unfolds_only_the_way_to_the_chosen_unit(tree, actor, monkeypatch):
    monkeypatch.setattr("cadre_app.org.tree.WHOLE_TREE", 3)
    one, two = tree("沧浦镇", order=1), tree("潮音镇", order=2)
    tree("沧头村", under=one)
    tree("潮前村", under=two)
    top = tree_for(actor, one)[0]
    assert [(node.unit.name, len(node.children)) for node in top.children] == [("沧浦镇", 1), ("潮音镇", 0)]


def test_a_unit_named_one_does_not_cover_unit_ten():
    one = Unit(path="00000000001/", opened_on=date(2000, 1, 1))
    assert "00000000010/" not in one.range
