"""The rule of how a pairing goes, for one in Python and for lists in SQL: the same for every combination."""

from datetime import date, timedelta
from itertools import product

import pytest

from cadre_app.mentorship.health import Limits, health_of, limits_on, with_health
from cadre_app.mentorship.models import Pairing
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import TODAY

LIMITS = Limits(TODAY, note_days=31, ending_days=60, political_notes=False)


def made(**values):
    """A community pairing that began 200 days ago and goes as agreed, unless `values` say otherwise."""
    known = {
        "kind": "community",
        "started_on": TODAY - timedelta(days=200),
        "due_on": TODAY + timedelta(days=500),
        "check_in_days": 30,
        "last_note_on": TODAY,
        "next_check_in_on": TODAY + timedelta(days=30),
        "last_record_on": TODAY,
    }
    return Pairing(**known | values)


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("values", "health"),
    [
        ({}, "on_track"),
        ({"last_note_on": ago(31)}, "on_track"),
        ({"last_note_on": ago(32)}, "quiet"),
        ({"last_note_on": ago(62)}, "quiet"),
        ({"last_note_on": ago(63)}, "behind"),
        ({"last_note_on": None}, "behind"),
        ({"last_note_on": None, "started_on": ago(31)}, "on_track"),
        ({"last_note_on": None, "kind": "political"}, "on_track"),
        ({"next_check_in_on": TODAY}, "on_track"),
        ({"next_check_in_on": ago(1)}, "quiet"),
        ({"next_check_in_on": ago(30)}, "quiet"),
        ({"next_check_in_on": ago(31)}, "behind"),
        ({"due_on": TODAY + timedelta(days=61)}, "on_track"),
        ({"due_on": TODAY + timedelta(days=60)}, "ending"),
        ({"due_on": ago(1), "last_note_on": ago(32)}, "ending"),
        ({"due_on": ago(1), "last_note_on": ago(63)}, "behind"),
        ({"ended_on": TODAY}, ""),
    ],
)
def test_how_a_pairing_goes(values, health):
    assert health_of(made(**values), LIMITS) == health


def test_notes_of_political_mentors_count_where_that_is_set():
    limits = Limits(TODAY, note_days=31, ending_days=60, political_notes=True)
    assert health_of(made(kind="political", last_note_on=None), limits) == "behind"


@pytest.mark.parametrize("political_notes", [True, False])
@pytest.mark.parametrize("kind", ["political", "community"])
def test_lists_say_the_same_as_the_rule(place, kind, political_notes):
    days = (None, 0, 1, 14, 15, 31, 32, 62, 63)
    mentor = PersonFactory.create()
    file = TraineeFactory.create(home_unit=place.town)
    rows = []
    for number, (noted, due, over, ended) in enumerate(product(days, days, (-61, -60, 1), (False, True))):
        started = date(1000 + number, 1, 1) if ended else ago(200)
        rows.append(
            made(
                trainee=file if ended else TraineeFactory.build(home_unit=place.town),
                mentor=mentor,
                kind=kind,
                choice_reason="一",
                check_in_days=14,
                started_on=started,
                last_note_on=None if noted is None else ago(noted),
                next_check_in_on=None if due is None else ago(due),
                due_on=max(ago(over), started),
                ended_on=started if ended else None,
                end_kind="completed" if ended else "",
            )
        )
    running = [row for row in rows if row.ended_on is None]
    for row in running:
        row.trainee = TraineeFactory.create(home_unit=place.town)
    Pairing.objects.bulk_create(rows)
    limits = Limits(TODAY, note_days=31, ending_days=60, political_notes=political_notes)
    found = with_health(Pairing.objects.all(), limits)
    assert {row.pk: row.health for row in found} == {row.pk: str(health_of(row, limits)) for row in rows}


def test_the_limits_are_settings_of_the_day(place):
    limits = limits_on(TODAY)
    assert (limits.note_days, limits.ending_days, limits.political_notes) == (31, 60, False)
