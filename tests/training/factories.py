"""What tests of training start from; sessions have one class of all their hours."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cadre_app.people.models import Trainee
from cadre_app.training.models import (
    ClassMeeting,
    Course,
    CourseKind,
    CourseSession,
    Enrolment,
    Place,
    SessionState,
    Teacher,
)

NINE, NOON = time(9, 0), time(12, 0)


def make_teacher(name: str = "温绍儒", **fields: Any) -> Teacher:
    return Teacher.objects.create(name=name, **{"affiliation": "区委党校", "title": "教研室主任"} | fields)


def make_course(title: str = "调研报告的问题与对策", **fields: Any) -> Course:
    values = {"kind": CourseKind.WRITING, "hours": Decimal(3)} | fields
    return Course.objects.create(title=title, **values)


def make_session(course: Course | None = None, *, on: date | None = None, **fields: Any) -> CourseSession:
    """Open, with 24 places, in ten days unless `on` says otherwise."""
    course = course or Course.objects.filter(title="调研报告的问题与对策").first() or make_course()
    day = on or timezone.localdate() + timedelta(days=10)
    values = {
        "capacity": 24,
        "kind": course.kind,
        "assessment": course.assessment,
        "hours": course.hours,
        "mode": course.mode,
        "state": SessionState.OPEN,
        "place": "区委党校203教室",
    } | fields
    session = CourseSession.objects.create(course=course, starts_on=day, ends_on=day, **values)
    ClassMeeting.objects.create(session=session, held_on=day, starts_at=NINE, ends_at=NOON, hours=session.hours)
    return session


def enrol(session: CourseSession, trainee: Trainee, place: Place = Place.ENROLLED, **fields: Any) -> Enrolment:
    """A place without a service; keeps `enrolled` right."""
    values = {"placed_at": timezone.now()} | fields
    made = Enrolment.objects.create(session=session, trainee=trainee, place=place, **values)
    if place == Place.ENROLLED:
        session.enrolled += 1
        CourseSession.objects.filter(pk=session.pk).update(enrolled=session.enrolled)
    return made
