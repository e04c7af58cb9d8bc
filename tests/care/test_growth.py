"""Talks in the growth file: the same for staff, leaders and the person; nothing for anybody else; no text for anybody."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.core.growth import growth_sources
from cadre_app.growth.timeline import Timeline
from cadre_app.people.access import resolve
from tests.care.conftest import ANSWER, SECRET, Care

pytestmark = pytest.mark.django_db
TITLE = "Work in the village and ties with residents"


def shown_to(care: Care, name: str) -> list[tuple[str, str, str]]:
    access = resolve(care.user(name), care.file)
    rows = Timeline(care.file, access).page(size=50, kind="talks").rows
    with translation.override("en"):
        words = [growth_sources[row.source].words(row, access) for row in rows]
    return [(each.title, each.text, each.label) for each in words]


@pytest.mark.parametrize("who", ["staff", "leader", "own"])
def test_time_topic_state_and_follow_up(care: Care, who: str) -> None:
    care.raised(care.held())
    follow_up = "Follow-up: 办公电脑老旧 (with 澜桥街道党政办, by 5 Dec 2026)"
    assert shown_to(care, who) == [(TITLE, follow_up, "Follow-up due")]


@pytest.mark.parametrize("who", ["liaison", "other_staff"])
def test_others_see_no_talk(care: Care, who: str) -> None:
    care.held()
    assert shown_to(care, who) == []


def test_what_is_planned_or_cancelled_is_no_entry(care: Care) -> None:
    care.planned()
    assert shown_to(care, "staff") == []


@pytest.mark.parametrize(("who", "is_told"), [("staff", True), ("leader", True), ("own", False), ("liaison", False)])
def test_an_overdue_talk_is_missing_for_those_who_arrange_it(
    care: Care, client_of: Any, who: str, *, is_told: bool
) -> None:
    page = client_of(care.user(who)).get(reverse("growth:file", kwargs={"pk": care.file.pk})).content.decode()
    assert ("A talk was due by 1 Jan 2026" in page) == is_told


def test_a_planned_talk_is_no_longer_missing(care: Care, client_of: Any) -> None:
    care.planned()
    page = client_of(care.user("staff")).get(reverse("growth:file", kwargs={"pk": care.file.pk})).content.decode()
    assert "A talk was due by" not in page


@pytest.mark.parametrize("who", ["staff", "leader", "own", "liaison"])
def test_the_file_and_its_print_hold_no_text(care: Care, client_of: Any, who: str) -> None:
    care.held()
    client = client_of(care.user(who))
    pages = [client.get(reverse(f"growth:{name}", kwargs={"pk": care.file.pk})) for name in ("file", "print")]
    assert [word for page in pages for word in (SECRET, ANSWER) if word in page.content.decode()] == []
