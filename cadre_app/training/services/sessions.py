"""班次: planned, opened, changed, cancelled; what its classes sum up to is kept in `meetings.keep_session`."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refuse_standing
from cadre_app.training.models import (
    Attendance,
    Camp,
    Course,
    CourseSession,
    Enrolment,
    Mode,
    News,
    Place,
    Programme,
    SessionState,
    Teacher,
    TeachingEvent,
)
from cadre_app.training.models.choices import COMING
from cadre_app.training.services import news
from cadre_app.training.services.meetings import NewMeeting, add_meetings, refuse_short
from cadre_app.training.services.one_place import leave_out
from cadre_app.training.services.order_states import follow_places
from cadre_app.training.services.rosters import fill_places
from cadre_app.training.services.seats import ask_anew, leave_other_lists, lock_session, lock_sessions_of, tell_again
from cadre_app.training.services.teaching_news import tell_teacher

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

__all__ = ["NewMeeting", "create_session"]


@transaction.atomic
def create_session(
    *,
    course: Course,
    meetings: Sequence[NewMeeting],
    programme: str = Programme.OTHER,
    capacity: int,
    hours: Decimal | None = None,
    mode: str = Mode.CLASSROOM,
    place: str = "",
    teacher: Teacher | None = None,
    grades: Sequence[int] = (),
    camp: Camp | None = None,
    is_on_demand: bool = False,
    takes_sign_ups: bool = False,
    uses_code: bool = False,
    note: str = "",
    state: str = SessionState.PLANNED,
    actor: "User | None",
) -> CourseSession:
    """A course given on the days of `meetings`; its hours are the sum of theirs, `hours` only says what was expected.

    Raises ValidationError by field: a closed course (unless for those who ordered it before), no class, hours that do not
    sum up.
    """
    course = Course.objects.lock(course.pk)
    if course.is_voided or not (course.is_offered or is_on_demand):
        raise _refusal("course", _("This course is closed. Offer it again in the catalogue first."), "closed_course")
    if not meetings:
        raise _refusal("held_on", _("A session has one class at least."), "no_class")
    if state not in COMING:
        raise ValidationError(_("A new session is planned or open."), code="wrong_state")
    days = sorted(new.held_on for new in meetings)
    total = sum((new.hours for new in meetings), Decimal(0))
    if hours is not None and hours != total:
        message = _("The hours of the classes sum up to %(total)s, not to %(hours)s.")
        raise _refusal("hours", message % {"total": total, "hours": hours}, "hours_do_not_sum_up")
    session = CourseSession(course=course, capacity=capacity, state=state, hours=total, is_on_demand=is_on_demand)
    session.kind, session.assessment = course.kind, course.assessment
    session.starts_on, session.ends_on = days[0], days[-1]
    _fill(session, programme, camp, grades, teacher, place, mode, note)
    session.takes_sign_ups, session.uses_code = takes_sign_ups, uses_code
    with history.change(session, actor=actor, verb="training.coursesession.created"):
        clean(session)
        session.save(force_insert=True)
    add_meetings(session, meetings, actor=actor)
    if session.state == SessionState.OPEN:
        tell_teacher(session, TeachingEvent.ASSIGNED, actor=actor)
    return session


@transaction.atomic
def change_session(
    session: CourseSession,
    *,
    programme: str,
    camp: Camp | None = None,
    grades: Sequence[int] = (),
    teacher: Teacher | None = None,
    place: str = "",
    capacity: int,
    mode: str = Mode.CLASSROOM,
    takes_sign_ups: bool = False,
    uses_code: bool = False,
    note: str = "",
    version: int | None = None,
    actor: "User",
) -> CourseSession:
    """Change what is not a matter of its classes. Another place, classroom or online, and what is to be brought are told to
    everybody on the roster, another teacher to both teachers; more places are given to those who wait.
    Raises Stale; ValidationError by field (fewer places than people on the roster).
    """
    session = lock_session(session, version)
    before, was_teacher = (session.mode, session.place, session.note), session.teacher
    with history.change(session, actor=actor, verb="training.coursesession.changed"):
        _fill(session, programme, camp, grades, teacher, place.strip(), mode, note)
        session.capacity, session.takes_sign_ups, session.uses_code = capacity, takes_sign_ups, uses_code
        clean(session)
        session.save()
    if session.mode != before[0]:
        refuse_short(session)
    _tell_changes(session, *before, actor=actor)
    if session.teacher != was_teacher and session.state == SessionState.OPEN:
        if was_teacher is not None:
            tell_teacher(session, TeachingEvent.RELEASED, teacher=was_teacher, actor=actor)
        tell_teacher(session, TeachingEvent.ASSIGNED, actor=actor)
    fill_places(session, actor=actor)
    return session


@transaction.atomic
def open_session(session: CourseSession, *, version: int | None = None, actor: "User") -> CourseSession:
    """A planned session is fixed: those on its roster are told from today on. Raises Stale; ValidationError, also once
    it is over, as nobody would be told any more: it is finished as it is.
    """
    session = lock_session(session, version)
    if session.state != SessionState.PLANNED:
        raise ValidationError(_("This session is open already."), code="wrong_state")
    if session.ends_on < timezone.localdate():
        message = _("All classes are over. Move them if they are still to be held; otherwise record the attendance.")
        raise ValidationError(message, code="over")
    with history.change(session, actor=actor, verb="training.coursesession.opened"):
        session.state = SessionState.OPEN
        session.save(update_fields=["state", "updated_at"])
    rows = ask_anew(session, actor=actor)
    news.tell([row for row in rows if row.place == Place.ENROLLED], News.INVITED)
    news.tell([row for row in rows if row.place == Place.WAITING], News.WAITING)
    tell_teacher(session, TeachingEvent.ASSIGNED, actor=actor)
    return session


@transaction.atomic
def cancel_session(session: CourseSession, *, reason: str, version: int | None = None, actor: "User") -> CourseSession:
    """The session is not held; everybody on the roster and on the waiting list is told why, and orders are open again.

    Raises Stale; ValidationError once it is finished, or attendance is recorded.
    """
    session = lock_session(session, version)
    if Attendance.objects.standing().filter(meeting__session=session, meeting__voided_at=None).exists():
        message = _("Attendance is recorded: take out the classes that are not held, then finish the session.")
        raise ValidationError(message, code="recorded")
    if session.state == SessionState.OPEN:
        tell_teacher(session, News.CANCELLED, reason=reason.strip(), actor=actor)
    with history.change(session, actor=actor, verb="training.coursesession.cancelled", reason=reason):
        session.state, session.cancel_reason = SessionState.CANCELLED, reason.strip()
        clean(session)
        session.save()
    _tell_all(session, News.CANCELLED, actor=actor, reason=session.cancel_reason)
    return session


@transaction.atomic
def reopen_session(
    session: CourseSession, *, reason: str = "", version: int | None = None, actor: "User"
) -> CourseSession:
    """Take a cancellation back; everybody is told. Whoever goes to another session of the course meanwhile, or whose order
    is closed, is left out. Raises Stale; ValidationError where its camp was voided meanwhile.
    """
    lock_sessions_of(session.course_id, also=session.pk)
    session = CourseSession.objects.lock(session.pk, version)
    if session.state != SessionState.CANCELLED or session.is_voided:
        raise ValidationError(_("This session was not cancelled."), code="wrong_state")
    _refuse_voided_camp(session)
    with history.change(session, actor=actor, verb="training.coursesession.taken_up", reason=reason):
        session.state, session.cancel_reason = SessionState.OPEN, ""
        clean(session)
        session.save()
    tell_teacher(session, News.TAKEN_UP, actor=actor)
    _tell_all(session, News.TAKEN_UP, actor=actor)
    leave_out(session, actor=actor)  # what they and those who move up are told overtakes the rest
    placed = Enrolment.objects.enrolled().filter(session=session).select_related("trainee")
    leave_other_lists(session, [row.trainee for row in placed], actor=actor)
    return CourseSession.objects.get(pk=session.pk)


@transaction.atomic
def void_session(session: CourseSession, *, reason: str, version: int | None = None, actor: "User") -> CourseSession:
    """Void a session entered by mistake, as long as nobody is on its roster or waits. Raises Stale, ValidationError."""
    session = CourseSession.objects.lock(session.pk, version)
    placed = Enrolment.objects.standing().filter(session=session).exclude(place=Place.DECLINED)
    if placed.exists():
        raise ValidationError(_("People are on the roster of this session. Cancel it instead."), code="has_roster")
    if session.state == SessionState.OPEN:
        tell_teacher(session, News.CANCELLED, reason=reason.strip(), actor=actor)
    history.void(session, actor=actor, reason=reason)
    return CourseSession.objects.get(pk=session.pk)


@transaction.atomic
def restore_session(
    session: CourseSession, *, reason: str = "", version: int | None = None, actor: "User"
) -> CourseSession:
    """Undo `void_session`. Raises Stale; ValidationError where its course or its camp was voided meanwhile."""
    course = Course.objects.lock(session.course_id)
    session = CourseSession.objects.lock(session.pk, version)
    refuse_standing(session)
    if course.is_voided:
        message = _("The course of this session is voided. Restore it in the catalogue first.")
        raise ValidationError(message, code="voided_course")
    _refuse_voided_camp(session)
    if session.state == SessionState.OPEN:
        tell_teacher(session, TeachingEvent.ASSIGNED, actor=actor)
    history.restore(session, actor=actor, reason=reason)
    return CourseSession.objects.get(pk=session.pk)


def _tell_changes(session: CourseSession, mode: str, place: str, note: str, *, actor: "User") -> None:
    """What those on the roster have to know of a change (before it: `mode`, `place`, `note`)."""
    coming = session.meetings.standing().filter(held_on__gte=timezone.localdate())
    if session.mode != mode:
        tell_again(session, News.MODE, actor=actor, was_place=place)
    elif session.place != place and coming.filter(place="").exists():
        tell_again(session, News.MOVED, actor=actor, was_place=place)
    if session.note and session.note != note:
        tell_again(session, News.NOTE, actor=actor)


def _refuse_voided_camp(session: CourseSession) -> None:
    if session.camp_id is not None and Camp.objects.lock(session.camp_id).is_voided:
        raise ValidationError(_("The camp of this session is voided."), code="voided_camp")


def _tell_all(session: CourseSession, kind: News, *, actor: "User", reason: str = "") -> list[Enrolment]:
    rows = ask_anew(session, actor=actor)
    news.tell(rows, kind, reason=reason)
    follow_places(rows, actor=actor)
    return rows


def _fill(
    session: CourseSession,
    programme: str,
    camp: Camp | None,
    grades: Sequence[int],
    teacher: Teacher | None,
    place: str,
    mode: str,
    note: str,
) -> None:
    session.programme, session.camp, session.grades = programme, camp, sorted(set(grades))
    session.teacher, session.place, session.mode, session.note = teacher, place, mode, note


def _refusal(field: str, message: str, code: str) -> ValidationError:
    return ValidationError({field: ValidationError(message, code=code)})
