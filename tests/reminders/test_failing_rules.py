"""A rule that cannot be asked keeps no other from telling, leaves its own items alone, and is on record."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.db import OperationalError, connection
from django.db.models import F, Value

from cadre_app.core.reminding import reminder_rules
from cadre_app.people.models import Trainee
from cadre_app.reminders.models import Occurrence
from cadre_app.reminders.services import collecting
from cadre_app.runtime.services import sweep_once
from tests.reminders.conftest import on_probation, open_items, swept_on, told

pytestmark = pytest.mark.django_db

BROKEN = "people.arrival"


def raises(until):
    raise LookupError("no such code")


def fails_in_the_database(until):
    rows = Trainee.objects.annotate(due_day=F("arrived_on"), trainee_key=F("pk"), doer_key=Value(None))
    return rows.extra(where=["1 / (CASE WHEN file_number = '' THEN 1 ELSE 0 END) > 0"])


@pytest.fixture(params=[raises, fails_in_the_database])
def broken(request, monkeypatch):
    """The rule that comes first cannot be asked any more."""
    monkeypatch.setitem(reminder_rules._items, BROKEN, replace(reminder_rules[BROKEN], dues=request.param))


def test_the_others_tell_all_the_same(place, broken):
    file = on_probation(place, date(2026, 11, 23))
    swept = swept_on("2026-11-23")
    assert (swept.failed, open_items(), told(place.staff)) == (
        (BROKEN,),
        [(file.pk, date(2026, 11, 23))],
        [("item", 0)],
    )


def test_its_own_items_are_neither_closed_nor_forgotten(place, broken):
    Occurrence.objects.create(rule=BROKEN, source=place.top.pk, due_on=date(2026, 11, 23))
    assert (swept_on("2026-11-23").settled, len(open_items(BROKEN))) == (0, 1)


def test_the_sweep_is_on_record_as_partly_failed(place, broken):
    on_probation(place, date(2026, 11, 23))
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        run = sweep_once()
    assert (run.failed, run.ended_at is not None, told(place.staff)) == (["reminders"], True, [("item", 0)])


@pytest.mark.django_db(transaction=True)
def test_a_sweep_whose_database_goes_away_fails_as_a_whole(place, monkeypatch):
    def goes_away(*args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    on_probation(place, date(2026, 11, 23))
    with monkeypatch.context() as patch, pytest.raises(OperationalError):
        patch.setattr(collecting, "_collect_one", goes_away)
        swept_on("2026-11-23")
    assert (Occurrence.objects.count(), swept_on("2026-11-23").told) == (0, 1)
