"""What nobody means to ask of the list of people."""

import base64
import json

import pytest
from django.urls import reverse

from tests.factories import UnitFactory
from tests.people.roster.conftest import LIST, TREE, shown

pytestmark = pytest.mark.django_db
HOSTILE = (
    "q=%00",
    "q=%F0%9F",
    "q=%ED%A0%80",
    "q=" + "长" * 2_000,
    "kind=nonsense",
    "stage=left",
    "stage=camp-9",
    "year=0001",
    "year=9999999999",
    "rank=%27",
    "education=x",
    "village=%00",
    "sort=person__id_number",
    "sort=stage",
    "columns=id_number",
    "after=x",
    "before=%00",
    "density=x",
    "below=x",
    "case=x",
    "case=left&state=voided",
    "case=arrived&until=0001-01-01",
    "case=left&until=0001-06-01",
    "case=left&since=9999-12-31&until=9999-12-31",
    "pick=x",
)


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_conditions_get_an_answer(staff, add, query):
    add("林知远")
    answers = {staff.get(f"{url}?{query}").status_code for url in (LIST, TREE, reverse("people:roster_print"))}
    assert answers == {200}


@pytest.mark.parametrize("value", ["", "x", "9999-12-31", float("inf"), float("nan"), [], 10**40])
@pytest.mark.parametrize("way", ["after", "before"])
def test_a_year_that_is_none_in_a_cursor_is_answered(staff, add, value, way):
    trainee = add("林知远")
    text = json.dumps(["year", [value, "", str(trainee.pk)]])
    cursor = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    assert shown(staff.get(LIST, {"sort": "year", way: cursor})) == ["林知远"]


@pytest.mark.parametrize("query", ["unit=x", "unit=%00", "unit=00000000-0000-4000-8000-000000000000"])
def test_an_unknown_unit_and_a_foreign_one_look_alike(staff, query):
    foreign = UnitFactory.create(name="邻区")
    answers = {staff.get(f"{LIST}?{query}").status_code, staff.get(LIST, {"unit": str(foreign.pk)}).status_code}
    assert answers == {404}
