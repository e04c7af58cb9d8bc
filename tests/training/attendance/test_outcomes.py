from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from cadre_app.core.models import Stale
from cadre_app.training.models import Attendance, Enrolment, HoursEntry, Outcome, Presence, SessionState
from cadre_app.training.services import attendance, outcomes
from cadre_app.training.services.attendance import Mark
from tests.training.attendance.conftest import YESTERDAY
from tests.training.factories import make_session

PRESENT, LATE, ABSENT, EXCUSED = Presence.PRESENT, Presence.LATE, Presence.ABSENT, Presence.EXCUSED


def record(held, *marks, **values):
    known = {place.pk: mark for place, mark in zip(held.places, marks, strict=False)}
    return attendance.record_attendance(held.meeting, marks=known, actor=held.staff, **values)


def refused(call):
    with pytest.raises(ValidationError) as caught:
        call()
    error = caught.value
    return error.error_dict if hasattr(error, "error_dict") else error.code


def outcome_list(held):
    return [Enrolment.objects.get(pk=place.pk).outcome for place in held.places]


@pytest.mark.parametrize(
    ("missed", "outcome"),
    [
        ("0", Outcome.COMPLETED),
        ("1.0", Outcome.COMPLETED),
        ("1.5", Outcome.WITHDRAWN),
        ("6.5", Outcome.WITHDRAWN),
        ("7.0", Outcome.ABSENT),
    ],
)
def test_more_than_a_seventh_missed_is_withdrawn_and_everything_is_absent(missed, outcome):
    hours = Decimal(7)
    assert outcomes.outcome_of(Decimal(missed), hours=hours, taught=hours, part=7) == outcome


def test_whoever_was_away_missed_the_whole_class_and_whoever_was_late_what_is_said(held):
    record(held, Mark(PRESENT, Decimal(2)), Mark(LATE, Decimal("0.5")), Mark(EXCUSED))
    rows = Attendance.objects.order_by("missed_hours").values_list("presence", "missed_hours")
    assert list(rows) == [(PRESENT, 0), (LATE, Decimal("0.5")), (EXCUSED, 3)]


def test_a_class_is_recorded_once_everybody_is(held):
    assert record(held, Mark(PRESENT), Mark(PRESENT)).recorded_at is None
    assert outcomes.gaps(held.session) == [outcomes.Gap(held.meeting, 1)]
    assert record(held, Mark(PRESENT), Mark(PRESENT), Mark(ABSENT)).recorded_at is not None
    assert outcomes.gaps(held.session) == []


def test_whoever_left_before_the_end_is_asked_for_nothing_and_gets_nothing(held):
    for place, day in zip(held.places, (YESTERDAY, YESTERDAY - timedelta(days=1)), strict=False):
        type(place.trainee).objects.filter(pk=place.trainee_id).update(departed_on=day)
    assert record(held, Mark(PRESENT), Mark(PRESENT), Mark(PRESENT)).recorded_at is not None
    Attendance.objects.filter(enrolment=held.places[1]).delete()
    outcomes.post_hours(outcomes.finish_session(held.session, actor=held.staff), actor=held.staff)
    assert outcome_list(held) == [Outcome.COMPLETED, "", Outcome.COMPLETED]
    assert {entry.trainee_id for entry in HoursEntry.objects.all()} == {held.places[n].trainee_id for n in (0, 2)}


def test_a_record_made_by_mistake_is_taken_out_and_asked_for_again(held):
    record(held, Mark(PRESENT), Mark(PRESENT), Mark(ABSENT))
    row = Attendance.objects.get(enrolment=held.places[0])
    with pytest.raises(Stale):
        attendance.void_attendance(row, reason="点错", version=row.version + 1, actor=held.staff)
    attendance.void_attendance(row, reason="点错", version=row.version, actor=held.staff)
    assert outcomes.gaps(held.session) == [outcomes.Gap(held.meeting, 1)]
    assert type(held.meeting).objects.get().recorded_at is None
    record(held, Mark(ABSENT))
    outcomes.finish_session(held.session, actor=held.staff)
    again = Attendance.objects.standing().get(enrolment=held.places[0])
    assert refused(lambda: attendance.void_attendance(again, reason="点错", actor=held.staff)) == "finished"


def test_a_session_is_finished_posted_taken_back_and_corrected(held):
    record(held, Mark(PRESENT), Mark(LATE, Decimal(1)), Mark(ABSENT))
    session = outcomes.finish_session(held.session, version=held.session.version, actor=held.staff)
    assert outcome_list(held) == [Outcome.COMPLETED, Outcome.WITHDRAWN, Outcome.ABSENT]
    session = outcomes.post_hours(session, version=session.version, actor=held.staff)
    assert list(HoursEntry.objects.values_list("trainee", "hours", "earned_on", "mode")) == [
        (held.places[0].trainee_id, 3, YESTERDAY, "classroom")
    ]
    late = lambda: record(held, Mark(ABSENT))  # noqa: E731
    assert refused(late) == "not_recordable"
    session = outcomes.take_back_hours(session, reason="登记有误", version=session.version, actor=held.staff)
    assert HoursEntry.objects.standing().count() == 0
    record(held, Mark(ABSENT), Mark(LATE))
    assert outcome_list(held) == [Outcome.ABSENT, Outcome.COMPLETED, Outcome.ABSENT]
    session = outcomes.post_hours(held.session, actor=held.staff)
    assert HoursEntry.objects.standing().get().trainee_id == held.places[1].trainee_id
    assert session.state == SessionState.POSTED


def test_finishing_is_taken_back_until_results_stand(held):
    record(held, Mark(PRESENT), Mark(PRESENT), Mark(ABSENT))
    session = outcomes.finish_session(held.session, actor=held.staff)
    Enrolment.objects.filter(pk=held.places[0].pk).update(result="passed", result_on=YESTERDAY)
    take_back = lambda: outcomes.unfinish_session(session, reason="名单有误", actor=held.staff)  # noqa: E731
    assert refused(take_back) == "results"
    assert refused(lambda: record(held, Mark(ABSENT))) == "results"
    Enrolment.objects.filter(pk=held.places[0].pk).update(result="", result_on=None)
    assert take_back().state == SessionState.OPEN
    assert outcome_list(held) == ["", "", ""]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "not_recorded"),
        ({"state": SessionState.FINISHED}, "not_coming"),
    ],
)
def test_a_session_is_not_finished_too_early(held, change, code):
    type(held.session).objects.filter(pk=held.session.pk).update(**change)
    assert refused(lambda: outcomes.finish_session(held.session, actor=held.staff)) == code


@pytest.mark.parametrize(("ends_at", "code"), [(time(12, 1), "not_over"), (time(12, 0), "not_recorded")])
def test_a_session_is_not_finished_while_its_last_class_is_held(held, ends_at, code):
    """It is noon."""
    type(held.meeting).objects.update(held_on=YESTERDAY + timedelta(days=1), ends_at=ends_at)
    assert refused(lambda: outcomes.finish_session(held.session, actor=held.staff)) == code


def test_a_session_without_anybody_is_cancelled_instead(held):
    empty = make_session(held.session.course, on=YESTERDAY)
    assert refused(lambda: outcomes.finish_session(empty, actor=held.staff)) == "nobody"


def test_an_old_version_does_not_finish(held):
    record(held, Mark(PRESENT), Mark(PRESENT), Mark(PRESENT))
    with pytest.raises(Stale):
        outcomes.finish_session(held.session, version=held.session.version + 1, actor=held.staff)


def test_nobody_misses_more_than_the_class_has(held):
    assert refused(lambda: record(held, Mark(LATE, Decimal("3.5")))) == "missed_hours"
    assert refused(lambda: record(held, Mark(Presence.LEFT_EARLY, Decimal(3)))) == "all_missed"


def test_what_others_recorded_meanwhile_is_shown_first(held):
    record(held, Mark(PRESENT), Mark(PRESENT))
    with pytest.raises(attendance.Contested) as caught:
        record(held, Mark(ABSENT), Mark(PRESENT), Mark(PRESENT), seen={})
    assert [row.presence for row in caught.value.rows.values()] == [PRESENT]
    assert Attendance.objects.count() == 2
    record(held, Mark(ABSENT), Mark(PRESENT), Mark(PRESENT), seen={held.places[0].pk: 1})
    assert Attendance.objects.filter(presence=ABSENT).count() == 1


def test_attendance_waits_for_the_day_of_the_class(held):
    type(held.meeting).objects.filter(pk=held.meeting.pk).update(held_on=YESTERDAY + timedelta(days=2))
    assert refused(lambda: record(held, Mark(PRESENT))) == "not_recordable"
