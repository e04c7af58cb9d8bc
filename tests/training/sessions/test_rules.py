"""What the bell says of sessions: the class tomorrow, and what is to be told about a place."""

from datetime import date

import pytest
from django.utils import translation

from cadre_app.core.reminding import reminder_rules
from cadre_app.training.models import CourseSession, Enrolment, Place, SessionState
from tests.training.factories import enrol

UNTIL = date(2026, 12, 31)


def due(key, until=UNTIL):
    rows = reminder_rules[key].dues(until)
    return [(row.due_day, row.trainee_key, row.doer_key) for row in rows]


def words(key, user):
    rule = reminder_rules[key]
    with translation.override("en"):
        return [rule.words(row, row.due_day, user).why for row in rule.visible(rule.dues(UNTIL), user)]


def test_the_class_of_tomorrow_is_told_to_those_with_a_place_and_to_the_teacher(room):
    person = room.person("林安")
    enrol(room.session, person)
    enrol(room.session, room.person("林博"), Place.WAITING)
    user, day = room.user("林安"), date(2026, 12, 3)
    assert due("training.session_tomorrow") == [(day, person.pk, user.pk)]
    assert due("training.session_teaching") == [(day, None, room.teacher.pk)]
    assert due("training.session_tomorrow", date(2026, 12, 2)) == []
    CourseSession.objects.update(starts_on=date(2026, 11, 24))
    text = "“调研报告的问题与对策” begins tomorrow at 09:00, 区委党校203教室."
    assert (words("training.session_tomorrow", user), words("training.session_teaching", room.teacher)) == (
        [text],
        [text],
    )
    assert words("training.session_tomorrow", room.user("林博")) == []


@pytest.mark.parametrize("change", [{"state": SessionState.CANCELLED, "cancel_reason": "防汛"}, {"state": "planned"}])
def test_a_session_that_is_not_open_is_not_told_as_tomorrows(room, change):
    enrol(room.session, room.person("林安"))
    CourseSession.objects.update(**change)
    assert (due("training.session_tomorrow"), due("training.session_teaching")) == ([], [])


@pytest.mark.parametrize(
    ("row", "session", "text"),
    [
        ({}, {}, "You have a place in “调研报告的问题与对策”, which begins at 09:00 on 3 Dec 2026, 区委党校203教室."),
        (
            {},
            {"moved_on": date(2026, 11, 23)},
            "“调研报告的问题与对策” was moved: it now begins at 09:00 on 3 Dec 2026, 区委党校203教室.",
        ),
        (
            {"place": Place.WAITING},
            {},
            "You are on the waiting list of “调研报告的问题与对策” on 3 Dec 2026 and will be told when a place is free.",
        ),
        (
            {"place": Place.DECLINED, "decline_reason": "本周参加专班"},
            {},
            "You were taken off the list of “调研报告的问题与对策”: 本周参加专班",
        ),
        (
            {},
            {"state": SessionState.CANCELLED, "cancel_reason": "防汛应急响应"},
            "“调研报告的问题与对策” on 3 Dec 2026 is cancelled: 防汛应急响应",
        ),
    ],
)
def test_a_place_is_told_until_the_person_took_note(room, row, session, text):
    placed = enrol(room.session, room.person("林安"))
    Enrolment.objects.update(**row)
    CourseSession.objects.update(**session)
    user = room.user("林安")
    assert due("training.place") == [(date(2026, 11, 23), placed.trainee_id, user.pk)]
    assert words("training.place", user) == [text]
    Enrolment.objects.update(told_at="2026-11-23T12:00:00+08:00")
    assert due("training.place") == []


@pytest.mark.parametrize(
    "change", [{"state": "planned"}, {"starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 1)}]
)
def test_nothing_is_told_of_a_session_that_is_planned_or_over(room, change):
    enrol(room.session, room.person("林安"))
    CourseSession.objects.update(**change)
    assert due("training.place") == []
