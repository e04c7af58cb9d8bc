"""Talks in the growth file: the same for staff, leaders and the person; nothing for anybody else; no text for anybody."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.care.own import own_context
from cadre_app.care.services import triggers
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


def head_of(care: Care, client_of: Any, who: str) -> tuple[Any, list[tuple[str, str]]]:
    """The line of the next talk, and what is coming of talks and visits."""
    context = client_of(care.user(who)).get(reverse("growth:file", kwargs={"pk": care.file.pk})).context
    line = next(line for line in context["lines"] if line.label == "Heart-to-heart talk")
    coming = [(item.title, str(item.day)) for item in context["head"]["coming"]]
    return line, [one for one in coming if one[0] in ("Heart-to-heart talk", "Planned visit")]


@pytest.mark.parametrize(
    ("who", "day", "detail", "coming"),
    [
        ("staff", "next by 20 Dec 2026", "Talk after an award", ["2026-12-20"]),
        ("leader", "next by 20 Dec 2026", "Talk after an award", ["2026-12-20"]),
        ("own", "next by 20 May 2027", "", []),
    ],
)
def test_the_head_tells_of_an_occasion_to_those_who_arrange_it(
    care: Care, client_of: Any, who: str, day: str, detail: str, coming: list[str]
) -> None:
    care.held()
    triggers.add_trigger(care.file, occasion="commended", happened_on=date(2026, 11, 20), actor=care.staff)
    line, found = head_of(care, client_of, who)
    assert (line.text, line.detail, [at for _title, at in found]) == (day, detail, coming)


@pytest.mark.parametrize("who", ["staff", "leader", "own"])
def test_the_head_tells_of_the_talk_that_waits(care: Care, client_of: Any, who: str) -> None:
    care.held()
    talk = care.planned(planned_on=date(2026, 12, 3))
    line, found = head_of(care, client_of, who)
    assert (line.text, line.url) == (
        "planned for 3 Dec 2026",
        reverse("care:talk_detail", kwargs={"pk": talk.pk}),
    )
    assert found == [("Heart-to-heart talk", "2026-12-03")]


def test_the_person_reads_when_a_talk_is_planned_and_not_why_nor_does_a_paper_say_it(
    care: Care, client_of: Any
) -> None:
    care.held()
    trigger = triggers.add_trigger(care.file, occasion="complaint", happened_on=date(2026, 11, 20), actor=care.staff)
    care.planned(occasion="complaint", trigger=trigger, planned_on=date(2026, 12, 3))
    shown = {
        (who, name): "residents spoke up"
        in client_of(care.user(who)).get(reverse(f"growth:{name}", kwargs={"pk": care.file.pk})).content.decode()
        for who in ("staff", "own")
        for name in ("file", "print")
    }
    page = client_of(care.user("own")).get(reverse("growth:file", kwargs={"pk": care.file.pk})).content.decode()
    assert '<div class="w">3 Dec 2026</div>' in page
    assert shown == {
        ("staff", "file"): True,
        ("staff", "print"): False,
        ("own", "file"): False,
        ("own", "print"): False,
    }


def test_the_regular_talk_stands_where_the_one_that_waits_is_far_off(care: Care, client_of: Any) -> None:
    care.held()
    care.planned(planned_on=date(2027, 9, 1))
    assert head_of(care, client_of, "staff")[0].text == "next by 20 May 2027"


def test_the_desk_of_the_person_names_the_same_day(care: Care) -> None:
    care.held()
    assert str(own_context(care.own)["next_on"]) == "2027-05-20"
    triggers.ask_for_talk(care.file, actor=care.own)
    asked = own_context(care.own)
    assert asked["next_on"] == asked["asked"].due_on
    care.planned(planned_on=date(2026, 12, 3))
    assert str(own_context(care.own)["next_on"]) == "2026-12-03"


@pytest.mark.parametrize("rows", [1, 3])
def test_what_lies_ahead_costs_the_same(care: Care, client_of: Any, rows: int, django_assert_num_queries: Any) -> None:
    care.held()
    for number in range(rows):
        care.planned(planned_on=date(2026, 12, 3 + number))
        triggers.add_trigger(
            care.file,
            occasion="commended",
            happened_on=date(2026, 11, 20 + number),
            actor=care.staff,
        )
    client = client_of(care.user("staff"))
    url = reverse("growth:file", kwargs={"pk": care.file.pk})
    client.get(url)
    with django_assert_num_queries(22):
        client.get(url)
