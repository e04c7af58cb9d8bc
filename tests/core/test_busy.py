"""Clashes are asked of every kind of times at once."""

from uuid import uuid4

import pytest
from django.utils import timezone

from cadre_app.core.busy import Busy, Taken, busies, clashes

pytestmark = pytest.mark.django_db
DAY = timezone.localtime().replace(year=2026, month=12, day=1, hour=9, minute=0, second=0, microsecond=0)
ONE, OTHER, KEY = uuid4(), uuid4(), uuid4()


@pytest.fixture
def announced(monkeypatch):
    later, sooner = DAY.replace(hour=14), DAY.replace(hour=9)
    times = [
        Taken(ONE, later, later.replace(hour=15), "谈话", uuid4()),
        Taken(ONE, sooner, sooner.replace(hour=10), "班次", KEY),
        Taken(OTHER, sooner, later, "班次", KEY),
    ]
    busies.register("tests.times", Busy("班次", lambda people, starts, ends: [t for t in times if t.trainee in people]))
    yield
    busies._items.pop("tests.times")


def test_each_person_has_their_own_times_earliest_first(announced):
    found = clashes([ONE], DAY, DAY.replace(hour=18))
    assert {key: [taken.text for taken in times] for key, times in found.items()} == {ONE: ["班次", "谈话"]}


def test_what_is_being_planned_does_not_clash_with_itself(announced):
    found = clashes([ONE, OTHER], DAY, DAY.replace(hour=18), but=[KEY])
    assert {key: [taken.text for taken in times] for key, times in found.items()} == {ONE: ["谈话"]}


def test_nobody_clashes_with_nothing(announced):
    assert clashes([], DAY, DAY.replace(hour=18)) == {}
