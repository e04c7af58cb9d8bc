"""What the person concerned is told of a booked talk: until its day, when it is moved, when it is off and on again."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from cadre_app.care.models import Talk
from cadre_app.care.services import talks
from cadre_app.core.reminding import reminder_rules
from cadre_app.reminders.models import Notice, Occurrence
from cadre_app.reminders.services.sweeping import sweep
from cadre_app.reminders.wording import kept_words
from tests.care.conftest import TODAY, Care
from tests.care.test_rules import due, words

pytestmark = pytest.mark.django_db
MOVED = "care.own_talk_moved"


def test_the_person_concerned_is_told_of_the_booked_talk_until_its_day(care: Care) -> None:
    talks.book_talk(
        care.planned(),
        booked_on=TODAY,
        booked_time=time(9, 30),
        place="部里",
        interviewer=care.leader,
        actor=care.staff,
    )
    assert due("care.own_talk", TODAY - timedelta(days=1)) == []
    assert due("care.own_talk") == [(TODAY, care.file.pk, care.own.pk)]
    rule = reminder_rules["care.own_talk"]
    assert [rule.visible(rule.rows(), care.user(name)).exists() for name in ("own", "staff", "leader")] == [1, 0, 0]
    assert words("care.own_talk", care).why == "You are invited to a talk at 09:30 on 23 Nov 2026, 部里."
    with time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=UTC)):
        assert (due("care.own_talk"), len(due("care.talk_booked"))) == ([], 1)


def booked(care: Care, **values: Any) -> Any:
    known = {
        "booked_on": date(2026, 12, 1),
        "booked_time": time(9, 30),
        "place": "部里",
        "interviewer": care.leader,
        "actor": care.staff,
    }
    return talks.book_talk(care.planned(), **known | values)  # type: ignore[arg-type]


def test_the_person_is_told_that_a_booked_talk_is_off(care: Care, client_of: Any) -> None:
    talks.void_talk(care.planned(), reason="误录", actor=care.staff)
    assert due("care.own_talk_off") == []
    talk = talks.void_talk(booked(care), reason="误录", actor=care.staff)
    assert due("care.own_talk_off") == [(TODAY, care.file.pk, care.own.pk)]
    found = words("care.own_talk_off", care)
    assert (found.title, found.why) == (
        "Talk called off",
        "The talk at 09:30 on 1 Dec 2026, 部里, does not take place.",
    )
    rule = reminder_rules["care.own_talk_off"]
    assert [rule.visible(rule.rows(), care.user(name)).exists() for name in ("own", "staff", "leader")] == [1, 0, 0]
    assert client_of(care.user("own")).get(found.url).status_code == 200
    with time_machine.travel(datetime(2026, 12, 2, 10, tzinfo=UTC)):
        assert due("care.own_talk_off") == []
    talks.restore_talk(talk, actor=care.staff)
    assert due("care.own_talk_off") == []


def moved(care: Care, talk: Talk, **values: Any) -> Talk:
    known = {"booked_on": date(2026, 12, 10), "booked_time": time(9), "place": "另一室", "interviewer": care.leader}
    return talks.book_talk(talk, **known | values, actor=care.staff)  # type: ignore[arg-type]


def test_the_person_is_told_at_once_that_a_booked_talk_was_moved(care: Care, client_of: Any) -> None:
    talk = booked(care)
    assert due(MOVED) == []
    talk = moved(care, talk)
    assert due(MOVED) == [(TODAY, care.file.pk, care.own.pk)]
    found = words(MOVED, care)
    assert (found.title, found.why) == (
        "Talk moved",
        "The talk (1 Dec 2026, 09:30, 部里) was moved. It now is: 10 Dec 2026, 09:00, 另一室.",
    )
    rule = reminder_rules[MOVED]
    assert [rule.visible(rule.rows(), care.user(name)).exists() for name in ("own", "staff", "leader")] == [1, 0, 0]
    assert client_of(care.user("own")).get(found.url).status_code == 200
    with time_machine.travel(datetime(2026, 12, 11, 10, tzinfo=UTC)):
        assert due(MOVED) == []
    talks.cancel_talk(talk, reason="出差", actor=care.staff)
    assert due(MOVED) == []


def test_each_move_of_a_day_is_told(care: Care) -> None:
    talk = moved(care, booked(care))
    sweep()
    talk = moved(care, talk, place="第三室")
    sweep()
    assert words(MOVED, care).why == (
        "The talk (10 Dec 2026, 09:00, 另一室) was moved. It now is: 10 Dec 2026, 09:00, 第三室."
    )
    assert Notice.objects.filter(occurrence__rule=MOVED, recipient=care.own).count() == 2


@pytest.mark.parametrize(("room", "told"), [("另一室", 1), ("部里", 0)])
def test_another_place_is_a_move_whoever_else_holds_the_talk(care: Care, room: str, told: int) -> None:
    talk = booked(care)
    values = {"kind": talk.kind, "occasion": talk.occasion, "topics": ["plans"], "interviewer": care.colleague}
    talks.change_talk(talk, **values, place=room, actor=care.staff)
    assert len(due(MOVED)) == told


def test_what_was_told_of_the_day_before_names_no_appointment_that_never_was(care: Care) -> None:
    talk = booked(care, booked_on=TODAY + timedelta(days=1))
    sweep()
    moved(care, talk)
    sweep()
    readers = {"care.own_talk": care.user("own"), "care.talk_booked": care.user("leader")}
    items = Occurrence.objects.filter(rule__in=readers).exclude(closed_at=None)
    with translation.override("en"):
        said = {item.rule: kept_words([item], readers[item.rule])[item.pk].why for item in items}
    text = "The talk of 24 Nov 2026 was moved to 09:00 on 10 Dec 2026, 另一室."
    assert said == {"care.own_talk": text, "care.talk_booked": text}


@pytest.mark.parametrize("way", ["cancelled", "voided"])
def test_the_person_is_told_that_a_talk_which_was_off_takes_place_after_all(care: Care, way: str) -> None:
    talk = booked(care)
    if way == "cancelled":
        talk = talks.cancel_talk(talk, reason="出差", actor=care.staff)
        talks.reopen_talk(talk, actor=care.staff)
    else:
        talks.restore_talk(talks.void_talk(talk, reason="误录", actor=care.staff), actor=care.staff)
    assert (due("care.own_talk_off"), due(MOVED)) == ([], [(TODAY, care.file.pk, care.own.pk)])
    found = words(MOVED, care)
    assert (found.title, found.why) == (
        "Talk takes place after all",
        "The talk takes place as it was arranged: 1 Dec 2026, 09:30, 部里.",
    )


def test_what_was_told_of_a_talk_that_was_off_does_not_say_so_of_its_new_day(care: Care) -> None:
    talk = talks.cancel_talk(booked(care), reason="出差", actor=care.staff)
    sweep()
    moved(care, talks.reopen_talk(talk, actor=care.staff))
    sweep()
    [item] = Occurrence.objects.filter(rule="care.own_talk_off")
    with translation.override("en"):
        said = kept_words([item], care.user("own"))[item.pk].why
    assert said == "It was off and takes place after all: at 09:00 on 10 Dec 2026, 另一室."


def test_the_inbox_of_the_person_tells_of_the_move(care: Care, client_of: Any) -> None:
    moved(care, booked(care))
    sweep()
    page = client_of(care.user("own")).get(reverse("reminders:inbox")).content.decode()
    assert "It now is: 10 Dec 2026, 09:00, 另一室." in page
