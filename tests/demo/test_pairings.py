"""The district's pairings: seven trainees with both mentors on any as-of day, everybody else has completed theirs."""

from collections import Counter
from datetime import date

import pytest
import time_machine

from cadre_app.core.figures import Asked, figures
from cadre_app.mentorship.models import Pairing
from cadre_app.mentorship.services.suggestions import wanting
from cadre_app.people.models import OfficeHolding, Person, Trainee
from tests.district import load_demo

DAYS = [date(2024, 2, 29), date(2026, 1, 2), date(2026, 8, 14), date(2026, 8, 15), date(2026, 11, 23)]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_seven_have_both_mentors_and_the_others_completed_theirs(day):
    load_demo(as_of=day)
    assert figures["mentor_pairs"].count(Asked.on(day)) == 7
    assert Pairing.objects.running().count() == 14
    served = Pairing.objects.filter(end_kind="completed").values("trainee").distinct().count()
    assert (served, [file.person.name for file in wanting(Trainee.objects.in_development())]) == (55, ["康时敏"])
    early = Counter(Pairing.objects.filter(end_kind="early").values_list("end_reason", flat=True))
    assert 1 <= sum(early.values()) <= 4
    assert [pairing for pairing in Pairing.objects.exclude(ended_on=None) if pairing.ended_on > day] == []


@pytest.mark.parametrize("day", DAYS)
def test_every_mentor_held_the_office_on_the_first_day(day):
    load_demo(as_of=day)
    held = {(each.office_id, each.person_id): each for each in OfficeHolding.objects.all()}
    wrong = [
        pairing
        for pairing in Pairing.objects.all()
        if not (times := held[pairing.office_id, pairing.mentor_id]).since <= pairing.started_on
        or (times.until is not None and times.until < pairing.started_on)
    ]
    assert wrong == []


def test_the_demo_mentors_guide_the_demo_trainee():
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        load_demo()
        running = Pairing.objects.running().filter(trainee__person__name="林知远")
        found = set(running.values_list("kind", "mentor__account__username"))
        assert found == {("political", "mentor.head"), ("community", "mentor.village")}
        assert Person.objects.filter(name="庄世恒").count() == 1
