"""Who reads, answers, changes and takes out a guidance note on its pages."""

import pytest
from django.urls import reverse

from cadre_app.files.models import StoredFile
from cadre_app.mentorship.models import GuidanceNote, Pairing, Visibility
from tests.mentorship.notes.conftest import address, photo, typed
from tests.people.conftest import TODAY

NEW = reverse("mentorship:note_new")


def test_photos_are_read_by_whoever_reads_the_note(pair, client_of):
    client_of(pair.user("mentor")).post(NEW, typed(photos=[photo()]))
    file = StoredFile.objects.get()
    url = reverse("files:preview", kwargs={"pk": file.pk})
    seen = {
        name: client_of(pair.user(name)).get(url).status_code
        for name in ("mentor", "trainee", "staff", "leader", "liaison", "other_staff")
    }
    assert seen == {"mentor": 200, "trainee": 200, "staff": 200, "leader": 200, "liaison": 404, "other_staff": 404}
    GuidanceNote.objects.update(visibility=Visibility.PRIVATE)
    assert {name: client_of(pair.user(name)).get(url).status_code for name in seen} == dict.fromkeys(seen, 404) | {
        "mentor": 200
    }
    Pairing.objects.update(ended_on=TODAY, end_kind="completed")
    assert client_of(pair.user("mentor")).get(url).status_code == 404


READERS = {
    "shared": {"mentor": 200, "trainee": 200, "staff": 200, "leader": 200, "liaison": 404, "other_staff": 404},
    "department": {"mentor": 200, "trainee": 404, "staff": 200, "leader": 200, "liaison": 404, "other_staff": 404},
    "private": {"mentor": 200, "trainee": 404, "staff": 404, "leader": 404, "liaison": 404, "other_staff": 404},
}


@pytest.mark.parametrize("visibility", READERS)
def test_who_opens_a_note(pair, client_of, visibility):
    note = pair.write(visibility=visibility)
    found = {
        name: client_of(pair.user(name)).get(address("note_detail", note)).status_code for name in READERS["shared"]
    }
    assert found == READERS[visibility]


def test_a_former_mentor_reads_nothing(pair, client_of):
    note = pair.write()
    Pairing.objects.update(ended_on=TODAY, end_kind="completed")
    client = client_of(pair.user("mentor"))
    assert [client.get(url).status_code for url in (address("note_detail", note), NEW)] == [404, 403]


def test_the_trainee_reads_acknowledges_and_answers(pair, client_of):
    note = pair.write()
    client = client_of(pair.user("trainee"))
    client.post(address("note_acknowledge", note), {"version": note.version})
    note.refresh_from_db()
    assert note.acknowledged_at is not None
    client.post(address("note_answer", note), {"version": note.version, "answer": "谢谢书记"})
    assert "谢谢书记" in client_of(pair.user("mentor")).get(address("note_detail", note)).content.decode()


def test_an_answer_that_is_too_long_is_shown_again(pair, client_of):
    note = pair.write()
    page = client_of(pair.user("trainee")).post(
        address("note_answer", note), {"version": note.version, "answer": "谢" * 501}
    )
    assert page.context["form"].errors["answer"] == [
        "No more than 500 characters; there are 501. Nothing is lost: shorten it and send again."
    ]
    assert page.context["form"]["answer"].value() == "谢" * 501


def test_nobody_else_acknowledges_or_answers(pair, client_of):
    note = pair.write()
    for name in ("mentor", "staff", "leader"):
        client = client_of(pair.user(name))
        sent = {"version": note.version, "answer": "好"}
        answered = [client.post(address(page, note), sent).status_code for page in ("note_acknowledge", "note_answer")]
        assert answered == [403, 403]


@pytest.mark.parametrize(
    ("who", "edit", "void"),
    [("mentor", 200, 200), ("staff", 403, 200), ("leader", 403, 403), ("trainee", 403, 403)],
)
def test_who_changes_and_voids(pair, client_of, who, edit, void):
    note = pair.write()
    client = client_of(pair.user(who))
    pages = [client.get(address(page, note)).status_code for page in ("note_edit", "note_void")]
    assert pages == [edit, void]


def test_a_voided_note_is_gone_for_the_trainee_and_comes_back(pair, client_of):
    note = pair.write()
    staff = client_of(pair.user("staff"))
    staff.post(address("note_void", note), {"version": note.version, "reason": "误录"})
    assert client_of(pair.user("trainee")).get(address("note_detail", note)).status_code == 404
    note.refresh_from_db()
    client_of(pair.user("staff")).post(address("note_restore", note), {"version": note.version})
    assert client_of(pair.user("trainee")).get(address("note_detail", note)).status_code == 200


def test_what_was_written_is_answered_and_taken_out_after_the_pairing_too(pair, client_of):
    note = pair.write(next_step="走3户")
    Pairing.objects.update(ended_on=TODAY, end_kind="completed")
    trainee = client_of(pair.user("trainee"))
    trainee.post(address("note_acknowledge", note), {"version": note.version})
    note.refresh_from_db()
    assert note.acknowledged_at is not None
    client_of(pair.staff).post(address("note_void", note), {"version": note.version, "reason": "误写"})
    note.refresh_from_db()
    assert note.is_voided


def test_what_staff_took_out_is_not_put_back_by_its_author(pair, client_of):
    note = pair.write()
    client_of(pair.staff).post(address("note_void", note), {"version": note.version, "reason": "涉密"})
    assert client_of(pair.user("mentor")).get(address("note_restore", note)).status_code in (403, 404)
