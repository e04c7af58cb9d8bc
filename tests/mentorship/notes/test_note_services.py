from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from cadre_app.core.models import Stale
from cadre_app.history.models import Entry
from cadre_app.mentorship.models import CheckIn, GuidanceNote, Pairing, Visibility, Way
from cadre_app.mentorship.services import answers, check_ins, notes
from tests.mentorship.notes.conftest import BEGAN, TEXT
from tests.people.conftest import TODAY
from tests.people.test_offices import refused

CHANGED = {"happened_on": TODAY, "way": "face", "text": "改过的话"}


def days(pair) -> tuple[date | None, date | None]:
    """Day of the latest note and of the next check-in, as kept."""
    return Pairing.objects.values_list("last_note_on", "next_check_in_on").get(pk=pair.pairing.pk)


def test_a_note_is_the_mentors_and_shared_unless_said_otherwise(pair):
    note = pair.write()
    assert (note.author, note.visibility, note.text, note.acknowledged_at) == (
        pair.pairing.mentor,
        Visibility.SHARED,
        TEXT,
        None,
    )


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"happened_on": BEGAN - timedelta(days=1)}, [("happened_on", "too_early")]),
        ({"happened_on": date.min}, [("happened_on", "too_early")]),
        ({"happened_on": TODAY + timedelta(days=1)}, [("happened_on", "future")]),
        ({"happened_on": date.max}, [("happened_on", "future")]),
        ({"next_step_on": TODAY}, [("next_step", "next_step")]),
        ({"next_step": "走3户", "next_step_on": TODAY - timedelta(days=1)}, [("next_step_on", "next_step_on")]),
        ({"next_step": "走3户", "next_step_on": date(2027, 11, 25)}, [("next_step_on", "too_late")]),
        ({"text": ""}, [("text", "blank")]),
        ({"way": "mail"}, [("way", "invalid_choice")]),
        ({"visibility": "everybody"}, [("visibility", "invalid_choice")]),
    ],
)
def test_what_a_note_cannot_say(pair, values, problems):
    assert refused(lambda: pair.write(**values)) == problems
    assert GuidanceNote.objects.count() == 0


def test_the_first_day_of_the_pairing_and_today_are_days_of_a_note(pair):
    assert [pair.write(happened_on=day).happened_on for day in (BEGAN, TODAY)] == [BEGAN, TODAY]


@pytest.mark.parametrize("end", [{"ended_on": TODAY, "end_kind": "completed"}, {"voided_at": timezone.now()}])
def test_a_pairing_that_does_not_run_takes_no_note(pair, end):
    Pairing.objects.update(**end)
    assert refused(pair.write) == [("", "ended")]


def test_a_closed_file_takes_no_note(pair):
    type(pair.file).objects.update(departed_on=TODAY)
    assert refused(pair.write) == [("", "ended")]


def test_history_never_holds_a_text_of_a_note(pair):
    note = pair.write(topic="入户走访", next_step="走3户")
    answers.answer_note(note, answer="谢谢书记", actor=pair.trainee)
    told = [(entry.before, entry.after, entry.sealed) for entry in Entry.objects.about(note)]
    assert sorted(sorted(sealed) for _before, _after, sealed in told) == [["answer"], ["next_step", "text", "topic"]]
    assert not any(text in str(told) for text in ("入户走访", TEXT, "走3户", "谢谢书记"))


def test_the_same_page_sent_again_is_the_note_that_arrived_and_another_text_asks_first(pair):
    key = uuid4()
    first = pair.write(key=key)
    assert pair.write(key=key, text=f"{TEXT}又想起一句") == first
    assert refused(lambda: pair.write(key=key, text="又想起一句")) == [("", "arrived")]
    assert GuidanceNote.objects.get().text == f"{TEXT}又想起一句"


def test_a_note_is_changed_for_a_week(pair):
    note = pair.write()
    with time_machine.travel("2026-11-30T12:00:00+08:00", tick=False):
        assert notes.change_note(note, **CHANGED, actor=pair.mentor).text == "改过的话"
    with time_machine.travel("2026-12-01T12:00:00+08:00", tick=False):
        assert refused(lambda: notes.change_note(note, **CHANGED, actor=pair.mentor)) == [("", "closed")]


def test_what_is_changed_is_to_be_read_again(pair):
    note = answers.acknowledge_note(pair.write(), actor=pair.trainee)
    same = notes.change_note(note, happened_on=TODAY, way="face", text=TEXT, actor=pair.mentor)
    assert same.acknowledged_at is not None
    assert notes.change_note(note, **CHANGED, actor=pair.mentor).acknowledged_at is None


def test_an_answered_note_stands(pair):
    note = answers.answer_note(pair.write(), answer="谢谢书记", actor=pair.trainee)
    assert refused(lambda: notes.change_note(note, **CHANGED, actor=pair.mentor)) == [("", "closed")]


def test_an_old_version_is_told(pair):
    note = pair.write()
    notes.change_note(note, **CHANGED, version=1, actor=pair.mentor)
    with pytest.raises(Stale):
        notes.change_note(note, **CHANGED, version=1, actor=pair.mentor)


def test_voiding_and_restoring_keep_the_days_of_the_pairing(pair):
    pair.write(happened_on=date(2026, 10, 1))
    note = pair.write()
    assert days(pair) == (TODAY, TODAY + timedelta(days=30))
    voided = notes.void_note(note, reason="误录", actor=pair.mentor)
    assert days(pair) == (date(2026, 10, 1), date(2026, 10, 31))
    assert refused(lambda: notes.void_note(voided, reason="误录", actor=pair.mentor)) == [("", "voided")]
    notes.restore_note(voided, actor=pair.mentor)
    assert days(pair) == (TODAY, TODAY + timedelta(days=30))
    assert refused(lambda: notes.restore_note(note, actor=pair.mentor)) == [("", "not_voided")]


def test_nothing_outside_tells_of_a_private_note(pair):
    before = days(pair)
    check_in = check_ins.arrange_check_in(pair.pairing, planned_on=TODAY, actor=pair.mentor)
    note = pair.write(visibility=Visibility.PRIVATE)
    assert note.check_in is None
    assert CheckIn.objects.get(pk=check_in.pk).held_on is None
    assert days(pair) == (before[0], TODAY)


@pytest.mark.parametrize("way", Way.values)
def test_meetings_hold_the_open_check_in_other_ways_do_not(pair, way):
    check_in = check_ins.arrange_check_in(pair.pairing, planned_on=TODAY, actor=pair.mentor)
    note = pair.write(way=way)
    held = TODAY if way in ("face", "visit", "site", "field") else None
    assert CheckIn.objects.get(pk=check_in.pk).held_on == held
    assert (note.check_in is not None) == (held is not None)


@pytest.mark.parametrize(("planned", "held"), [(TODAY + timedelta(days=7), TODAY), (TODAY + timedelta(days=8), None)])
def test_a_meeting_far_ahead_counts_by_itself(pair, planned, held):
    check_in = check_ins.arrange_check_in(pair.pairing, planned_on=planned, actor=pair.mentor)
    pair.write()
    assert CheckIn.objects.get(pk=check_in.pk).held_on == held
    assert days(pair) == (TODAY, TODAY + timedelta(days=30) if held else planned)


@pytest.mark.parametrize(
    "change",
    [{"way": "phone"}, {"visibility": Visibility.PRIVATE}, {"happened_on": TODAY - timedelta(days=20)}],
)
def test_a_note_that_no_longer_tells_of_the_meeting_gives_the_check_in_back(pair, change):
    check_in = check_ins.arrange_check_in(pair.pairing, planned_on=TODAY, actor=pair.mentor)
    note = pair.write()
    changed = notes.change_note(note, **CHANGED | change, actor=pair.mentor)
    assert (changed.check_in, CheckIn.objects.get(pk=check_in.pk).held_on) == (None, None)


def test_a_check_in_given_back_is_voided_where_another_one_waits(pair):
    first = check_ins.arrange_check_in(pair.pairing, planned_on=TODAY, actor=pair.mentor)
    note = pair.write()
    check_ins.arrange_check_in(pair.pairing, planned_on=TODAY + timedelta(days=20), actor=pair.mentor)
    notes.void_note(note, reason="误录", actor=pair.mentor)
    assert CheckIn.objects.get(pk=first.pk).is_voided
    assert days(pair) == (None, TODAY + timedelta(days=20))


def test_acknowledging_twice_changes_nothing(pair):
    note = answers.acknowledge_note(pair.write(), actor=pair.trainee)
    again = answers.acknowledge_note(note, actor=pair.trainee)
    assert (again.acknowledged_at, again.version) == (note.acknowledged_at, note.version)


def test_an_answer_says_that_the_note_was_read_and_can_be_corrected(pair):
    note = answers.answer_note(pair.write(), answer="谢谢书记", actor=pair.trainee)
    first = note.answered_at
    corrected = answers.answer_note(note, answer="谢谢书记，月底前交。", actor=pair.trainee)
    assert (corrected.answer, corrected.answered_at) == ("谢谢书记，月底前交。", first)
    assert corrected.acknowledged_at is not None


@pytest.mark.parametrize("visibility", [Visibility.DEPARTMENT, Visibility.PRIVATE])
def test_only_shared_notes_are_read_and_answered(pair, visibility):
    note = pair.write(visibility=visibility)
    assert refused(lambda: answers.acknowledge_note(note, actor=pair.trainee)) == [("", "not_shared")]
    assert refused(lambda: answers.answer_note(note, answer="好", actor=pair.trainee)) == [("", "not_shared")]


def test_an_empty_answer_is_none(pair):
    note = pair.write()
    assert refused(lambda: answers.answer_note(note, answer="  ", actor=pair.trainee)) == [("answer", "required")]


def test_a_next_step_is_done_and_open_again(pair):
    note = pair.write(next_step="走3户", next_step_on=TODAY)
    assert answers.tick_step(note, is_done=True, actor=pair.trainee).next_step_done_on == TODAY
    assert list(GuidanceNote.objects.open_steps()) == []
    answers.tick_step(note, is_done=False, actor=pair.mentor)
    assert list(GuidanceNote.objects.open_steps()) == [note]
    assert refused(lambda: answers.tick_step(pair.write(), is_done=True, actor=pair.mentor)) == [("", "no_step")]
