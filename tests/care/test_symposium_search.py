"""Shared minutes and remarks of symposiums are found by whoever reads them; the restricted text by nobody."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from cadre_app.care.models import Remark, Symposium
from cadre_app.care.services import notes, remarks, symposiums
from tests.care.conftest import Care
from tests.care.symposiums import SECRET, held, notified
from tests.search.looking import finders, look, snippets

pytestmark = pytest.mark.django_db
MINUTES, REMARKS = "care.symposiums", "care.remarks"
READERS = ("staff", "leader", "own", "liaison", "other_staff")


def by(care: Care, key: str, typed: str) -> list[int]:
    return finders(key, typed, *(care.user(name) for name in READERS))


def test_minutes_are_found_by_the_unit_and_by_those_on_the_list(care: Care) -> None:
    symposium = held(care)
    symposiums.write_minutes(symposium, minutes="大家谈到茶园改造。", actor=care.staff)
    assert by(care, MINUTES, "茶园") == [1, 1, 1, 0, 0]
    [hit] = look(MINUTES, care.user("own"), "茶园").hits
    assert (hit.place.title, hit.place.url) == (
        symposium.title,
        reverse("care:symposium_detail", kwargs={"pk": symposium.pk}),
    )
    Symposium.objects.update(voided_at=timezone.now())
    assert by(care, MINUTES, "茶园") == [0] * 5


def test_a_symposium_that_has_not_taken_place_is_not_found(care: Care) -> None:
    notified(care, agenda="谈茶园改造")
    assert by(care, MINUTES, "茶园") == [0] * 5


def test_the_restricted_text_is_found_by_nobody(care: Care) -> None:
    symposium = held(care)
    notes.write_note(symposium, note=SECRET, actor=care.staff)
    assert (by(care, MINUTES, "思想波动"), by(care, REMARKS, "思想波动")) == ([0] * 5, [0] * 5)


def test_a_remark_names_its_speaker_or_nobody(care: Care) -> None:
    symposium = held(care)
    remarks.add_remark(symposium, text="茶园缺水。", trainee=care.file, actor=care.staff)
    remarks.add_remark(symposium, text="茶园缺路。", trainee=care.file, is_anonymous=True, actor=care.staff)
    remarks.add_remark(symposium, text="茶园缺人。", speaker="村书记", actor=care.staff)
    with translation.override("en"):
        titles = [hit.place.title for hit in look(REMARKS, care.user("own"), "茶园").hits]
    assert sorted(titles) == ["Without a name", "村书记", "林知远"]
    assert by(care, REMARKS, "缺水") == [1, 1, 1, 0, 0]
    assert snippets(REMARKS, care.user("staff"), "缺路") == ["茶园[缺路]。"]
    Remark.objects.update(voided_at=timezone.now())
    assert by(care, REMARKS, "缺水") == [0] * 5
