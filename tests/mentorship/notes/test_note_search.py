"""Texts of notes are found by whoever reads them, at once and as they stand; private ones by nobody."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cadre_app.mentorship.models import GuidanceNote, Visibility
from cadre_app.mentorship.services import answers, corrections, notes
from cadre_app.people.models import Relative, Trainee
from tests.factories import PersonFactory, TraineeFactory
from tests.mentorship.notes.conftest import Pair, pairing_of
from tests.people.conftest import TODAY
from tests.search.looking import finders, look, snippets

KEY = "mentorship.notes"


def readers(pair: Pair) -> list[Any]:
    return [pair.staff, pair.leader, pair.mentor, pair.trainee, pair.liaison, pair.other_staff]


@pytest.mark.parametrize(
    ("visibility", "found"),
    [
        (Visibility.SHARED, [1, 1, 1, 1, 0, 0]),
        (Visibility.DEPARTMENT, [1, 1, 1, 0, 0, 0]),
        (Visibility.PRIVATE, [0, 0, 0, 0, 0, 0]),
    ],
)
def test_only_readers_of_a_note_find_it(pair: Pair, visibility: str, found: list[int]) -> None:
    pair.write(text="看了茶园改造进度。", visibility=visibility)
    assert finders(KEY, "茶园", *readers(pair)) == found


@pytest.mark.parametrize(
    "typed", ["茶", "茶园", "茶园改", "茶园改造", "园 茶", "改造 高山", "ＡＩ", "ai", "ai 12", "12亩", "１２"]
)
def test_one_sign_several_words_and_any_width(pair: Pair, typed: str) -> None:
    pair.write(topic="高山基地", text="茶园改造12亩，试用ＡＩ识别。", next_step="再看一次")
    pair.write(text="只走访了一户。")
    assert finders(KEY, typed, pair.staff, pair.mentor) == [1, 1]


@pytest.mark.parametrize("typed", ["茶叶", "造茶", "茶园 水渠", "1２3", "园，改"])
def test_what_does_not_stand_there_is_not_found(pair: Pair, typed: str) -> None:
    pair.write(topic="高山基地", text="茶园改造12亩。")
    assert finders(KEY, typed, pair.staff, pair.mentor) == [0, 0]


def test_a_hit_says_whose_note_it_is_and_opens_it(pair: Pair) -> None:
    note = pair.write(text="看了茶园改造。", visibility=Visibility.DEPARTMENT)
    [hit] = look(KEY, pair.staff, "茶园").hits
    assert (hit.place.title, hit.place.day) == ("陈嘉穗", TODAY)
    assert hit.place.detail == f"张清泉 · {note.get_way_display()} · {note.get_visibility_display()}"
    assert hit.place.url == reverse("mentorship:note_detail", kwargs={"pk": note.pk})


def test_a_note_is_found_by_what_it_says_now(pair: Pair) -> None:
    note = pair.write(text="看了茶园改造。")
    notes.change_note(
        note, happened_on=note.happened_on, way=note.way, topic="", text="看了水渠修复。", next_step="", next_step_on=None,
        visibility=note.visibility, actor=pair.mentor,
    )  # fmt: skip
    assert (snippets(KEY, pair.staff, "茶园"), snippets(KEY, pair.staff, "水渠")) == ([], ["看了[水渠]修复。"])
    notes.void_note(GuidanceNote.objects.get(), reason="误录", actor=pair.staff)
    assert finders(KEY, "水渠", *readers(pair)) == [0] * 6


def test_a_note_that_was_corrected_is_found_by_its_correction_alone(pair: Pair) -> None:
    note = pair.write(text="看了茶园改造。")
    GuidanceNote.objects.update(created_at=timezone.now() - timedelta(days=60))
    corrections.correct_note(
        GuidanceNote.objects.get(), happened_on=note.happened_on, way="face", topic="", text="看了茶厂改造。", next_step="",
        actor=pair.mentor,
    )  # fmt: skip
    assert snippets(KEY, pair.staff, "改造") == ["看了茶厂[改造]。"]


def test_the_answer_and_the_next_step_are_looked_through(pair: Pair) -> None:
    note = pair.write(text="看了改造。", next_step="联系农技站")
    answers.answer_note(note, answer="已与茶农约好", actor=pair.trainee)
    assert snippets(KEY, pair.mentor, "茶农") == ["已与[茶农]约好"]
    assert snippets(KEY, pair.trainee, "农技") == ["联系[农技]站"]


def test_relatives_and_the_own_file_stay_out_of_what_staff_find(pair: Pair) -> None:
    pair.write(text="看了茶园。", visibility=Visibility.DEPARTMENT)
    own = PersonFactory.create(name="程昱晗", account=pair.staff)
    Relative.objects.create(person=own, relation="外甥", name="陈嘉穗", other=pair.file.person)
    assert finders(KEY, "茶园", pair.staff, pair.leader) == [0, 1]


def test_an_ended_pairing_and_a_voided_file_are_closed_to_the_search(pair: Pair) -> None:
    pair.write(text="看了茶园。")
    type(pair.pairing).objects.update(ended_on=TODAY, end_kind="completed")
    assert finders(KEY, "茶园", pair.mentor, pair.staff, pair.trainee) == [0, 1, 1]
    Trainee.objects.update(voided_at=timezone.now())
    assert finders(KEY, "茶园", pair.mentor, pair.staff, pair.trainee) == [0, 0, 0]


def test_whoever_works_for_many_pairings_finds_the_same(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cadre_app.mentorship.search.FEW", 0)
    pair.write(text="看了茶园。")
    elsewhere = TraineeFactory.create(home_unit=pair.file.home_unit)
    other = pairing_of(elsewhere, PersonFactory.create(name="李守田"))
    notes.add_note(other, happened_on=date(2026, 1, 5), way="face", text="也看茶园。", actor=None)
    assert snippets(KEY, pair.staff, "茶园") == ["看了[茶园]。", "也看[茶园]。"]
    assert finders(KEY, "茶园", pair.leader, pair.mentor, pair.trainee, pair.other_staff) == [2, 1, 1, 0]
