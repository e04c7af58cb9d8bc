"""A note after its days: corrected by a later entry; both are read, the later one counts."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cadre_app.core.reminding import reminder_rules
from cadre_app.mentorship.models import CheckIn, GuidanceNote, Pairing
from cadre_app.mentorship.services import answers, check_ins, corrections, notes
from tests.mentorship.notes.conftest import TEXT
from tests.people.conftest import TODAY
from tests.people.test_offices import refused

LATER = timezone.make_aware(timezone.datetime(2026, 12, 5, 10))
RIGHT = "今天带小陈走了西坑组8户，另一户没有在家。"


def url(name, note):
    return reverse(f"mentorship:{name}", kwargs={"pk": note.pk})


@pytest.fixture
def old(pair):
    """A shared note of today, looked at twelve days later."""
    note = pair.write()
    with time_machine.travel(LATER):
        yield note


def correct(pair, note, **values):
    known = {"happened_on": TODAY, "way": "face", "text": RIGHT, "actor": pair.mentor} | values
    return corrections.correct_note(note, **known)


def test_both_stay_readable_and_the_later_one_counts(pair, old, client_of):
    mentor = client_of(pair.user("mentor"))
    assert mentor.get(url("note_edit", old)).status_code == 403
    response = mentor.post(
        url("note_correct", old), {"way": "face", "text": RIGHT, "happened_on": "2026-11-23", "version": 1}
    )
    later = GuidanceNote.objects.get(supersedes=old)
    assert response["Location"] == url("note_detail", later)
    shown = mentor.get(url("note_detail", later))
    assert (shown.context["earlier"], TEXT in shown.content.decode()) == (old, True)
    before = mentor.get(url("note_detail", old))
    assert (before.context["later"], RIGHT in before.content.decode()) == (later, False)
    assert list(GuidanceNote.objects.counted()) == [later]


def test_the_trainee_reads_both_and_is_asked_about_the_later_one(pair, old, client_of):
    answers.acknowledge_note(old, actor=pair.trainee)
    later = correct(pair, old)
    trainee = client_of(pair.user("trainee"))
    assert [trainee.get(url("note_detail", note)).status_code for note in (old, later)] == [200, 200]
    assert list(GuidanceNote.objects.by_trainee(pair.user("trainee")).filter(acknowledged_at=None)) == [later]
    assert trainee.post(url("note_answer", old), {"answer": "谢谢书记"}).status_code == 403


def test_the_correction_has_the_readers_of_the_note(pair, client_of):
    note = pair.write(visibility="department")
    with time_machine.travel(LATER):
        later = correct(pair, note)
        trainee = client_of(pair.user("trainee"))
        assert (later.visibility, trainee.get(url("note_detail", later)).status_code) == ("department", 404)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (correct, "superseded"),
        (lambda pair, note: notes.void_note(note, reason="误录", actor=pair.staff), "superseded"),
    ],
)
def test_what_was_corrected_is_neither_corrected_again_nor_voided(pair, old, change, code):
    correct(pair, old)
    assert refused(lambda: change(pair, old)) == [("", code)]


def test_a_note_within_its_days_is_changed_itself(pair, client_of):
    note = pair.write()
    assert refused(lambda: correct(pair, note)) == [("", "open")]
    assert client_of(pair.user("mentor")).get(url("note_correct", note)).status_code == 403


def test_a_correction_that_changes_nothing_is_refused(pair, old):
    assert refused(lambda: correct(pair, old, text=TEXT)) == [("", "same")]


def test_a_note_that_was_answered_is_corrected_although_it_is_recent(pair):
    note = answers.answer_note(pair.write(), answer="谢谢书记", actor=pair.trainee)
    assert correct(pair, note).supersedes == note


def test_a_voided_correction_lets_the_note_count_again_and_a_restored_one_not(pair, old):
    later = notes.void_note(correct(pair, old), reason="误录", actor=pair.staff)
    assert list(GuidanceNote.objects.counted()) == [old]
    notes.restore_note(later, actor=pair.staff)
    assert [note.pk for note in GuidanceNote.objects.counted()] == [later.pk]


def test_of_two_corrections_only_one_stands(pair, old):
    first = notes.void_note(correct(pair, old), reason="误录", actor=pair.staff)
    correct(pair, old, text="第二次更正。")
    assert refused(lambda: notes.restore_note(first, actor=pair.staff)) == [("", "superseded")]


def test_the_check_in_goes_over_to_the_correction_and_back(pair):
    check_ins.arrange_check_in(pair.pairing, planned_on=TODAY, place="村部", actor=pair.mentor)
    old = pair.write()
    with time_machine.travel(LATER):
        later = correct(pair, old, happened_on=date(2026, 11, 22))
        old.refresh_from_db()
        assert (old.check_in, later.check_in.held_on) == (None, date(2026, 11, 22))
        notes.void_note(later, reason="误录", actor=pair.staff)
        old.refresh_from_db()
        assert (CheckIn.objects.count(), old.check_in.held_on) == (1, TODAY)


def test_the_next_step_is_asked_for_once(pair):
    old = pair.write(next_step="走3户", next_step_on=date(2026, 12, 6))
    with time_machine.travel(LATER):
        later = correct(pair, old, next_step="走3户", next_step_on=date(2026, 12, 6))
        dues = reminder_rules["mentorship.next_step"].dues(date(2026, 12, 31))
        assert [row.pk for row in dues] == [later.pk]


def test_days_of_the_pairing_follow_the_correction(pair, old):
    correct(pair, old, happened_on=TODAY - timedelta(days=3))
    assert Pairing.objects.values_list("last_note_on", "last_record_on").get() == (
        TODAY - timedelta(days=3), TODAY - timedelta(days=3),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["staff", "leader", "liaison", "trainee", "other_staff"])
def test_nobody_but_the_author_corrects(pair, old, client_of, name):
    status = {"staff": 403, "leader": 403, "trainee": 403}.get(name, 404)
    assert client_of(pair.user(name)).get(url("note_correct", old)).status_code == status


def test_corrected_notes_are_found_by_their_state(pair, old, client_of):
    later = correct(pair, old)
    staff = client_of(pair.user("staff"))

    def keys(query):
        rows = staff.get(reverse("mentorship:note_list") + query).context["table"].rows
        return {row.object.pk for row in rows}

    assert (keys("?state=superseded"), keys("?state=submitted"), keys("")) == ({old.pk}, {later.pk}, {old.pk, later.pk})
