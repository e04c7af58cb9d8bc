"""The people of a class with what is recorded of them, and what a whole session comes to."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from cadre_app.training.models import Attendance, ClassMeeting, CourseSession, Enrolment, Outcome, Presence
from cadre_app.training.models.choices import CAME
from cadre_app.training.policies import MISSED_PART
from cadre_app.training.services.outcomes import outcome_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models.enrolments import EnrolmentQuerySet

ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """Somebody on the roster, and the record of one class; None while there is none."""

    place: Enrolment
    attendance: Attendance | None


@dataclass
class Course:
    """Somebody on the roster over all classes: how many they came to, what was not as it should be, what it comes to.

    `expected` says what the outcome would be by what is recorded so far.
    """

    place: Enrolment
    came: int = 0
    missed: Decimal = ZERO
    exceptions: list[Attendance] = field(default_factory=list)
    expected: Outcome = Outcome.COMPLETED

    @property
    def is_at_risk(self) -> bool:
        return not self.place.outcome and self.expected != Outcome.COMPLETED


def people_of(session: CourseSession, user: "User") -> list[Enrolment]:
    """The roster as far as `user` sees it, by strokes of the names."""
    return _listed(Enrolment.objects.visible_to(user), session)


def recorded_by(session: CourseSession, user: "User") -> list[Enrolment]:
    """Those on the roster whose attendance `user` records."""
    return _listed(Enrolment.objects.worked_on(user), session)


def lines_of(meeting: ClassMeeting, places: list[Enrolment]) -> list[Line]:
    """These places with what is recorded of them at this class; one query."""
    known = {row.enrolment_id: row for row in Attendance.objects.standing().filter(meeting=meeting)}
    return [Line(place, known.get(place.pk)) for place in places]


def courses_of(session: CourseSession, meetings: list[ClassMeeting], user: "User") -> list[Course]:
    """Everybody on the roster whom `user` sees, over all standing classes of the session, in two queries."""
    by_class = {meeting.pk: meeting for meeting in meetings}
    records: defaultdict[UUID, list[Attendance]] = defaultdict(list)
    for row in Attendance.objects.standing().filter(meeting__in=by_class).order_by("meeting__held_on", "pk"):
        row.meeting = by_class[row.meeting_id]
        records[row.enrolment_id].append(row)
    taught = sum((meeting.hours for meeting in meetings), ZERO)
    part = MISSED_PART.on(session.ends_on)
    found = []
    for place in people_of(session, user):
        course = Course(place)
        for row in records[place.pk]:
            course.came += row.presence in CAME
            course.missed += row.missed_hours
            if row.presence != Presence.PRESENT:
                course.exceptions.append(row)
        course.expected = outcome_of(course.missed, hours=session.hours, taught=taught, part=part)
        found.append(course)
    return found


def _listed(rows: "EnrolmentQuerySet", session: CourseSession) -> list[Enrolment]:
    rows = rows.attending().filter(session=session)
    rows = rows.select_related("trainee__person", "trainee__home_unit").defer("trainee__person__resume")
    return list(rows.order_by("trainee__stroke_key", "pk"))


def own_attendance(place: Enrolment) -> list[Attendance]:
    """What is recorded of one person, class by class; the remarks are the office's and the teacher's."""
    rows = Attendance.objects.standing().filter(enrolment=place, meeting__voided_at=None).defer("note")
    return list(rows.select_related("meeting").order_by("meeting__held_on", "meeting__starts_at"))


def remarks_of(session: CourseSession, user: "User") -> list[Attendance]:
    """What was noted beside the attendance, as far as `user` reads it."""
    rows = Attendance.objects.visible_to(user).standing().filter(meeting__session=session, meeting__voided_at=None)
    rows = rows.exclude(note="").select_related("meeting", "enrolment__trainee__person")
    return list(rows.order_by("meeting__held_on", "meeting__starts_at", "enrolment__trainee__stroke_key"))
