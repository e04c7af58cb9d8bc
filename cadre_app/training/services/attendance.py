"""到课登记: who was at a class and what they missed, recorded for many at once, and again as often as needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.rewriting import lock_many
from cadre_app.training.models import (
    Attendance,
    ClassMeeting,
    CourseSession,
    Enrolment,
    Origin,
    Place,
    Presence,
    RecordedBy,
    SessionState,
)
from cadre_app.training.models.choices import AWAY, PARTLY
from cadre_app.training.services.outcomes import follow_attendance, lock_standing
from cadre_app.training.services.rosters import place_many
from cadre_app.training.services.seats import lock_sessions_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

ZERO = Decimal(0)
VOIDED = "training.attendance.voided"
MARKED = ["presence", "missed_hours", "note", "recorded_by"]
ALL_MISSED = gettext_lazy("Whoever missed all hours of the class was absent or excused.")
CLOSED = {
    SessionState.POSTED: gettext_lazy("The hours of this session are posted. Take them back first."),
    SessionState.CANCELLED: gettext_lazy("This session was cancelled."),
}


@dataclass(frozen=True)
class Mark:
    """What is said of one person at one class."""

    presence: str
    missed_hours: Decimal = ZERO
    note: str = ""

    def at(self, meeting: ClassMeeting) -> "Mark":
        """With the hours that follow from it: all of the class for whoever was away, none for whoever was there."""
        if self.presence in AWAY:
            return Mark(self.presence, meeting.hours, self.note)
        if self.presence == Presence.PRESENT:
            return Mark(self.presence, ZERO, self.note)
        return Mark(self.presence, self.missed_hours, self.note)


class Contested(Exception):
    """Others recorded something else after the page that saves now was opened; `rows` by place on the roster."""

    def __init__(self, rows: Mapping[UUID, Attendance]) -> None:
        super().__init__(f"{len(rows)} attendances")
        self.rows = rows


@transaction.atomic
def record_attendance(
    meeting: ClassMeeting,
    *,
    marks: Mapping[UUID, Mark],
    seen: Mapping[UUID, int] | None = None,
    recorded_by: str = RecordedBy.LIST,
    actor: "User",
) -> ClassMeeting:
    """Record people by their place on the roster; whoever is not on it (any more) is left out.

    `seen` are the versions that the page showed: what differs from a newer one raises Contested. Raises ValidationError
    before the day of the class, and where the session is cancelled or its hours are posted.
    """
    session, meeting = lock_recordable(meeting)
    places = [place for place in lock_many(Enrolment, marks).values() if place.session_id == session.pk]
    places = [place for place in places if place.has_place]
    if not places:
        raise ValidationError(_("Nobody is on the roster."), code="nobody")
    standing = Attendance.objects.standing().filter(meeting=meeting, enrolment__in=places)
    known = {row.enrolment_id: row for row in standing.select_for_update(of=("self",))}
    wanted = {place.pk: marks[place.pk].at(meeting) for place in places}
    if seen is not None:
        _refuse_contested(known, wanted, seen)
    _write(meeting, wanted, known, recorded_by=recorded_by, actor=actor)
    _close_record(meeting, actor=actor)
    follow_attendance(session, actor=actor)
    return meeting


@transaction.atomic
def add_attendee(meeting: ClassMeeting, *, trainee: Trainee, actor: "User") -> Enrolment:
    """Somebody came without being on the roster: they get a place, as long as there is one. Raises ValidationError."""
    lock_sessions_of(meeting.session.course_id, also=meeting.session_id)
    session, meeting = lock_recordable(meeting)
    placed = place_many(session, trainees=[trainee], origin=Origin.STAFF, actor=actor)
    if placed.known:
        on_roster = placed.known[0].place == Place.ENROLLED
        text = _("This person is on the roster already.") if on_roster else _("This person waits for a place.")
        raise ValidationError({"person": ValidationError(text, code="known")})
    if placed.waiting:
        text = _("No place is left. Give the session more places first.")
        raise ValidationError({"person": ValidationError(text, code="full")})
    return placed.enrolled[0]


@transaction.atomic
def void_attendance(attendance: Attendance, *, reason: str, version: int | None = None, actor: "User") -> ClassMeeting:
    """Take out a record made by mistake; the class asks for it again. Raises Stale, ValidationError."""
    _session, meeting = lock_recordable(attendance.meeting)
    row = Attendance.objects.lock(attendance.pk, version)
    return take_back_marks(meeting, before={row.pk: None}, actor=actor, reason=reason, verb=VOIDED)


@transaction.atomic
def take_back_marks(
    meeting: ClassMeeting,
    *,
    before: Mapping[UUID, Mark | None],
    actor: "User",
    reason: str,
    verb: str = "training.attendance.taken_back",
) -> ClassMeeting:
    """Give records (by their own key) the marks they had `before`; None voids one. Raises ValidationError."""
    _session, meeting = lock_recordable(meeting)
    if problem := stands(meeting):
        raise ValidationError(problem, code="finished")
    rows = [row for row in lock_many(Attendance, before).values() if row.meeting_id == meeting.pk]
    former = {row.pk: before[row.pk] for row in rows}
    with history.changes_many(rows, actor=actor, verb=verb, reason=reason):
        for row in rows:
            mark = former[row.pk]
            if mark is None:
                row.voided_at = timezone.now()
            else:
                _filled(row, mark, RecordedBy.LIST)
        Attendance.objects.bulk_update(rows, [*MARKED, "voided_at"])
    if meeting.recorded_at is not None and not _is_complete(meeting):
        with history.change(meeting, actor=actor, verb="training.classmeeting.taken_back", reason=reason):
            meeting.recorded_at = None
            meeting.save(update_fields=["recorded_at", "updated_at"])
    return meeting


def lock_recordable(meeting: ClassMeeting) -> tuple[CourseSession, ClassMeeting]:
    """The session, then its class, locked, if attendance can be recorded. Raises ValidationError."""
    session = lock_standing(meeting.session)
    meeting = ClassMeeting.objects.lock(meeting.pk)
    meeting.session = session
    problem = problem_of(meeting)
    if problem:
        raise ValidationError(problem, code="not_recordable")
    return session, meeting


def problem_of(meeting: ClassMeeting) -> str:
    """Why the attendance of a class (with its session) cannot be recorded now; empty if it can."""
    if meeting.is_voided:
        return _("This class was taken out.")
    if meeting.session.state in CLOSED:
        return str(CLOSED[SessionState(meeting.session.state)])
    if meeting.held_on > timezone.localdate():
        return _("Attendance is recorded from the day of the class on.")
    return ""


def stands(meeting: ClassMeeting) -> str:
    """Why records of a class (with its session) can no longer be taken out; empty if they can."""
    if meeting.session.state == SessionState.FINISHED:
        return _("The session is finished. Open it again first.")
    return problem_of(meeting)


def says(row: Attendance, mark: Mark) -> bool:
    """True where the record says the same."""
    return (row.presence, row.missed_hours, row.note) == (mark.presence, mark.missed_hours, mark.note)


def _refuse_contested(known: Mapping[UUID, Attendance], wanted: Mapping[UUID, Mark], seen: Mapping[UUID, int]) -> None:
    rows = {key: row for key, row in known.items() if row.version != seen.get(key, 0) and not says(row, wanted[key])}
    if rows:
        raise Contested(rows)


def _write(
    meeting: ClassMeeting,
    wanted: Mapping[UUID, Mark],
    known: Mapping[UUID, Attendance],
    *,
    recorded_by: str,
    actor: "User",
) -> None:
    new = [
        _filled(Attendance(meeting=meeting, enrolment_id=key), mark, recorded_by)
        for key, mark in wanted.items()
        if key not in known
    ]
    check_many(new)
    Attendance.objects.bulk_create(new)
    history.record_created_many(new, actor=actor, verb="training.attendance.recorded")
    changed = [row for key, row in known.items() if not says(row, wanted[key])]
    with history.changes_many(changed, actor=actor, verb="training.attendance.changed"):
        for row in changed:
            _filled(row, wanted[row.enrolment_id], recorded_by)
        check_many(changed)
        Attendance.objects.bulk_update(changed, MARKED)


def _filled(row: Attendance, mark: Mark, recorded_by: str) -> Attendance:
    row.presence, row.missed_hours, row.note = mark.presence, mark.missed_hours, mark.note
    row.recorded_by = recorded_by
    return row


def check_many(rows: Iterable[Attendance]) -> None:
    """Values of columns, and that nobody misses more than the class has, or all of it having come. Raises ValidationError."""
    for row in rows:
        row.clean_fields(exclude=("meeting", "enrolment"))
        if row.presence in PARTLY and row.missed_hours == row.meeting.hours:
            raise ValidationError(str(ALL_MISSED), code="all_missed")
        if row.missed_hours > row.meeting.hours:
            raise ValidationError(_("Nobody misses more hours than the class has."), code="missed_hours")


def _close_record(meeting: ClassMeeting, *, actor: "User") -> None:
    """A class is recorded once that is done for everybody on its roster; later changes do not move that moment."""
    if meeting.recorded_at is not None or not _is_complete(meeting):
        return
    with history.change(meeting, actor=actor, verb="training.classmeeting.recorded"):
        meeting.recorded_at, meeting.code_until = timezone.now(), None
        meeting.save(update_fields=["recorded_at", "code_until", "updated_at"])


def _is_complete(meeting: ClassMeeting) -> bool:
    recorded = Attendance.objects.standing().filter(meeting=meeting).values("enrolment")
    return not Enrolment.objects.attending().filter(session=meeting.session_id).exclude(pk__in=recorded).exists()
