"""课次: the classes of a session. Its hours, first and last day follow from them and are kept here alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal
from cadre_app.training.models import Attendance, ClassMeeting, CourseSession, Mode, News
from cadre_app.training.services.seats import lock_session, tell_again
from cadre_app.training.session_words import moment, plain_hours

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST_CLASSES = 60
PLANNED_AHEAD = timedelta(days=731)
# A training hour is 45 minutes in most places; below this it is surely a slip of the keyboard.
LEAST_MINUTES = 30


@dataclass(frozen=True, kw_only=True)
class NewMeeting:
    """A class to be held; without a `place` it is held at that of the session."""

    held_on: date
    starts_at: time
    ends_at: time
    hours: Decimal
    place: str = ""


def add_meetings(session: CourseSession, meetings: Iterable[NewMeeting], *, actor: "User | None") -> list[ClassMeeting]:
    """The classes of a locked session, checked; its hours and days are the caller's to keep."""
    made = []
    for new in meetings:
        meeting = ClassMeeting(
            session=session, **{name: getattr(new, name) for name in NewMeeting.__dataclass_fields__}
        )
        _check(meeting)
        made.append(meeting)
    _refuse_overlaps([*session.meetings.standing(), *made])
    ClassMeeting.objects.bulk_create(made)
    history.record_created_many(made, actor=actor, verb="training.classmeeting.added")
    return made


@transaction.atomic
def add_meeting(
    session: CourseSession,
    *,
    held_on: date,
    starts_at: time,
    ends_at: time,
    hours: Decimal,
    place: str = "",
    actor: "User",
) -> ClassMeeting:
    """A further class; everybody on the roster is told. Raises ValidationError by field."""
    session = lock_session(session)
    if session.meetings.standing().count() >= MOST_CLASSES:
        raise ValidationError(_("A session has at most %(most)s classes.") % {"most": MOST_CLASSES}, code="too_many")
    if held_on < timezone.localdate() < session.starts_on:
        raise refusal("held_on", _("This day has passed already, and the session has not begun."), code="past")
    new = NewMeeting(held_on=held_on, starts_at=starts_at, ends_at=ends_at, hours=hours, place=place.strip())
    meeting = add_meetings(session, [new], actor=actor)[0]
    keep_session(session, actor=actor)
    _tell(session, meeting, News.CLASS_ADDED, actor=actor)
    return meeting


@transaction.atomic
def change_meeting(
    meeting: ClassMeeting,
    *,
    held_on: date,
    starts_at: time,
    ends_at: time,
    hours: Decimal,
    place: str = "",
    version: int | None = None,
    actor: "User",
) -> ClassMeeting:
    """Move a class or correct it; another time or place is told to everybody. Once attendance is recorded, its day and
    hours stand. Raises Stale; ValidationError by field.
    """
    session, meeting = _lock(meeting, version)
    before = _where(meeting)
    if (held_on, hours) != (meeting.held_on, meeting.hours) and _is_recorded(meeting):
        message = _("Attendance at this class is recorded already: its day and hours stand.")
        raise refusal("held_on" if held_on != meeting.held_on else "hours", message, code="recorded")
    if held_on < timezone.localdate() <= meeting.held_on:
        raise refusal("held_on", _("This day has passed already."), code="past")
    with history.change(meeting, actor=actor, verb="training.classmeeting.changed"):
        meeting.held_on, meeting.starts_at, meeting.ends_at = held_on, starts_at, ends_at
        meeting.hours, meeting.place = hours, place.strip()
        _check(meeting)
        _refuse_overlaps([*session.meetings.standing().exclude(pk=meeting.pk), meeting])
        meeting.save()
    keep_session(session, actor=actor)
    if _where(meeting) != before:
        was_on, was_at, _until, place = before
        known = {"was_on": was_on, "was_at": was_at, "was_place": place or session.place}
        _tell(session, meeting, News.CLASS_MOVED, actor=actor, **known)
    return meeting


@transaction.atomic
def void_meeting(meeting: ClassMeeting, *, reason: str, version: int | None = None, actor: "User") -> ClassMeeting:
    """Take a class out; everybody is told. The last one stays: the session is cancelled instead. Raises Stale,
    ValidationError.
    """
    session, meeting = _lock(meeting, version)
    if _is_recorded(meeting):
        raise ValidationError(_("Attendance at this class is recorded already."), code="recorded")
    if session.meetings.standing().count() == 1:
        raise ValidationError(_("This is the only class. Cancel the session instead."), code="last_class")
    history.void(meeting, actor=actor, reason=reason)
    keep_session(session, actor=actor)
    _tell(session, meeting, News.CLASS_DROPPED, actor=actor)
    return ClassMeeting.objects.get(pk=meeting.pk)


def keep_session(session: CourseSession, *, actor: "User | None") -> None:
    """Bring hours, first and last day of a locked session up to date with its classes, with history where they change."""
    classes = list(session.meetings.standing())
    with history.change(session, actor=actor, verb="training.coursesession.changed"):
        session.hours = sum((meeting.hours for meeting in classes), Decimal(0))
        session.starts_on = min(meeting.held_on for meeting in classes)
        session.ends_on = max(meeting.held_on for meeting in classes)
        clean(session)
        session.save()


def refuse_short(session: CourseSession) -> None:
    """Of a locked session that is no longer online: its classes last as long as their hours say."""
    for meeting in session.meetings.standing():
        meeting.session = session
        try:
            _check_span(meeting)
        except ValidationError as error:
            text = f"{meeting}{pgettext('label and value', ': ')}{error.messages[0]}"
            raise refusal("mode", text, code="too_short") from error


def _lock(meeting: ClassMeeting, version: int | None) -> tuple[CourseSession, ClassMeeting]:
    """The session, then its class: the order in which everybody locks them."""
    session = lock_session(meeting.session)
    meeting = ClassMeeting.objects.lock(meeting.pk, version)
    if meeting.is_voided:
        raise ValidationError(_("This class was taken out."), code="voided")
    meeting.session = session
    return session, meeting


def _tell(session: CourseSession, meeting: ClassMeeting, kind: News, *, actor: "User", **before: Any) -> None:
    """What is over both before and after the change is only put right."""
    if max(meeting.held_on, before.get("was_on", meeting.held_on)) >= timezone.localdate():
        tell_again(session, kind, actor=actor, meeting=meeting, **before)


def _where(meeting: ClassMeeting) -> tuple[date, time, time, str]:
    return (meeting.held_on, meeting.starts_at, meeting.ends_at, meeting.place)


def _is_recorded(meeting: ClassMeeting) -> bool:
    return meeting.recorded_at is not None or Attendance.objects.standing().filter(meeting=meeting).exists()


def _check(meeting: ClassMeeting) -> None:
    today = timezone.localdate()
    if abs(meeting.held_on - today) > PLANNED_AHEAD:
        raise refusal("held_on", _("This day lies more than two years away."), code="far_away")
    clean(meeting)
    _check_span(meeting)


def _check_span(meeting: ClassMeeting) -> None:
    """Hours recognised for an online course are not those of a clock."""
    first, last = (moment(meeting.held_on, at) for at in (meeting.starts_at, meeting.ends_at))
    minutes = (last - first).total_seconds() / 60
    if meeting.session.mode == Mode.CLASSROOM and minutes < float(meeting.hours) * LEAST_MINUTES:
        message = _("%(hours)s training hours do not fit between %(start)s and %(end)s.")
        known = {
            "hours": plain_hours(meeting.hours),
            "start": f"{meeting.starts_at:%H:%M}",
            "end": f"{meeting.ends_at:%H:%M}",
        }
        raise refusal("hours", message % known, code="too_short")


def _refuse_overlaps(classes: Iterable[ClassMeeting]) -> None:
    """No two classes of one session at one time."""
    listed = sorted(classes, key=lambda one: (one.held_on, one.starts_at))
    for one, following in pairwise(listed):
        if one.held_on == following.held_on and following.starts_at < one.ends_at:
            raise refusal("starts_at", _("The session has a class at this time already."), code="starts_at")
