"""The tree of units beside the list of people."""

from datetime import date

import pytest

from tests.factories import UnitFactory
from tests.people.roster.conftest import LIST, TREE

pytestmark = pytest.mark.django_db


def test_the_tree_counts_people_of_each_branch(staff, place, add, serve, django_assert_num_queries):
    serve(add("林知远", place.other_town), started=date(2025, 9, 1), due=date(2027, 8, 31))
    add("陈嘉穗")
    add("黄雨桐", departed_on=date(2026, 1, 1))
    staff.get(TREE)
    with django_assert_num_queries(9):
        [top] = staff.get(TREE).context["tree"].branches
    assert (top.unit, top.count) == (place.top, 2)
    assert [(branch.unit, branch.count) for branch in top.branches] == [(place.town, 1), (place.other_town, 1)]
    assert [(branch.unit, branch.count) for branch in top.branches[0].branches] == [(place.village, 1)]


def test_the_tree_finds_units_and_keeps_the_other_conditions(staff, place):
    response = staff.get(TREE, {"find": "梧岭", "kind": "selected", "unit": str(place.top.pk), "after": "x"})
    assert [branch.unit for branch in response.context["tree"].branches] == [place.town]
    assert f'href="{LIST}?kind=selected&amp;unit={place.town.pk}"' in response.content.decode()


def test_a_tree_of_thousands_unfolds_only_the_way_to_the_chosen_unit(staff, place):
    UnitFactory.create_batch(401, parent=place.other_town)
    tree = staff.get(TREE, {"unit": str(place.village.pk)}).context["tree"]
    [top] = tree.branches
    assert (tree.is_whole, [branch.unit for branch in top.branches]) == (False, [place.town, place.other_town])
    assert [branch.is_chosen for branch in top.branches[0].branches] == [True]
