"""The sheet of units: where rows stand, what they would change, writing and taking back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cadre_app.accounts.models import User
from cadre_app.core.importing import Applied, ImportRow
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.org import bulk, importing, services
from cadre_app.org.models import Unit, UnitKind
from cadre_app.org.tree import check_tree
from tests.factories import GrantFactory, TraineeFactory, UnitFactory, UserFactory
from tests.org.conftest import Tree


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def row(number: int, name: str = "", **values: Any) -> ImportRow:
    """A row as it was read: `parent`, `kind`, `order` … given as values."""
    values = {"name": name, "kind": UnitKind.VILLAGE} | values
    values = {key: value for key, value in values.items() if value not in ("", None)}
    return ImportRow(number, cells={key: str(value) for key, value in values.items()}, values=values)


def checked(actor: User, *rows: ImportRow) -> list[ImportRow]:
    importing.check(list(rows), actor, lambda done, total: None)
    return list(rows)


def applied(actor: User, *rows: ImportRow) -> list[Applied]:
    wanted = [each for each in checked(actor, *rows) if each.action in ("create", "update")]
    assert not any(each.has_errors for each in rows)
    return importing.apply(wanted, actor, lambda done, total: None)


def paths() -> list[str]:
    found = []
    for unit in Unit.objects.standing().order_by("path"):
        above = Unit.objects.above(unit).order_by("path")
        found.append("/".join([*above.values_list("name", flat=True), unit.name]))
    return found


def test_a_superior_may_come_later_in_the_file(tree: Tree, actor: User) -> None:
    applied(actor, row(2, "梧头村", parent="梧岭镇"), row(3, "梧岭镇", kind=UnitKind.TOWN))

    assert paths() == ["望屿区", "望屿区/梧岭镇", "望屿区/梧岭镇/梧头村"]
    assert check_tree() == []


def test_units_without_an_order_stand_behind_the_others_as_in_the_file(tree: Tree, actor: User) -> None:
    tree("石埕镇", order=3)

    applied(actor, row(2, "潮音镇"), row(3, "梧岭镇"))

    orders = dict(Unit.objects.values_list("name", "order"))
    assert (orders["潮音镇"], orders["梧岭镇"]) == (4, 5)


def test_a_unit_without_a_day_is_open_since_its_superior_is(tree: Tree, actor: User) -> None:
    applied(actor, row(2, "梧头村", parent="梧岭镇"), row(3, "梧岭镇", opened_on=date(2001, 5, 1)))

    assert Unit.objects.get(name="梧头村").opened_on == date(2001, 5, 1)


def test_the_same_name_may_stand_in_two_towns(tree: Tree, actor: User) -> None:
    tree("新村", under=tree("石埕镇"))

    [found] = checked(actor, row(2, "新村", parent="望屿区"))

    assert (found.action, found.errors) == ("create", [])
    assert found.notes[-1] == "There is another unit of this name: 望屿区 › 石埕镇 › 新村"


def test_of_two_superiors_of_one_name_somebody_must_choose(tree: Tree, actor: User) -> None:
    first = tree("新村", under=tree("石埕镇"))
    tree("新村", under=tree("梧岭镇"))

    [found] = checked(actor, row(2, "一组", parent="新村"))

    assert [text for _key, text in found.candidates] == ["望屿区 › 石埕镇 › 新村", "望屿区 › 梧岭镇 › 新村"]
    assert (found.is_unchosen, found.may_be_new, found.errors) == (True, False, [])
    found.choice = str(first.pk)
    found.candidates = []
    assert checked(actor, found)[0].target_text == "望屿区 › 石埕镇 › 新村 › 一组"
    assert not found.is_unchosen


@pytest.mark.parametrize("path", ["石埕镇/新村", "望屿区/石埕镇/新村", "石埕镇／新村", "石埕镇 > 新村"])
def test_a_path_names_one_of_several(tree: Tree, actor: User, path: str) -> None:
    tree("新村", under=tree("石埕镇"))
    tree("新村", under=tree("梧岭镇"))

    [found] = checked(actor, row(2, "一组", parent=path))

    assert (found.target_text, found.candidates) == ("望屿区 › 石埕镇 › 新村 › 一组", [])


def test_two_new_superiors_of_one_name_ask_for_the_path(tree: Tree, actor: User) -> None:
    tree("石埕镇")
    tree("梧岭镇")

    found = checked(
        actor, row(2, "新村", parent="石埕镇"), row(3, "新村", parent="梧岭镇"), row(4, "一组", parent="新村")
    )

    assert found[2].errors == [
        ("parent", "Several units are called “新村”. Write the path, such as 望屿区/石埕镇/新村.")
    ]


def test_a_row_about_an_entered_unit_says_what_it_changes(tree: Tree, actor: User) -> None:
    unit = tree("梧岭镇", order=4)

    same, changed = (
        checked(actor, row(2, "梧岭镇", kind=UnitKind.TOWN, order=4))[0],
        checked(actor, row(2, "梧岭镇", kind=UnitKind.TOWNSHIP, order=5))[0],
    )

    assert (same.action, same.target, same.changes) == ("same", unit.pk, [])
    assert changed.action == "update"
    assert changed.changes == [("Kind of unit", "Town", "Township"), ("Official order", "4", "5")]


def test_rows_about_one_unit_are_refused_but_the_first(tree: Tree, actor: User) -> None:
    found = checked(actor, row(2, "梧岭镇"), row(5, "梧岭镇", parent="望屿区"))

    assert [each.errors for each in found] == [[], [("name", "Row 2 is about the same unit.")]]


def test_a_superior_nobody_knows_is_refused(tree: Tree, actor: User) -> None:
    [found] = checked(actor, row(2, "一组", parent="没有的村"))

    assert found.errors == [("parent", "No unit called “没有的村” among yours or in this file.")]


def test_a_unit_elsewhere_is_no_superior_and_stays_unnamed(tree: Tree, actor: User) -> None:
    UnitFactory.create(name="邻区某镇", parent=UnitFactory.create(name="邻区"))

    [found] = checked(actor, row(2, "一组", parent="邻区某镇"))

    assert found.errors == [("parent", "No unit called “邻区某镇” among yours or in this file.")]
    assert (found.candidates, found.notes) == ([], [])


def test_a_closed_superior_is_refused(tree: Tree, actor: User) -> None:
    closed = tree("旧镇")
    services.close_unit(closed, closed_on=date(2020, 1, 1), reason="撤并", version=1, actor=actor)

    [found] = checked(actor, row(2, "一组", parent="旧镇"))

    assert found.errors == [("parent", "The superior unit is closed.")]


def test_errors_of_a_superior_hold_its_rows_back(tree: Tree, actor: User) -> None:
    town = row(2, "梧岭镇")
    town.unread.append(("kind", "?"))

    found = checked(actor, town, row(3, "梧头村", parent="梧岭镇"))

    assert found[1].errors == [("parent", "Row 2, the superior unit, has errors.")]


def test_a_circle_is_refused(tree: Tree, actor: User) -> None:
    found = checked(actor, row(2, "甲", parent="乙"), row(3, "乙", parent="甲"))

    assert [each.errors[0][0] for each in found] == ["parent", "parent"]
    assert found[0].errors == [("parent", "Its superior units go in a circle, or are more than 8 levels.")]


def test_more_than_eight_levels_are_refused(tree: Tree, actor: User) -> None:
    rows = [row(2, "第1级"), *(row(number + 1, f"第{number}级", parent=f"第{number - 1}级") for number in range(2, 9))]

    found = checked(actor, *rows)

    assert [each.has_errors for each in found] == [False] * 7 + [True]
    assert found[-1].errors == [("parent", "The tree has at most 8 levels.")]


def test_twenty_thousand_rows_that_name_each_other_are_checked(tree: Tree, actor: User) -> None:
    rows = [row(number, "同名", parent="同名" if number % 2 else f"同名{number}") for number in range(2, 20_002)]

    found = checked(actor, *rows)

    assert sum(each.has_errors for each in found) == 20_000


def test_staff_of_a_town_enter_below_it_only(tree: Tree, district: Unit) -> None:
    town = tree("梧岭镇")
    user = UserFactory.create(unit=town)
    GrantFactory.create(user=user, role=Role.STAFF, unit=town)

    found = checked(user, row(2, "梧头村"), row(3, "别镇", parent="望屿区"), row(4, "梧岭镇", parent="望屿区"))

    assert found[0].target_text == "梧岭镇 › 梧头村"
    assert [bool(each.errors) for each in found] == [False, True, True]


def test_a_row_without_a_superior_may_be_about_the_top(district: Unit, actor: User) -> None:
    [found] = checked(actor, row(2, "望屿区", kind=UnitKind.DISTRICT, short_name="望屿"))

    assert (found.target, found.changes) == (district.pk, [("Short name", "", "望屿")])


def test_the_check_asks_as_much_for_one_row_as_for_many(tree: Tree, actor: User) -> None:
    counts = []
    for many in (1, 30):
        fresh = User.objects.get(pk=actor.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            checked(fresh, *(row(number, f"村{number}") for number in range(2, 2 + many)))
        counts.append(len(queries))

    assert counts == [2, 2]


def test_each_new_unit_has_its_line_in_the_history(tree: Tree, actor: User) -> None:
    done = applied(actor, row(2, "梧岭镇"), row(3, "梧头村", parent="梧岭镇"))

    keys = [each.object_id for each in done]
    assert Entry.objects.filter(verb="org.unit.created", object_id__in=keys, actor=actor).count() == 2


def test_a_changed_order_moves_what_is_below(tree: Tree, actor: User) -> None:
    tree("梧头村", under=tree("梧岭镇", order=4))
    tree("石埕镇", order=3)

    applied(actor, row(2, "梧岭镇", kind=UnitKind.TOWN, order=1))

    assert paths() == ["望屿区", "望屿区/梧岭镇", "望屿区/梧岭镇/梧头村", "望屿区/石埕镇"]
    assert check_tree() == []


def test_a_name_taken_meanwhile_writes_nothing(tree: Tree, actor: User) -> None:
    rows = checked(actor, row(2, "石埕镇"), row(3, "梧岭镇"))
    tree("梧岭镇")

    with pytest.raises(IntegrityError):
        importing.apply(rows, actor, lambda done, total: None)


def test_a_superior_closed_meanwhile_refuses(tree: Tree, actor: User) -> None:
    town = tree("梧岭镇")
    rows = checked(actor, row(2, "梧头村", parent="梧岭镇"))
    services.close_unit(town, closed_on=date(2020, 1, 1), reason="撤并", version=1, actor=actor)

    with pytest.raises(ValidationError):
        importing.apply(rows, actor, lambda done, total: None)


def test_undoing_voids_what_was_added_and_restores_what_was_changed(tree: Tree, actor: User) -> None:
    town = tree("石埕镇", order=3)
    done = applied(
        actor,
        row(2, "梧岭镇"),
        row(3, "梧头村", parent="梧岭镇"),
        row(4, "石埕镇", kind=UnitKind.TOWNSHIP, order=9, opened_on=date(2000, 1, 1)),
    )

    assert importing.undo(done[::-1], actor, "误导入") == []

    assert paths() == ["望屿区", "望屿区/石埕镇"]
    town = Unit.objects.get(pk=town.pk)
    assert (town.kind, town.order, town.opened_on) == (UnitKind.TOWN, 3, date(1990, 1, 1))
    assert check_tree() == []


def test_what_somebody_changed_since_stands_against_undoing(tree: Tree, actor: User) -> None:
    done = applied(actor, row(2, "梧岭镇"), row(3, "潮音镇"))
    unit = Unit.objects.get(name="梧岭镇")
    services.close_unit(unit, closed_on=date(2030, 1, 1), reason="撤并", version=1, actor=actor)

    assert importing.undo(done[::-1], actor, "误导入") == ["梧岭镇: somebody has changed it since."]
    assert Unit.objects.standing().filter(name="潮音镇").exists()


def test_what_stands_in_a_unit_stands_against_undoing(tree: Tree, actor: User) -> None:
    done = applied(actor, row(2, "梧岭镇"), row(3, "潮音镇"))
    town = Unit.objects.get(name="梧岭镇")
    TraineeFactory.create(home_unit=town)
    tree("梧头村", under=town)

    assert importing.undo(done[::-1], actor, "误导入") == [
        "梧岭镇: 梧头村 stands below it.",
        "梧岭镇: 1 record belongs to it.",
    ]


def test_nobody_undoes_outside_their_scope(tree: Tree, actor: User) -> None:
    done = applied(actor, row(2, "梧岭镇"))
    stranger = UserFactory.create()
    GrantFactory.create(user=stranger, role=Role.STAFF, unit=stranger.unit)

    assert importing.undo(done, stranger, "误导入") == ["梧岭镇: it is no longer in your scope."]


def test_a_unit_with_an_overlong_name_is_named_in_the_refusal(tree: Tree, actor: User, district: Unit) -> None:
    unit = Unit(name="长" * 81, kind=UnitKind.VILLAGE, parent=district, opened_on=date(1990, 1, 1))

    with pytest.raises(ValidationError) as refused:
        bulk.create_units_many([unit], actor=actor)

    assert refused.value.messages[0].startswith("长长")
