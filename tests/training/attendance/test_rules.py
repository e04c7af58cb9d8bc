from datetime import timedelta

import pytest
from django.utils import timezone, translation

from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.training.models import ClassMeeting, CourseSession, SessionState, Teacher
from tests.people.conftest import TODAY
from tests.training.attendance.conftest import YESTERDAY
from tests.training.factories import make_session

MISSING, TO_FINISH = reminder_rules["training.attendance_missing"], reminder_rules["training.to_finish"]


def due(rule, until=TODAY):
    return list(rule.dues(until).values_list("due_day", "trainee_key", "doer_key"))


def test_attendance_is_asked_for_on_the_day_after_the_class(held):
    assert due(MISSING, YESTERDAY) == []
    assert due(MISSING) == [(TODAY, None, held.teacher.pk)]
    Teacher.objects.update(account=None)
    assert due(MISSING) == [(TODAY, None, None)]
    ClassMeeting.objects.update(recorded_at=timezone.now())
    assert due(MISSING) == []


@pytest.mark.parametrize("change", [{"state": SessionState.CANCELLED, "cancel_reason": "台风"}, {"enrolled": 0}])
def test_nothing_is_asked_of_a_session_without_people(held, change):
    CourseSession.objects.update(**change)
    assert due(MISSING) == []


def test_a_session_is_finished_and_posted_three_days_after_its_end(held):
    late = YESTERDAY + timedelta(days=3)
    assert due(TO_FINISH, late) == []
    ClassMeeting.objects.update(recorded_at=timezone.now())
    assert due(TO_FINISH, late - timedelta(days=1)) == []
    assert due(TO_FINISH, late) == [(late, None, None)]
    CourseSession.objects.update(state=SessionState.FINISHED)
    assert due(TO_FINISH, late) == [(late, None, None)]
    CourseSession.objects.update(state=SessionState.POSTED, posted_at=timezone.now())
    assert due(TO_FINISH, late) == []


def test_an_empty_session_is_to_be_cancelled(held):
    CourseSession.objects.update(enrolled=0)
    row = TO_FINISH.rows().get(pk=held.session.pk)
    assert due(TO_FINISH, TODAY + timedelta(days=3)) != []
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


def test_the_words_lead_to_where_it_is_done(held):
    row = MISSING.rows().get()
    assert MISSING.words(row, TODAY, held.teacher).url == f"/training/classes/{held.meeting.pk}/attendance/"
    assert "温绍儒" in MISSING.words(row, TODAY, held.staff).why
