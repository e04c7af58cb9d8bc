from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.training.models import ClassMeeting, CourseSession, Enrolment, Presence, SessionState, Teacher
from cadre_app.training.services import attendance
from cadre_app.training.services.attendance import Mark
from tests.factories import TraineeFactory
from tests.people.conftest import TODAY
from tests.training.attendance.conftest import YESTERDAY
from tests.training.factories import enrol, make_session

MISSING, TO_FINISH = reminder_rules["training.attendance_missing"], reminder_rules["training.to_finish"]


def due(rule, until=TODAY):
    return list(rule.dues(until).values_list("due_day", "trainee_key", "doer_key"))


def test_attendance_is_asked_for_on_the_day_after_the_class(held):
    assert due(MISSING, YESTERDAY) == []
    assert due(MISSING) == [(TODAY, None, held.teacher.pk)]
    Teacher.objects.update(account=None)
    assert due(MISSING) == [(TODAY, None, None)]
    record(held)
    assert due(MISSING) == []


def record(held):
    marks = {place.pk: Mark(Presence.PRESENT) for place in held.places}
    attendance.record_attendance(held.meeting, marks=marks, actor=held.staff)


def on(day):
    return time_machine.travel(f"{day}T12:00:00+08:00", tick=False)


def test_what_lies_ahead_is_not_missing_yet(held):
    """Lists ask days ahead: neither the class of tomorrow nor one that has just begun."""
    CourseSession.objects.update(enrolled=0)
    for day in (TODAY, TODAY + timedelta(days=1)):
        ClassMeeting.objects.update(held_on=day)
        CourseSession.objects.update(starts_on=day, ends_on=day)
        assert (due(MISSING, TODAY + timedelta(days=10)), due(TO_FINISH, TODAY + timedelta(days=10))) == ([], [])


def test_somebody_put_on_the_roster_later_is_still_to_be_recorded(held):
    record(held)
    newcomer = enrol(held.session, TraineeFactory.create())
    later = YESTERDAY + timedelta(days=3)
    with on(later):
        assert (due(MISSING, later), due(TO_FINISH, later)) == ([(TODAY, None, held.teacher.pk)], [])
        type(newcomer.trainee).objects.filter(pk=newcomer.trainee_id).update(departed_on=YESTERDAY - timedelta(days=1))
        assert (due(MISSING, later), due(TO_FINISH, later)) == ([], [(later, None, None)])


def test_nothing_is_asked_of_a_cancelled_session_nor_of_one_without_people(held):
    CourseSession.objects.update(state=SessionState.CANCELLED, cancel_reason="台风")
    assert due(MISSING) == []
    CourseSession.objects.update(state=SessionState.OPEN, cancel_reason="")
    Enrolment.objects.update(voided_at=timezone.now())
    assert due(MISSING) == []


def test_a_session_is_finished_and_posted_three_days_after_its_end(held):
    late = YESTERDAY + timedelta(days=3)
    with on(late):
        assert due(TO_FINISH, late) == []
        record(held)
        assert due(TO_FINISH, late - timedelta(days=1)) == []
        assert due(TO_FINISH, late) == [(late, None, None)]
        CourseSession.objects.update(state=SessionState.FINISHED)
        assert due(TO_FINISH, late) == [(late, None, None)]
        CourseSession.objects.update(state=SessionState.POSTED, posted_at=timezone.now())
        assert due(TO_FINISH, late) == []


def test_an_empty_session_is_to_be_cancelled(held):
    CourseSession.objects.update(enrolled=0)
    row = TO_FINISH.rows().get(pk=held.session.pk)
    with on(TODAY + timedelta(days=3)):
        assert due(TO_FINISH, TODAY + timedelta(days=3)) == [(TODAY + timedelta(days=2), None, None)]
    with translation.override("en"):
        assert TO_FINISH.words(row, TODAY, held.staff).title == "Cancel the session: 调研报告的问题与对策"


@pytest.mark.parametrize(
    ("rule", "readers"), [(MISSING, ["staff", "leader", "teacher"]), (TO_FINISH, ["staff", "leader"])]
)
def test_who_reads_of_it(held, place, rule, readers):
    make_session(held.session.course, on=YESTERDAY)
    users = {
        "staff": held.staff,
        "leader": place.somebody(Role.LEADER, place.top),
        "liaison": place.somebody(Role.LIAISON, place.town),
        "teacher": held.teacher,
        "trainee": held.places[0].trainee.person.account,
    }
    found = [name for name, user in users.items() if rule.visible(rule.rows(), user).exists()]
    assert found == readers


def test_who_has_nobody_on_the_roster_is_not_asked(held, place):
    """With people of two towns each records the own ones; what is done for all of them is asked of the district."""
    there = enrol(held.session, TraineeFactory.create(home_unit=place.other_town))
    users = [held.staff, *(place.somebody(Role.STAFF, unit) for unit in (place.town, place.other_town))]

    def rung(rule):
        return [rule.visible(rule.rows(), user).exists() for user in users]

    assert (rung(MISSING), rung(TO_FINISH)) == ([True, True, True], [True, False, False])
    Enrolment.objects.filter(pk=there.pk).update(voided_at=timezone.now())
    assert (rung(MISSING), rung(TO_FINISH)) == ([True, True, False], [True, True, False])


def test_the_words_lead_to_where_it_is_done(held):
    row = MISSING.rows().get()
    assert MISSING.words(row, TODAY, held.teacher).url == f"/training/classes/{held.meeting.pk}/attendance/"
    assert "温绍儒" in MISSING.words(row, TODAY, held.staff).why
