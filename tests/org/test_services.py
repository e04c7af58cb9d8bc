from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cadre_app.accounts.models import User
from cadre_app.core.models import Stale
from cadre_app.history.models import Entry
from cadre_app.org import services
from cadre_app.org.models import Unit, UnitKind
from cadre_app.org.tree import check_tree

OPENED = date(1990, 1, 1)


def values(unit: Unit, **changes: object) -> dict[str, object]:
    names = ("name", "short_name", "kind", "order", "opened_on", "version")
    return {name: getattr(unit, name) for name in names} | changes


def names() -> list[str]:
    return list(Unit.objects.standing().in_official_order().values_list("name", flat=True))


def test_a_new_unit_stands_in_official_order_below_its_parent(district, tree):
    later = tree("潮音镇", order=2)
    tree("潮前村", under=later)
    tree("沧浦镇", order=1)
    assert names() == ["望屿区", "沧浦镇", "潮音镇", "潮前村"]
    assert check_tree() == []


def test_a_change_of_order_carries_everything_below_along(tree, actor):
    town = tree("沧浦镇", order=1)
    tree("沧头村", under=town)
    tree("潮音镇", order=2)
    services.change_unit(town, **values(town, order=3), actor=actor)
    assert names() == ["望屿区", "潮音镇", "沧浦镇", "沧头村"]
    assert check_tree() == []


def test_a_move_carries_everything_below_along_and_is_recorded_once(tree, actor):
    old, new = tree("沧浦镇", order=1), tree("潮音镇", order=2)
    village = tree("沧头村", under=old, kind=UnitKind.VILLAGE)
    tree("一组", under=village)
    moved = services.move_unit(village, parent=new, version=1, reason="区划调整", actor=actor)
    assert names() == ["望屿区", "沧浦镇", "潮音镇", "沧头村", "一组"]
    assert check_tree() == []
    assert moved.version == 2
    assert list(Entry.objects.filter(verb="org.unit.moved").values_list("object_id", "reason")) == [
        (village.pk, "区划调整")
    ]


@pytest.mark.parametrize("target", ["itself", "below"])
def test_a_unit_cannot_go_under_itself_or_below(tree, actor, target):
    town = tree("沧浦镇")
    village = tree("沧头村", under=town)
    with pytest.raises(ValidationError) as caught:
        services.move_unit(town, parent=town if target == "itself" else village, version=1, actor=actor)
    assert list(caught.value.error_dict) == ["parent"]


def test_the_top_of_the_tree_stays_where_it_is(district, tree, actor):
    town = tree("沧浦镇")
    with pytest.raises(ValidationError) as caught:
        services.move_unit(district, parent=town, version=1, actor=actor)
    assert list(caught.value.error_dict) == ["parent"]


@pytest.mark.parametrize("state", ["closed", "voided"])
def test_nothing_is_placed_under_a_closed_or_voided_unit(tree, actor, state):
    gone, other = tree("旧镇", order=1), tree("沧浦镇", order=2)
    if state == "closed":
        services.close_unit(gone, closed_on=date(2020, 1, 1), reason="撤并", version=1, actor=actor)
    else:
        services.void_unit(gone, reason="误录", version=1, actor=actor)
    for attempt in (
        lambda: tree("新村", under=gone),
        lambda: services.move_unit(other, parent=gone, version=1, actor=actor),
    ):
        with pytest.raises(ValidationError) as caught:
            attempt()
        assert [error.code for error in caught.value.error_dict["parent"]] == [f"{state}_parent"]


def test_the_tree_has_eight_levels(tree, actor):
    unit = None
    for level in range(1, 8):
        unit = tree(f"第{level}级", under=unit)
    with pytest.raises(ValidationError) as caught:
        tree("第8级", under=unit)
    assert [error.code for error in caught.value.error_dict["parent"]] == ["too_deep"]


def test_a_move_counts_the_levels_of_everything_it_carries(tree, actor):
    deep = None
    for level in range(1, 7):
        deep = tree(f"第{level}级", under=deep)
    town = tree("沧浦镇")
    tree("沧头村", under=town)
    with pytest.raises(ValidationError) as caught:
        services.move_unit(town, parent=deep, version=1, actor=actor)
    assert [error.code for error in caught.value.error_dict["parent"]] == ["too_deep"]


def test_a_name_stands_once_below_one_parent_and_the_message_stands_at_the_name(tree, actor):
    one, two = tree("沧浦镇", order=1), tree("潮音镇", order=2)
    village = tree("新村", under=one)
    tree("新村", under=two)
    for attempt in (
        lambda: tree("新村", under=one),
        lambda: services.change_unit(one, **values(one, name="潮音镇"), actor=actor),
        lambda: services.move_unit(village, parent=two, version=1, actor=actor),
    ):
        with pytest.raises(ValidationError) as caught:
            attempt()
        assert list(caught.value.error_dict) == ["name"]


def test_closing_names_the_units_that_would_stay_open(tree, actor):
    town = tree("沧浦镇")
    village = tree("沧头村", under=town)
    with pytest.raises(ValidationError) as caught:
        services.close_unit(town, closed_on=date(2026, 1, 1), reason="撤并", version=1, actor=actor)
    assert "沧头村" in caught.value.messages[0]
    services.close_unit(village, closed_on=date(2026, 1, 1), reason="撤并", version=1, actor=actor)
    closed = services.close_unit(town, closed_on=date(2026, 1, 1), reason="撤并", version=1, actor=actor)
    assert closed.closed_on == date(2026, 1, 1)


def test_a_unit_does_not_close_before_it_opened(tree, actor):
    town = tree("沧浦镇")
    with pytest.raises(ValidationError) as caught:
        services.close_unit(town, closed_on=date(1989, 1, 1), reason="撤并", version=1, actor=actor)
    assert list(caught.value.error_dict) == ["closed_on"]


def test_a_closed_unit_opens_again_only_under_an_open_one(tree, actor):
    town = tree("沧浦镇")
    village = tree("沧头村", under=town)
    services.close_unit(village, closed_on=date(2026, 1, 1), reason="撤并", version=1, actor=actor)
    services.close_unit(town, closed_on=date(2026, 1, 1), reason="撤并", version=1, actor=actor)
    with pytest.raises(ValidationError):
        services.reopen_unit(village, reason="更正", version=2, actor=actor)
    services.reopen_unit(town, reason="更正", version=2, actor=actor)
    assert services.reopen_unit(village, reason="更正", version=2, actor=actor).closed_on is None


def test_voiding_waits_for_the_units_below_and_can_be_taken_back(tree, actor):
    town = tree("沧浦镇")
    village = tree("沧头村", under=town)
    with pytest.raises(ValidationError):
        services.void_unit(town, reason="误录", version=1, actor=actor)
    services.void_unit(village, reason="误录", version=1, actor=actor)
    voided = services.void_unit(town, reason="误录", version=1, actor=actor)
    with pytest.raises(ValidationError):
        services.restore_unit(village, version=2, actor=actor)
    restored = services.restore_unit(town, version=voided.version, actor=actor)
    assert (voided.is_voided, restored.is_voided) == (True, False)


def test_a_voided_name_taken_meanwhile_keeps_the_unit_voided(tree, actor):
    town = tree("沧浦镇")
    services.void_unit(town, reason="误录", version=1, actor=actor)
    tree("沧浦镇")
    with pytest.raises(ValidationError) as caught:
        services.restore_unit(town, version=2, actor=actor)
    assert list(caught.value.error_dict) == ["name"]


def test_the_order_of_all_siblings_is_set_at_once(district, tree, actor):
    one, two = tree("沧浦镇", order=1), tree("潮音镇", order=2)
    tree("沧头村", under=one)
    orders = {services.order_field(one.pk): 20, services.order_field(two.pk): 10}
    services.reorder_units(district, version=2, actor=actor, **orders)
    assert names() == ["望屿区", "潮音镇", "沧浦镇", "沧头村"]
    assert check_tree() == []


@pytest.mark.parametrize("meanwhile", ["changed", "added"])
def test_an_order_based_on_an_old_page_is_stale_and_shows_the_present_one(district, tree, actor, meanwhile):
    one, two = tree("沧浦镇", order=1), tree("潮音镇", order=2)
    orders = {services.order_field(one.pk): 20, services.order_field(two.pk): 10}
    if meanwhile == "changed":
        services.change_unit(one, **values(one, order=7), actor=actor)
    else:
        tree("石埕镇")
    with pytest.raises(Stale) as caught:
        services.reorder_units(district, version=2, actor=actor, **orders)
    assert getattr(caught.value.current, services.order_field(one.pk)) == (7 if meanwhile == "changed" else 1)
    assert caught.value.current.version == 3


def test_every_change_refuses_an_old_version(tree, actor: User):
    town = tree("沧浦镇")
    other = tree("潮音镇")
    services.change_unit(town, **values(town, short_name="沧浦"), actor=actor)
    for attempt in (
        lambda: services.change_unit(town, **values(town, version=1), actor=actor),
        lambda: services.move_unit(town, parent=other, version=1, actor=actor),
        lambda: services.close_unit(town, closed_on=OPENED, reason="x", version=1, actor=actor),
        lambda: services.reopen_unit(town, reason="x", version=1, actor=actor),
        lambda: services.void_unit(town, reason="x", version=1, actor=actor),
        lambda: services.restore_unit(town, version=1, actor=actor),
    ):
        with pytest.raises(Stale):
            attempt()
