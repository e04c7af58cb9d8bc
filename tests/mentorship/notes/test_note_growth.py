from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.core.growth import Row, growth_sources
from cadre_app.growth.entries import entries_of
from cadre_app.growth.timeline import Timeline
from cadre_app.mentorship.models import Pairing, Visibility
from cadre_app.mentorship.note_columns import in_one_line
from cadre_app.mentorship.services import answers, check_ins
from cadre_app.people.access import resolve
from tests.factories import GrantFactory, PersonFactory
from tests.mentorship.notes.conftest import TEXT, pairing_of
from tests.people.conftest import TODAY

OURS = ("mentorship.note", "mentorship.check_in")


def rows_for(pair, name: str) -> list[Row]:
    """The entries of notes and check-ins on the file's timeline as this person gets it."""
    access = resolve(pair.user(name), pair.file)
    found = Timeline(pair.file, access).page(size=50, kind="mentoring").rows
    return [row for row in found if row.source in OURS]


def shown_to(pair, name: str) -> list[tuple[str, str]]:
    """Title and text of each entry, in English."""
    access = resolve(pair.user(name), pair.file)
    with translation.override("en"):
        words = [growth_sources[row.source].words(row, access) for row in rows_for(pair, name)]
    return [(each.title, each.text) for each in words]


@pytest.fixture
def _three(pair) -> None:
    for number, visibility in enumerate(Visibility.values):
        day = TODAY - timedelta(days=number)
        pair.write(topic=f"主题{number}", text=f"内容{number}", visibility=visibility, way="phone", happened_on=day)


SHARED = ("Guidance note: 主题0", "内容0")
DEPARTMENT = ("Guidance note: 主题1", "内容1")
PRIVATE = ("Guidance note: 主题2", "内容2")


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("mentor", [SHARED, DEPARTMENT, PRIVATE]),
        ("trainee", [SHARED]),
        ("staff", [SHARED, DEPARTMENT]),
        ("leader", [SHARED, DEPARTMENT]),
        ("liaison", [("Guidance note: By phone", "")]),
        ("other_staff", []),
    ],
)
def test_the_growth_file_shows_each_note_to_its_readers(pair, who, seen):
    assert shown_to(pair, who) == seen


@pytest.mark.usefixtures("_three")
def test_what_a_liaison_gets_holds_no_text_at_all(pair):
    [row] = rows_for(pair, "liaison")
    assert row.data == {
        "way": "phone", "mentor": "张清泉", "visibility": "shared", "topic": "", "text": "", "step": "",
    }  # fmt: skip


@pytest.mark.usefixtures("_three")
def test_a_liaison_who_mentors_too_reads_the_own_notes_and_dates_of_others(pair, place):
    other = PersonFactory.create(name="李书记")
    second = pairing_of(pair.file, other, kind="political")
    second.notes.create(author=other, happened_on=TODAY, way="face", text="别人的话", topic="别人的题")
    GrantFactory.create(user=pair.mentor, role="liaison", unit=place.town)
    assert sorted(shown_to(pair, "mentor")) == sorted(
        [SHARED, DEPARTMENT, PRIVATE, ("Guidance note: Face to face", "")]
    )


@pytest.mark.usefixtures("_three")
def test_a_former_mentor_finds_nothing(pair):
    Pairing.objects.update(ended_on=TODAY, end_kind="completed")
    assert rows_for(pair, "mentor") == []


def test_an_entry_says_that_the_note_was_read_and_leads_to_it(pair):
    note = pair.write(next_step="走3户")
    answers.acknowledge_note(note, actor=pair.trainee)
    access = resolve(pair.user("staff"), pair.file)
    [row] = rows_for(pair, "staff")
    with translation.override("en"):
        words = growth_sources[row.source].words(row, access)
    assert (words.text, words.state, words.by, words.url) == (
        f"{TEXT} Next step: 走3户",
        "ok",
        "张清泉 · Face to face",
        reverse("mentorship:note_detail", kwargs={"pk": note.pk}),
    )


def test_a_check_in_stands_for_itself_unless_the_viewer_reads_a_note_of_it(pair):
    def arranged():
        return check_ins.arrange_check_in(pair.pairing, planned_on=TODAY, place="村部", actor=pair.mentor)

    check_ins.hold_check_in(arranged(), held_on=TODAY, actor=pair.mentor)
    arranged()
    pair.write(happened_on=TODAY)
    arranged()
    pair.write(happened_on=TODAY, visibility=Visibility.DEPARTMENT)
    kinds = {name: sorted(row.source for row in rows_for(pair, name)) for name in ("trainee", "liaison", "staff")}
    assert kinds == {
        "trainee": ["mentorship.check_in", "mentorship.check_in", "mentorship.note"],
        "liaison": ["mentorship.check_in", "mentorship.check_in", "mentorship.note"],
        "staff": ["mentorship.check_in", "mentorship.note", "mentorship.note"],
    }


def test_a_paper_names_the_check_in_in_the_place_of_a_note_of_the_department_alone(pair):
    check_ins.arrange_check_in(pair.pairing, planned_on=TODAY, place="村部", actor=pair.mentor)
    pair.write(happened_on=TODAY, topic="只给组织部", visibility=Visibility.DEPARTMENT)
    access = replace(resolve(pair.user("staff"), pair.file), on_paper=True)
    with translation.override("en"):
        rows = Timeline(pair.file, access).page(size=50, kind="mentoring").rows
        titles = [entry.title for entry in entries_of([row for row in rows if row.source in OURS], access)]
    assert titles == ["Check-in in 村部"]


def test_what_was_called_off_or_voided_is_no_entry(pair):
    open_one = check_ins.arrange_check_in(pair.pairing, planned_on=TODAY, actor=pair.mentor)
    check_ins.call_off_check_in(open_one, reason="台风", actor=pair.mentor)
    note = pair.write()
    note.voided_at = note.created_at
    note.save()
    assert rows_for(pair, "staff") == []


@pytest.mark.parametrize("notes", [1, 3])
def test_the_page_of_the_file_asks_the_same_whatever_it_holds(pair, client_of, notes, django_assert_max_num_queries):
    for number in range(notes):
        pair.write(happened_on=TODAY - timedelta(days=number))
    client = client_of(pair.user("staff"))
    with django_assert_max_num_queries(25):
        client.get(reverse("growth:file", kwargs={"pk": pair.file.pk}))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("走了9户。\r\n他记得细。", "走了9户。他记得细。"),
        ("去了村部\n\n 谈水渠", "去了村部谈水渠"),
        ("He met six\nhouseholds", "He met six households"),
        ("走了 9 户", "走了 9 户"),
    ],
)
def test_lines_of_a_note_stand_behind_each_other(text, line):
    assert in_one_line(text) == line
