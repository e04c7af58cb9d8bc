"""班次: what classes sum up to, what a change tells whom, and what is refused."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cadre_app.training.models import (
    Attendance,
    Camp,
    ClassMeeting,
    Course,
    CourseSession,
    Enrolment,
    SessionState,
)
from cadre_app.training.services import meetings, rosters, sessions
from cadre_app.training.services.camps import void_camp
from cadre_app.training.services.courses import restore_course, void_course
from cadre_app.training.services.meetings import NewMeeting
from tests.training.factories import enrol, make_course, make_session

THIRD, FOURTH = date(2026, 12, 3), date(2026, 12, 4)


def new(day=THIRD, hours="3", starts=time(9), ends=time(12)):
    return NewMeeting(held_on=day, starts_at=starts, ends_at=ends, hours=Decimal(hours))


def codes(call, *args, **kwargs):
    with pytest.raises(ValidationError) as caught:
        call(*args, **kwargs)
    if hasattr(caught.value, "error_dict"):
        return {name: errors[0].code for name, errors in caught.value.error_dict.items()}
    return caught.value.error_list[0].code


def create(room, **values):
    known = {"course": room.session.course, "meetings": [new()], "capacity": 5, "actor": room.staff}
    return sessions.create_session(**known | values)


def change(room, **values):
    session = room.again()
    known = {name: getattr(session, name) for name in ("programme", "place", "capacity", "mode", "teacher")}
    return sessions.change_session(session, **known | {"actor": room.staff} | values)


def told(room):
    """Told nothing new (True), or to be told (False), by name."""
    rows = Enrolment.objects.standing().filter(session=room.session)
    return {row.trainee.person.name: row.told_at is not None for row in rows.select_related("trainee__person")}


@pytest.fixture
def known(room):
    """Two have a place, one waits; all of them know it since long."""
    rosters.place_many(room.session, trainees=[room.person(n) for n in ("林安", "林博", "林楚")], actor=room.staff)
    Enrolment.objects.update(told_at=timezone.now())
    return room


def test_hours_and_days_of_a_session_are_those_of_its_classes(room):
    made = create(room, meetings=[new(FOURTH, "4"), new(THIRD, "2.5")], hours=Decimal("6.5"))
    assert (made.hours, made.starts_on, made.ends_on, made.state) == (Decimal("6.5"), THIRD, FOURTH, "planned")
    first = made.meetings.get(held_on=THIRD)
    kept = {"starts_at": time(9), "ends_at": time(12), "hours": Decimal(1)}
    meetings.change_meeting(first, held_on=date(2026, 12, 9), actor=room.staff, **kept)
    meetings.add_meeting(made, held_on=date(2026, 12, 1), actor=room.staff, **kept)
    made.refresh_from_db()
    assert (made.hours, made.starts_on, made.ends_on) == (Decimal(6), date(2026, 12, 1), date(2026, 12, 9))
    meetings.void_meeting(first, reason="合并", actor=room.staff)
    made.refresh_from_db()
    assert (made.hours, made.ends_on) == (Decimal(5), FOURTH)


WRONG = [
    ({"meetings": []}, {"held_on": "no_class"}),
    ({"meetings": [new(), new()]}, {"starts_at": "starts_at"}),
    ({"meetings": [new(hours="0")]}, {"hours": "hours"}),
    ({"meetings": [new(hours="500")]}, {"hours": "hours"}),
    ({"meetings": [new(ends=time(8))]}, {"ends_at": "ends_at"}),
    ({"meetings": [new(), new(starts=time(11), ends=time(14))]}, {"starts_at": "starts_at"}),
    ({"meetings": [new(hours="8", ends=time(9, 10))]}, {"hours": "too_short"}),
    ({"meetings": [new(date(9999, 1, 1))]}, {"held_on": "far_away"}),
    ({"hours": Decimal(4)}, {"hours": "hours_do_not_sum_up"}),
    ({"capacity": 0}, {"capacity": "capacity"}),
    ({"state": "finished"}, "wrong_state"),
]


def test_a_session_that_cannot_be_is_refused_beside_its_field(room):
    assert [codes(create, room, **values) for values, _found in WRONG] == [found for _values, found in WRONG]


def test_a_closed_course_gets_no_session(room):
    Course.objects.update(is_offered=False)
    assert codes(create, room) == {"course": "closed_course"}


def test_another_place_is_told_to_everybody_with_a_place_or_waiting(known):
    change(known, place="区委党校101教室")
    assert (told(known), known.again().moved_on) == (dict.fromkeys(("林安", "林博", "林楚"), False), date(2026, 11, 23))


def test_a_moved_class_is_told_to_everybody(known):
    meeting = ClassMeeting.objects.get()
    values = {"starts_at": time(14), "ends_at": time(17), "hours": Decimal(3), "actor": known.staff}
    meetings.change_meeting(meeting, held_on=FOURTH, **values)
    assert (set(told(known).values()), known.again().moved_on) == ({False}, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("values", "own_place", "is_told", "has_moved"),
    [
        ({"takes_sign_ups": True}, "", False, False),
        ({"note": "带身份证"}, "", True, False),
        ({"mode": "online"}, "", True, True),
        ({"place": "区委党校101教室"}, "行政楼305", False, False),
    ],
)
def test_a_change_is_told_where_it_concerns_those_who_come(known, values, own_place, is_told, has_moved):
    ClassMeeting.objects.update(place=own_place)
    change(known, **values)
    assert (set(told(known).values()), known.again().moved_on is not None) == ({not is_told}, has_moved)


def test_a_short_class_of_an_online_session_does_not_become_one_of_a_classroom(room):
    change(room, mode="online")
    meeting = ClassMeeting.objects.get()
    short = {"starts_at": time(9), "ends_at": time(9, 10), "hours": Decimal(3), "held_on": meeting.held_on}
    meetings.change_meeting(meeting, **short, actor=room.staff)
    assert (codes(change, room, mode="classroom"), room.again().mode) == ({"mode": "too_short"}, "online")


def test_more_places_are_given_to_those_who_wait(known):
    change(known, capacity=3)
    assert (known.roster(), told(known)["林楚"]) == ((["林安", "林博", "林楚"], [], 3), False)


def test_places_never_fall_below_those_on_the_roster(known):
    assert codes(change, known, capacity=1) == {"capacity": "capacity"}
    assert known.again().capacity == 2


def test_cancelling_needs_a_reason_tells_everybody_and_can_be_taken_back(known):
    assert codes(sessions.cancel_session, known.session, reason=" ", actor=known.staff) == {
        "cancel_reason": "cancel_reason"
    }
    sessions.cancel_session(known.session, reason="防汛应急响应", actor=known.staff)
    assert (known.again().state, set(told(known).values())) == (SessionState.CANCELLED, {False})
    assert codes(rosters.place_many, known.session, trainees=[], actor=known.staff) == "wrong_state"
    Enrolment.objects.update(told_at=timezone.now())
    sessions.reopen_session(known.session, actor=known.staff)
    assert (known.again().state, known.again().cancel_reason, set(told(known).values())) == ("open", "", {False})


def test_opening_a_planned_session_tells_its_roster(known):
    CourseSession.objects.update(state=SessionState.PLANNED)
    sessions.open_session(known.session, actor=known.staff)
    assert (known.again().state, set(told(known).values())) == (SessionState.OPEN, {False})
    assert codes(sessions.open_session, known.session, actor=known.staff) == "wrong_state"


def test_a_cancelled_session_of_a_voided_camp_is_not_taken_up_again(room):
    camp = Camp.objects.create(year=2026, reference_on=date(2026, 8, 1))
    CourseSession.objects.update(camp=camp, programme="camp")
    sessions.cancel_session(room.session, reason="防汛", actor=room.staff)
    void_camp(camp, reason="误建", actor=room.staff)
    assert codes(sessions.reopen_session, room.session, actor=room.staff) == "voided_camp"
    assert room.again().state == SessionState.CANCELLED


def test_only_a_session_without_people_is_voided(known):
    assert codes(sessions.void_session, known.session, reason="重复", actor=known.staff) == "has_roster"
    empty = make_session(make_course("另一门课"))
    voided = sessions.void_session(empty, reason="重复", actor=known.staff)
    assert sessions.restore_session(voided, actor=known.staff).voided_at is None


def test_a_class_with_attendance_keeps_its_day_and_stays(room):
    meeting = ClassMeeting.objects.get()
    ClassMeeting.objects.update(recorded_at=timezone.now())
    kept = {"starts_at": time(9), "ends_at": time(12), "actor": room.staff}
    assert codes(meetings.change_meeting, meeting, held_on=FOURTH, hours=Decimal(3), **kept) == {"held_on": "recorded"}
    assert codes(meetings.change_meeting, meeting, held_on=THIRD, hours=Decimal(2), **kept) == {"hours": "recorded"}
    assert codes(meetings.void_meeting, meeting, reason="误排", actor=room.staff) == "recorded"


def test_an_open_session_is_not_moved_to_days_that_have_passed(room):
    first = ClassMeeting.objects.get()
    kept = {"starts_at": time(9), "ends_at": time(12), "hours": Decimal(3), "actor": room.staff}
    past = date(2026, 11, 20)
    assert codes(meetings.change_meeting, first, held_on=past, **kept) == {"held_on": "past"}
    assert codes(meetings.add_meeting, room.session, held_on=past, **kept) == {"held_on": "past"}
    second = meetings.add_meeting(room.session, **kept | {"held_on": FOURTH})
    kept |= {"starts_at": time(11), "ends_at": time(13)}
    assert codes(meetings.change_meeting, second, held_on=THIRD, **kept) == {"starts_at": "starts_at"}


def test_what_is_on_record_bars_cancelling_and_taking_off(room):
    there, away = (enrol(room.session, room.person(name)) for name in ("林安", "林博"))
    meeting = ClassMeeting.objects.get()
    Attendance.objects.create(meeting=meeting, enrolment=there, presence="late", missed_hours=1)
    Attendance.objects.create(meeting=meeting, enrolment=away, presence="absent", missed_hours=3)
    assert codes(sessions.cancel_session, room.session, reason="防汛", actor=room.staff) == "recorded"
    assert codes(rosters.leave, there, reason="调整", actor=room.staff) == "was_there"
    assert rosters.leave(away, reason="调整", actor=room.staff).place == "declined"


def test_a_planned_session_that_is_over_is_not_opened_any_more(room):
    day = date(2026, 11, 20)
    CourseSession.objects.update(state=SessionState.PLANNED, starts_on=day, ends_on=day)
    assert codes(sessions.open_session, room.session, actor=room.staff) == "over"


def test_the_last_class_stays(room):
    assert codes(meetings.void_meeting, ClassMeeting.objects.get(), reason="误排", actor=room.staff) == "last_class"


def test_a_finished_session_no_longer_changes(room):
    enrol(room.session, room.person("林安"))
    CourseSession.objects.update(state=SessionState.FINISHED)
    assert codes(change, room, note="晚了") == "wrong_state"
    assert codes(rosters.leave, room.row("林安"), reason="晚了", actor=room.staff) == "wrong_state"


def test_a_session_is_not_restored_under_a_voided_course_or_camp(room):
    camp = Camp.objects.create(year=2026, reference_on=date(2026, 8, 1))
    made = create(room, course=make_course("公文写作"), camp=camp)
    voided = sessions.void_session(made, reason="重复录入", actor=room.staff)
    void_course(made.course, reason="重复录入", actor=room.staff)
    assert codes(sessions.restore_session, voided, actor=room.staff) == "voided_course"
    restore_course(made.course, actor=room.staff)
    void_camp(camp, reason="重复录入", actor=room.staff)
    assert codes(sessions.restore_session, voided, actor=room.staff) == "voided_camp"
