"""The pages of one guidance note: writing it, reading it, answering, changing and taking it out."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.core.growth import entry_links
from cadre_app.core.markings import REFUSED_TEXT
from cadre_app.files.models import StoredFile
from cadre_app.mentorship.models import GuidanceNote, Pairing
from cadre_app.mentorship.services import answers, notes
from cadre_app.mentorship.services.notes import PHOTO
from tests.factories import PersonFactory, TraineeFactory
from tests.mentorship.notes.conftest import TEXT, address, pairing_of, photo, typed
from tests.people.conftest import TODAY

NEW = reverse("mentorship:note_new")


def test_a_note_is_sent_and_the_page_says_who_reads_it(pair, client_of):
    client = client_of(pair.user("mentor"))
    answer = client.post(NEW, typed(next_step="走3户", next_step_on="2026-12-01"), follow=True)
    note = GuidanceNote.objects.get()
    assert answer.redirect_chain == [(address("note_sent", note), 302)]
    assert "The trainee reads it too." in answer.content.decode()
    assert (note.text, note.next_step_on) == (TEXT, date(2026, 12, 1))


def test_sensible_answers_are_given(pair, client_of):
    form = client_of(pair.user("mentor")).get(NEW, follow=True).context["form"]
    assert {name: form[name].value() for name in ("way", "visibility", "happened_on", "text")} == {
        "way": "face",
        "visibility": "shared",
        "happened_on": TODAY,
        "text": None,
    }


def test_the_only_mentee_is_chosen_already(pair, client_of):
    page = client_of(pair.user("mentor")).get(NEW, follow=True)
    assert page.redirect_chain == [(f"{NEW}?pairing={pair.pairing.pk}", 302)]
    assert page.context["pairing"] == pair.pairing


def test_of_several_mentees_one_is_tapped(pair, place, client_of):
    other = pairing_of(TraineeFactory.create(home_unit=place.town), pair.pairing.mentor)
    client = client_of(pair.user("mentor"))
    choice = client.get(NEW)
    assert {each.pk for each in choice.context["pairings"]} == {pair.pairing.pk, other.pk}
    assert client.get(f"{NEW}?pairing={other.pk}").context["pairing"] == other
    client.post(NEW, typed(pairing=str(other.pk)))
    assert GuidanceNote.objects.get().pairing == other


@pytest.mark.parametrize("query", ["?pairing=x", "?pairing=00000000-0000-4000-8000-000000000000", "foreign"])
def test_a_pairing_that_is_not_mine_is_not_there(pair, place, client_of, query):
    if query == "foreign":
        foreign = pairing_of(TraineeFactory.create(home_unit=place.town), PersonFactory.create())
        query = f"?pairing={foreign.pk}"
    client = client_of(pair.user("mentor"))
    assert client.get(NEW + query).status_code == 404
    assert client.post(NEW + query, typed()).status_code == 404


def test_a_double_tap_makes_one_note(pair, client_of):
    client, sent = client_of(pair.user("mentor")), typed()
    first, second = client.post(NEW, sent), client.post(NEW, sent)
    assert first.url == second.url
    assert GuidanceNote.objects.count() == 1


def test_the_page_sent_again_with_one_word_more_is_the_same_note(pair, client_of):
    client, sent = client_of(pair.user("mentor")), typed()
    client.post(NEW, sent)
    client.post(NEW, sent | {"text": f"{TEXT}一句话"})
    assert [note.text for note in GuidanceNote.objects.all()] == [f"{TEXT}一句话"]


def test_the_page_sent_again_with_something_else_asks_and_then_makes_a_second_note(pair, client_of):
    client, sent = client_of(pair.user("mentor")), typed()
    client.post(NEW, sent)
    asked = client.post(NEW, sent | {"text": "另一件事"})
    assert TEXT[:30] in asked.context["form"].non_field_errors()[0]
    client.post(NEW, sent | {"text": "另一件事", "submission": asked.context["form"]["submission"].value()})
    assert sorted(note.text for note in GuidanceNote.objects.all()) == sorted([TEXT, "另一件事"])


def test_a_page_whose_note_was_voided_makes_another_one(pair, client_of):
    client, sent = client_of(pair.user("mentor")), typed()
    client.post(NEW, sent)
    first = notes.void_note(GuidanceNote.objects.get(), reason="误录", actor=pair.mentor)
    assert client.get(address("note_sent", first)).url == address("note_detail", first)
    client.post(NEW, sent | {"text": f"{TEXT}再写一次"})
    assert [note.text for note in GuidanceNote.objects.standing()] == [f"{TEXT}再写一次"]


def test_going_on_with_a_note_that_was_answered_asks_and_then_makes_another_one(pair, client_of):
    client, sent = client_of(pair.user("mentor")), typed()
    client.post(NEW, sent)
    answers.answer_note(GuidanceNote.objects.get(), answer="谢谢书记", actor=pair.trainee)
    more = sent | {"text": f"{TEXT}再写一次"}
    asked = client.post(NEW, more)
    client.post(NEW, more | {"submission": asked.context["form"]["submission"].value()})
    assert GuidanceNote.objects.count() == 2


def test_what_was_typed_for_a_note_that_is_closed_meanwhile_can_be_copied(pair, client_of):
    note = pair.write()
    client = client_of(pair.user("mentor"))
    answers.answer_note(note, answer="谢谢书记", actor=pair.trainee)
    answered = client.post(address("note_edit", note), typed(text="改过的话", version=note.version))
    Pairing.objects.filter(pk=pair.pairing.pk).update(ended_on=TODAY, end_kind="early", end_reason="调动")
    ended = client.post(address("note_edit", note), typed(text="改过的话", version=note.version))
    assert (answered.status_code, ended.status_code) == (403, 404)
    assert all("改过的话" in page.content.decode() for page in (answered, ended))


def test_an_answer_to_a_note_that_is_gone_can_be_copied(pair, client_of):
    note = pair.write()
    notes.void_note(note, reason="误录", actor=pair.mentor)
    page = client_of(pair.user("trainee")).post(address("note_answer", note), {"answer": "谢谢书记", "version": 1})
    assert (page.status_code, "谢谢书记" in page.content.decode()) == (404, True)


def test_having_read_twice_from_one_page_is_one_thing(pair, client_of):
    note, client = pair.write(), client_of(pair.user("trainee"))
    page = client.get(address("note_detail", note))
    sent = {"version": note.version, "submission": str(page.context["submission"])}
    statuses = [client.post(address("note_acknowledge", note), sent).status_code for _ in range(2)]
    assert statuses == [302, 302]


def test_two_accounts_never_share_a_page(pair, place, client_of):
    other = pairing_of(TraineeFactory.create(home_unit=place.town), PersonFactory.create(account=pair.user("leader")))
    sent = typed()
    client_of(pair.user("mentor")).post(NEW, sent)
    client_of(pair.user("leader")).post(f"{NEW}?pairing={other.pk}", sent)
    assert GuidanceNote.objects.count() == 2


def test_a_script_is_told_where_the_note_is(pair, client_of):
    answer = client_of(pair.user("mentor")).post(NEW, typed(), headers={"X-Qinglan-Send": "1", "HX-Request": "true"})
    assert (answer.status_code, answer.json()) == (201, {"url": address("note_sent", GuidanceNote.objects.get())})


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        (
            {"text": "字" * 20_000},
            "text",
            "No more than 2000 characters; there are 20000. Nothing is lost: shorten it and send again.",
        ),
        ({"text": ""}, "text", "Please fill this in."),
        ({"topic": "题" * 41}, "topic", "No more than 40 characters."),
        (
            {"text": "a\x00b"},
            "text",
            "This text contains an invisible control character (U+0000). Please type it again.",
        ),
        (
            {"text": "a\ufffdb"},
            "text",
            "This text contains an invisible control character (U+FFFD). Please type it again.",
        ),
        (
            {"next_step": "a\u202eb"},
            "next_step",
            "This text contains an invisible control character (U+202E). Please type it again.",
        ),
        (
            {"text": "机密★1年"},
            "text",
            REFUSED_TEXT,
        ),
        ({"next_step_on": "2026-12-01"}, "next_step", "Say what the next step is."),
        ({"happened_on": "2026-11-24"}, "happened_on", "This day has not come yet. Record it on that day."),
        ({"happened_on": "2025-08-31"}, "happened_on", "The pairing began on 1 Sep 2025: a note cannot be older."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(pair, client_of, values, field, message):
    sent = typed(**values)
    page = client_of(pair.user("mentor")).post(NEW, sent)
    form = page.context["form"]
    with translation.override("en"):
        assert form.errors[field][-1] == str(message)
    assert all(form[name].value() == value for name, value in sent.items())
    assert GuidanceNote.objects.count() == 0


def test_line_ends_count_once(pair, client_of):
    client_of(pair.user("mentor")).post(NEW, typed(text="一\r\n" * 999 + "二二"))
    assert len(GuidanceNote.objects.get().text) == 2000


def test_thirty_photos_at_once_are_refused_and_the_text_is_kept(pair, client_of):
    sent = typed(photos=[photo(number) for number in range(30)])
    page = client_of(pair.user("mentor")).post(NEW, sent)
    assert page.context["form"].errors["photos"] == [
        "You chose 30 files; at most 9 can be sent. What you typed is kept: choose again."
    ]
    assert TEXT in page.content.decode()
    assert (GuidanceNote.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_photo_is_removed_while_the_note_can_be_changed(pair, client_of):
    client = client_of(pair.user("mentor"))
    client.post(NEW, typed(photos=[photo(), photo(1)]))
    note, file = GuidanceNote.objects.get(), StoredFile.objects.first()
    url = reverse("mentorship:photo_remove", kwargs={"pk": note.pk, "photo": file.pk})
    assert client.get(url).status_code == 200
    assert client.post(url, {"version": file.version}).url == address("note_edit", note)
    assert StoredFile.objects.of(PHOTO, [note.pk]).count() == 1


def test_the_edit_page_changes_the_note_and_knows_its_values(pair, client_of):
    note = pair.write(topic="入户走访")
    client = client_of(pair.user("mentor"))
    form = client.get(address("note_edit", note)).context["form"]
    assert (form["topic"].value(), form["text"].value()) == ("入户走访", TEXT)
    client.post(address("note_edit", note), typed(text="改过的话", version=note.version))
    assert GuidanceNote.objects.get().text == "改过的话"


def test_a_next_step_is_ticked_on_the_page(pair, client_of):
    note = pair.write(next_step="走3户")
    client = client_of(pair.user("trainee"))
    client.post(address("note_step", note), {"version": note.version, "is_done": "1"})
    note.refresh_from_db()
    assert note.next_step_done_on == TODAY
    client.post(address("note_step", note), {"version": note.version})
    note.refresh_from_db()
    assert note.next_step_done_on is None


def test_a_button_that_cannot_act_any_more_says_why(pair, client_of):
    note = pair.write(next_step="走3户")
    client = client_of(pair.user("trainee"))
    GuidanceNote.objects.update(next_step="")
    page = client.post(address("note_step", note), {"version": note.version, "is_done": "on"}, follow=True)
    assert page.status_code == 403


@pytest.mark.parametrize("text", [" \u200b \u3000", "\n\n"])
def test_a_text_of_nothing_is_no_note(pair, client_of, text):
    page = client_of(pair.user("mentor")).post(NEW, typed(text=text))
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["text"])
    assert GuidanceNote.objects.count() == 0


def test_what_was_written_for_a_pairing_that_ended_is_shown_to_be_copied(pair, client_of):
    client = client_of(pair.user("mentor"))
    address_then = f"{NEW}?pairing={pair.pairing.pk}"
    Pairing.objects.update(ended_on=TODAY, end_kind="completed")
    page = client.post(address_then, typed(text="今天走了九户"))
    assert (page.status_code, "今天走了九户" in page.content.decode()) == (404, True)
    assert client.get(address_then).status_code == 403


@pytest.mark.parametrize("by_script", [True, False])
def test_a_note_written_from_the_file_leads_back_to_it(pair, client_of, by_script):
    client, file = client_of(pair.user("mentor")), reverse("growth:file", kwargs={"pk": pair.pairing.trainee_id})
    note = entry_links["mentorship.note"]
    [url] = [url for link, url in client.get(file).context["to_enter"] if link is note]
    assert f'class="ph-back" href="{file}"' in client.get(url).content.decode()
    headers = {"X-Qinglan-Send": "1", "HX-Request": "true"} if by_script else {}
    answer = client.post(url, typed(), headers=headers)
    page = client.get(answer.json()["url"] if by_script else answer["Location"]).content.decode()
    assert page.count(f'href="{file}"') == 2
