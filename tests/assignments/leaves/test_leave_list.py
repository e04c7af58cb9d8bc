"""The list of leave by year and state: the numbers above it open the rows they count, and its workbook has the same."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from cadre_app.assignments.lists.chips import leave_chips
from cadre_app.assignments.lists.leaves import exported_leaves
from tests.assignments.factories import make_leave
from tests.assignments.leaves.conftest import Village
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import TODAY


@pytest.fixture
def filled(village: Village) -> Village:
    """Last year's, over the turn of the year, one that is on, one asked for; the last of somebody else."""
    make_leave(village.trainee, on=date(2025, 10, 1), state="returned", ended_on=date(2025, 10, 5))
    make_leave(
        village.trainee, on=date(2025, 12, 30), due_on=date(2026, 1, 3), state="returned", ended_on=date(2026, 1, 3)
    )
    make_leave(village.trainee, on=TODAY)
    other = TraineeFactory.create(person=PersonFactory.create(name="陈予安"), home_unit=village.district.town)
    make_leave(other, on=TODAY, state="requested")
    return village


def listed(village: Village, query: str) -> int:
    return len(list(exported_leaves(village.staff, QueryDict(query)).rows))


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 4), ("year=2025", 2), ("year=2026", 3), ("year=2024", 0), ("year=2026&stage=returned", 1), ("q=陈予安", 1)],
)
def test_a_year_has_the_leave_that_touches_it(filled: Village, query: str, count: int) -> None:
    assert listed(filled, query) == count


@pytest.mark.parametrize("query", ["", "year=2026", "year=2025&stage=on_leave", "q=陈予安"])
def test_every_number_is_that_of_the_list_it_opens(filled: Village, query: str) -> None:
    chips = leave_chips(filled.staff, QueryDict(query))
    assert [chip.count for chip in chips] == [listed(filled, chip.query) for chip in chips]
    assert sum(chip.count for chip in chips) == listed(filled, query.partition("&")[0])


def test_the_page_shows_them_and_marks_the_chosen_one(filled: Village, client_of: Any) -> None:
    with translation.override("en"):
        page = client_of(filled.staff).get(reverse("assignments:leave_list"), {"stage": "returned", "page": "1"})
    chips = page.context["chips"]
    assert [(chip.label, chip.count, chip.is_on) for chip in chips] == [
        ("To be confirmed", 1, False), ("On leave", 1, False), ("Returned", 2, True),
    ]  # fmt: skip
    assert [chip.query for chip in chips][-1] == "stage=returned"


def test_a_condition_that_is_none_costs_nothing_but_its_message(filled: Village, client_of: Any) -> None:
    page = client_of(filled.staff).get(reverse("assignments:leave_list"), {"year": "2199", "stage": "x"})
    assert (page.status_code, sorted(page.context["filter"].form.errors)) == (200, ["stage", "year"])
