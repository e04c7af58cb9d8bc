"""The list of village terms by year and state, with the numbers above it."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from cadre_app.assignments.lists.chips import term_chips
from cadre_app.assignments.lists.term_reviews import exported_terms
from cadre_app.people.models import Trainee, VillageTerm
from tests.assignments.leaves.conftest import Village
from tests.factories import PersonFactory, TraineeFactory


@pytest.fixture
def filled(village: Village) -> Village:
    """Beside the term of the village, from September 2025 on: one that ended, one that is overdue, one to come."""
    made: list[tuple[str, date, date, dict[str, Any]]] = [
        ("陈予安", date(2022, 9, 1), date(2024, 8, 31), {"ended_on": date(2024, 8, 31)}),
        ("郑一川", date(2024, 9, 1), date(2026, 8, 31), {}),
        ("周闻溪", date(2027, 3, 1), date(2029, 2, 28), {}),
    ]
    for name, starts, due, more in made:
        file: Trainee = TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=village.district.town)
        known = {"village": village.term.village, "role": "director", "months": 24}
        VillageTerm.objects.create(trainee=file, started_on=starts, due_on=due, **known, **more)
    return village


def listed(village: Village, query: str) -> list[str]:
    return sorted(str(row.cells[0].value) for row in exported_terms(village.staff, QueryDict(query)).rows)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["周闻溪", "林知远", "郑一川"]),
        ("year=2024", ["郑一川", "陈予安"]),
        ("year=2026", ["林知远", "郑一川"]),
        ("year=2027", ["周闻溪", "林知远"]),
        ("year=2024&stage=assessment_due", ["郑一川"]),
        ("year=2024&q=陈", ["陈予安"]),
    ],
)
def test_a_year_has_the_terms_that_touch_it_also_those_that_ended(
    filled: Village, query: str, names: list[str]
) -> None:
    assert listed(filled, query) == sorted(names)


@pytest.mark.parametrize("query", ["", "year=2024", "stage=completed", "q=郑一川"])
def test_every_number_is_that_of_the_list_it_opens(filled: Village, query: str) -> None:
    chips = term_chips(filled.staff, QueryDict(query))
    assert chips
    assert [chip.count for chip in chips] == [len(listed(filled, chip.query)) for chip in chips]


def test_the_page_shows_them(filled: Village, client_of: Any) -> None:
    page = client_of(filled.staff).get(reverse("assignments:term_list"), {"stage": "under_way"})
    assert [(chip.label, chip.count, chip.is_on) for chip in page.context["chips"]] == [
        ("Not started", 1, False), ("Under way", 1, True), ("Assessment due", 1, False), ("Completed", 1, False),
    ]  # fmt: skip
