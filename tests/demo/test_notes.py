"""The ten notes of demo texts B8 and the check-ins, as they stand on any as-of day."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db.models import F, Q

from cadre_app.mentorship.models import CheckIn, GuidanceNote, Pairing
from cadre_app.mentorship.services.days import next_check_in
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_ten_notes_lie_in_their_pairings_and_in_the_past(day):
    load_demo(as_of=day)
    outside = Q(happened_on__lt=F("pairing__started_on")) | Q(happened_on__gt=F("pairing__ended_on"))
    assert GuidanceNote.objects.filter(outside | Q(happened_on__gt=day)).count() == 0
    assert GuidanceNote.objects.count() == 10
    assert GuidanceNote.objects.filter(happened_on__lt=day - timedelta(days=600)).count() == 0
    assert sum(bool(note.answer) for note in GuidanceNote.objects.all()) == 3


@pytest.mark.parametrize("day", DAYS)
def test_check_ins_were_held_and_the_days_of_pairings_are_right(day):
    load_demo(as_of=day)
    assert CheckIn.objects.filter(Q(held_on__gt=day) | Q(held_on__lt=F("pairing__started_on"))).count() == 0
    wrong = [
        pairing
        for pairing in Pairing.objects.running()
        if CheckIn.objects.filter(pairing=pairing).exists() and pairing.next_check_in_on != next_check_in(pairing)
    ]
    assert wrong == []


def test_the_note_of_the_demo_trainee_says_what_the_texts_say():
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        load_demo()
    note = GuidanceNote.objects.get(topic="角色转变")
    assert (note.pairing.trainee.person.name, note.author.name, note.happened_on, note.next_step_on) == (
        "林知远",
        "庄世恒",
        date(2026, 11, 11),
        date(2026, 11, 30),
    )
    assert note.answer == "谢谢书记，水渠的现场记录月底前交。"
