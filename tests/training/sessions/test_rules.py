"""What the bell says of sessions: the class tomorrow, and what is to be told about a place."""

from datetime import date, time
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from cadre_app.accounts.models import AccountKind
from cadre_app.core.reminding import reminder_rules
from cadre_app.reminders.models import Notice
from cadre_app.reminders.services.sweeping import sweep
from cadre_app.training.models import (
    ClassMeeting,
    CourseSession,
    News,
    Place,
    PlaceNews,
    SessionState,
    TeachingEvent,
    TeachingNews,
)
from cadre_app.training.services import meetings, news, rosters, seats, sessions
from cadre_app.training.services.teaching_news import tell_teacher
from tests.factories import UserFactory
from tests.training.factories import enrol, make_session, make_teacher

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
    ClassMeeting.objects.update(held_on=date(2026, 11, 24))
    text = "“调研报告的问题与对策” begins tomorrow at 09:00, 区委党校203教室."
    assert (words("training.session_tomorrow", user), words("training.session_teaching", room.teacher)) == (
        [text],
        [text],
    )
    assert words("training.session_tomorrow", room.user("林博")) == []


def test_a_later_class_is_told_too_but_not_each_day_of_a_run(room):
    person = room.person("林安")
    enrol(room.session, person)
    for day in (4, 10):
        further(room, date(2026, 12, day))
    seen = []
    for today in ("2026-12-02", "2026-12-03", "2026-12-04", "2026-12-09"):
        with time_machine.travel(f"{today}T18:00:00+08:00", tick=False):
            seen.append([day.day for day, _trainee, _doer in due("training.session_tomorrow")])
            last = words("training.session_tomorrow", room.user("林安"))
    assert seen == [[3], [], [10], [10]]
    assert last == ["The next class of “调研报告的问题与对策” is tomorrow at 14:00, 区委党校203教室."]


def test_what_has_begun_is_not_told_as_about_to_begin(room):
    enrol(room.session, room.person("林安"))
    seen = []
    for moment in ("08:59", "09:00"):
        with time_machine.travel(f"2026-12-03T{moment}:00+08:00", tick=False):
            seen.append((len(due("training.session_tomorrow")), len(due("training.session_teaching"))))
    assert seen == [(1, 1), (0, 0)]


@pytest.mark.parametrize("change", [{"state": SessionState.CANCELLED, "cancel_reason": "防汛"}, {"state": "planned"}])
def test_a_session_that_is_not_open_is_not_told_as_tomorrows(room, change):
    enrol(room.session, room.person("林安"))
    CourseSession.objects.update(**change)
    assert (due("training.session_tomorrow"), due("training.session_teaching")) == ([], [])


def invite(room, *names):
    rosters.place_many(room.session, trainees=[room.person(name) for name in names], actor=room.staff)


def change(room, meeting, **values):
    known = {name: getattr(meeting, name) for name in ("held_on", "starts_at", "ends_at", "hours", "place")}
    meetings.change_meeting(meeting, **known | values, actor=room.staff)


def further(room, day=date(2026, 12, 10)):
    known = {"starts_at": time(14), "ends_at": time(17), "hours": Decimal(3), "actor": room.staff}
    return meetings.add_meeting(room.again(), held_on=day, **known)


def cancel(room):
    sessions.cancel_session(room.again(), reason="防汛应急响应", actor=room.staff)


def take_up(room):
    cancel(room)
    sessions.reopen_session(room.again(), actor=room.staff)


def edit(room, **values):
    session = room.again()
    known = {name: getattr(session, name) for name in ("programme", "capacity", "mode", "teacher", "place")}
    sessions.change_session(session, **known | values, actor=room.staff)


def elsewhere(room):
    edit(room, place="区委党校101教室")


def twice(room):
    for day in (4, 7):
        change(room, room.session.meetings.get(), held_on=date(2026, 12, day))


EVENTS = {
    "invited": (
        lambda room: None,
        "You have a place in “调研报告的问题与对策”, which begins at 09:00 on 3 Dec 2026, 区委党校203教室.",
    ),
    "taken off": (
        lambda room: rosters.leave(room.row("林安"), reason="本周参加专班", actor=room.staff),
        "You were taken off the list of “调研报告的问题与对策”: 本周参加专班",
    ),
    "cancelled": (cancel, "“调研报告的问题与对策” on 3 Dec 2026 is cancelled: 防汛应急响应"),
    "taken up": (
        take_up,
        "“调研报告的问题与对策” is held after all: the next class is at 09:00 on 3 Dec 2026, 区委党校203教室.",
    ),
    "another place": (
        elsewhere,
        "“调研报告的问题与对策” is held at another place: the next class is at 09:00 on 3 Dec 2026, 区委党校101教室.",
    ),
    "another place for some classes": (
        lambda room: (room.session.meetings.update(place="行政楼305"), further(room), elsewhere(room)),
        "“调研报告的问题与对策” is held at another place: 区委党校101教室; only classes with a place of their own stay.",
    ),
    "in a classroom": (
        lambda room: (edit(room, mode="online"), edit(room, mode="classroom")),
        "“调研报告的问题与对策” is held in a classroom now: the next class is at 09:00 on 3 Dec 2026, 区委党校203教室.",
    ),
    "online": (
        lambda room: edit(room, mode="online"),
        "“调研报告的问题与对策” is held online now: the next class is at 09:00 on 3 Dec 2026.",
    ),
    "to be brought": (
        lambda room: edit(room, note="请带笔记本电脑"),
        "“调研报告的问题与对策” on 3 Dec 2026, to be brought or prepared: 请带笔记本电脑",
    ),
    "class added": (further, "“调研报告的问题与对策” has one more class: at 14:00 on 10 Dec 2026, 区委党校203教室."),
    "second class moved": (
        lambda room: change(room, further(room), held_on=date(2026, 12, 11)),
        (
            "The class of “调研报告的问题与对策” planned for 10 Dec 2026 14:00 was moved: "
            "it is now at 14:00 on 11 Dec 2026, 区委党校203教室."
        ),
    ),
    "class moved twice": (
        twice,
        (
            "The class of “调研报告的问题与对策” planned for 4 Dec 2026 09:00 was moved: "
            "it is now at 09:00 on 7 Dec 2026, 区委党校203教室."
        ),
    ),
    "another end": (
        lambda room: change(room, room.session.meetings.get(), ends_at=time(11, 30)),
        "The class of “调研报告的问题与对策” at 09:00 on 3 Dec 2026 was changed: it lasts until 11:30, 区委党校203教室.",
    ),
    "class dropped": (
        lambda room: meetings.void_meeting(further(room), reason="合并", actor=room.staff),
        "The class of “调研报告的问题与对策” at 14:00 on 10 Dec 2026 is not held.",
    ),
}


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_is_an_item_of_its_own_until_the_person_took_note(room, event):
    happens, text = EVENTS[event]
    invite(room, "林安")
    user, first = room.user("林安"), list(reminder_rules["training.place"].dues(UNTIL))
    happens(room)
    rows = list(reminder_rules["training.place"].dues(UNTIL))
    assert ({row.due_day for row in rows}, {row.doer_key for row in rows}) == ({date(2026, 11, 23)}, {user.pk})
    assert (text in words("training.place", user), rows == first) == (True, event == "invited")
    seats.take_note(room.row("林安"), actor=user)
    assert due("training.place") == []


def test_a_second_message_of_one_day_rings_again(room, hours_not_asked):
    invite(room, "林安", "林博", "林楚")
    sweep()
    seats.take_note(room.row("林楚"), actor=room.user("林楚"))
    rosters.decline(room.row("林安"), reason="下乡防汛", actor=room.user("林安"))
    sweep()
    change(room, room.session.meetings.get(), held_on=date(2026, 12, 4))
    sweep()
    notices = Notice.objects.filter(occurrence__rule="training.place", channel="inbox")
    assert {name: notices.filter(recipient=room.user(name)).count() for name in ("林安", "林博", "林楚")} == {
        "林安": 1,
        "林博": 2,
        "林楚": 3,
    }
    assert any(text.startswith("A place is free for you") for text in words("training.place", room.user("林楚")))


def test_of_a_session_taken_up_again_each_is_told_how_they_stand(room):
    invite(room, "林安", "林博", "林楚", "林丹")
    cancel(room)
    other = make_session(room.session.course, on=date(2026, 12, 10))
    rosters.place_many(other, trainees=[room.person("林安")], actor=room.staff)
    sessions.reopen_session(room.again(), actor=room.staff)
    begin = {
        name: [text[:40] for text in words("training.place", room.user(name))] for name in ("林博", "林楚", "林丹")
    }
    assert begin == {
        "林博": ["“调研报告的问题与对策” is held after all: the next"],
        "林楚": ["A place is free for you in “调研报告的问题与对策”,"],
        "林丹": ["“调研报告的问题与对策” on 3 Dec 2026 is held after"],
    }
    assert words("training.place", room.user("林丹"))[0].endswith("will be told when a place is free.")


def test_who_comes_after_a_change_is_only_told_of_the_place(room):
    elsewhere(room)
    invite(room, "林安")
    CourseSession.objects.update(starts_on=date(2026, 11, 20))
    assert words("training.place", room.user("林安")) == [
        "You have a place in “调研报告的问题与对策”; the next class is at 09:00 on 3 Dec 2026, 区委党校101教室."
    ]


@pytest.mark.parametrize(
    "change", [{"state": "planned"}, {"starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 1)}]
)
def test_nothing_is_told_of_a_session_that_is_planned_or_over(room, change):
    invite(room, "林安")
    CourseSession.objects.update(**change)
    assert due("training.place") == []


def test_a_planned_session_tells_its_roster_once_it_is_opened(room):
    CourseSession.objects.update(state="planned")
    invite(room, *"甲乙丙")
    further(room)
    sessions.open_session(room.again(), actor=room.staff)
    assert [words("training.place", room.user(name))[0][:20] for name in "甲丙"] == [
        "You have a place in ",
        "You are on the waiti",
    ]
    assert PlaceNews.objects.count() == 3


def test_telling_many_asks_no_more_than_telling_one(room, django_assert_num_queries):
    CourseSession.objects.update(capacity=9)
    invite(room, "林安")
    rows = list(room.again().enrolments.all())
    with django_assert_num_queries(2):
        news.tell(rows, News.INVITED)
    invite(room, "林博", "林楚")
    rows = list(room.again().enrolments.all())
    with django_assert_num_queries(2):
        news.tell(rows, News.INVITED)


def test_staff_are_rung_for_a_planned_session_that_nobody_opened(room):
    rule, key = reminder_rules["training.session_unopened"], "training.session_unopened"
    assert due(key) == []
    CourseSession.objects.update(state=SessionState.PLANNED)
    assert (due(key), due(key, date(2026, 12, 2))) == ([(date(2026, 12, 3), None, None)], [])
    assert (len(words(key, room.staff)), words(key, room.teacher), rule.leads) == (1, [], (7, 3, 1, 0))
    CourseSession.objects.update(starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 22))
    assert due(key) == []


def another_teacher(room):
    account = UserFactory.create(kind=AccountKind.TRAINER, unit=room.district.top, language="en")
    session = room.again()
    known = {name: getattr(session, name) for name in ("programme", "capacity", "mode", "place")}
    sessions.change_session(session, **known, teacher=make_teacher("叶青", account=account), actor=room.staff)
    return account


TAUGHT = {
    "cancelled": (cancel, EVENTS["cancelled"][1]),
    "taken up": (take_up, EVENTS["taken up"][1]),
    "another place": (elsewhere, EVENTS["another place"][1]),
    "class moved twice": (twice, EVENTS["class moved twice"][1]),
    "class dropped": EVENTS["class dropped"],
    "void": (
        lambda room: sessions.void_session(room.again(), reason="重复录入", actor=room.staff),
        "“调研报告的问题与对策” on 3 Dec 2026 is cancelled: 重复录入",
    ),
    "another teacher": (another_teacher, "“调研报告的问题与对策” on 3 Dec 2026 is given by somebody else now."),
}


@pytest.mark.parametrize("event", TAUGHT)
def test_the_teacher_is_told_of_every_event_once_for_some_days(room, event):
    happens, text = TAUGHT[event]
    happens(room)
    assert words("training.teaching_news", room.teacher) == [text]
    assert [day for day, _trainee, doer in due("training.teaching_news") if doer == room.teacher.pk] == [
        date(2026, 11, 23)
    ]
    with time_machine.travel("2026-11-30T08:00:00+08:00", tick=False):
        assert words("training.teaching_news", room.teacher) == []


def test_a_teacher_is_told_of_a_session_that_is_given_to_them_once_it_is_open(room):
    text = "You are to give “调研报告的问题与对策”: the next class is at 09:00 on 3 Dec 2026, 区委党校203教室."
    assert words("training.teaching_news", another_teacher(room)) == [text]
    TeachingNews.objects.all().delete()
    CourseSession.objects.update(state="planned", teacher=room.teacher.teacher)
    elsewhere(room)
    assert due("training.teaching_news") == []
    sessions.open_session(room.again(), actor=room.staff)
    assert len(words("training.teaching_news", room.teacher)) == 1


def test_nobody_is_told_of_what_they_did_themselves(room):
    tell_teacher(room.again(), TeachingEvent.ASSIGNED, actor=room.teacher)
    assert due("training.teaching_news") == []
