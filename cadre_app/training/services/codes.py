"""到课码: a link on the screen that changes every few seconds; whoever opens it signed in says that they are there.

The link is a signed name of a class and of a stretch of time, nothing else: no location, nothing about the device.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.history import services as history
from cadre_app.training.models import Attendance, ClassMeeting, CourseSession, Enrolment, Presence, RecordedBy
from cadre_app.training.permissions.attendance import can_show_code
from cadre_app.training.policies import CODE_ON, CODE_SECONDS
from cadre_app.training.services.attendance import check_many, lock_recordable, problem_of
from cadre_app.training.session_words import moment

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

CODE = signing.Signer(salt="training.attendance.code")
TICKET = signing.TimestampSigner(salt="training.attendance.ticket")
GRACE = 5
TICKET_SECONDS = 180
LATE_AFTER = timedelta(minutes=10)
EARLY = timedelta(minutes=30)
MOST_MINUTES = 60
STRANGER = gettext_lazy("You are not on the roster of this session. Nothing was recorded; tell the teacher.")
OWN_CODE = gettext_lazy("You can show this code yourself, so your attendance is recorded by somebody else.")


@dataclass(frozen=True)
class Token:
    """What the screen shows now, and for how many seconds."""

    text: str
    seconds: int


class Expired(Exception):
    """The link is too old, of a class whose code is not shown, or none of ours."""


@transaction.atomic
def open_code(meeting: ClassMeeting, *, minutes: int, actor: "User") -> ClassMeeting:
    """Accept the code of a class for so many minutes from now, until its end at most. Raises ValidationError."""
    session, meeting = lock_recordable(meeting)
    if not takes_code(session):
        raise ValidationError(_("Attendance of this session is not taken by code."), code="no_code")
    now = timezone.now()
    if not is_time(meeting, now):
        raise ValidationError(time_text(meeting), code="other_time")
    if not 1 <= minutes <= MOST_MINUTES:
        raise ValidationError({"minutes": _("The code is shown for 1 to %(most)s minutes.") % {"most": MOST_MINUTES}})
    with history.change(meeting, actor=actor, verb="training.classmeeting.code_opened"):
        meeting.code_until = min(now + timedelta(minutes=minutes), moment(meeting.held_on, meeting.ends_at))
        meeting.save(update_fields=["code_until", "updated_at"])
    return meeting


@transaction.atomic
def close_code(meeting: ClassMeeting, *, actor: "User") -> ClassMeeting:
    """Accept the code no longer; closing it twice changes nothing."""
    meeting = ClassMeeting.objects.lock(meeting.pk)
    with history.change(meeting, actor=actor, verb="training.classmeeting.code_closed"):
        meeting.code_until = None
        meeting.save(update_fields=["code_until", "updated_at"])
    return meeting


@transaction.atomic
def sign_in(meeting: ClassMeeting, *, trainee: UUID, actor: "User") -> Attendance:
    """Somebody on the roster says that they are there; late from ten minutes after the beginning on. What is recorded
    already stays as it is.

    Raises Expired; ValidationError for somebody who is not on the roster or shows the code themselves, and where nothing
    can be recorded.
    """
    if can_show_code(actor, meeting.session):
        raise ValidationError(str(OWN_CODE), code="own_code")
    _hold(meeting)
    place = Enrolment.objects.enrolled().filter(session=meeting.session_id, trainee=trainee)
    row = place.select_for_update(of=("self",)).first()
    if row is None:
        raise ValidationError(str(STRANGER), code="not_on_roster")
    known = Attendance.objects.standing().filter(meeting=meeting, enrolment=row).first()
    if known is not None:
        return known
    now = timezone.now()
    meeting = ClassMeeting.objects.select_related("session").get(pk=meeting.pk)
    _refuse_closed(meeting, now)
    is_late = now > moment(meeting.held_on, meeting.starts_at) + LATE_AFTER
    presence = Presence.LATE if is_late else Presence.PRESENT
    made = Attendance(meeting=meeting, enrolment=row, presence=presence, recorded_by=RecordedBy.CODE)
    check_many([made])
    with history.change(made, actor=actor, verb="training.attendance.signed_in"):
        made.save(force_insert=True)
    return made


def token_for(meeting: ClassMeeting, now: datetime) -> Token:
    """What the screen of a class shows at this moment."""
    return token_of(meeting, now, CODE_SECONDS.now())


def token_of(meeting: ClassMeeting, now: datetime, seconds: int) -> Token:
    """As `token_for`, where the code changes every so many `seconds`."""
    slot = int(now.timestamp()) // seconds
    name = base64.urlsafe_b64encode(meeting.pk.bytes + slot.to_bytes(6, "big")).decode().rstrip("=")
    return Token(CODE.sign(name), (slot + 1) * seconds - int(now.timestamp()))


def meeting_of(token: str, now: datetime) -> ClassMeeting:
    """The class whose code this is, within its stretch of time and a few seconds more. Raises Expired."""
    try:
        raw = base64.urlsafe_b64decode(CODE.unsign(token) + "==")
        key, slot = UUID(bytes=raw[:16]), int.from_bytes(raw[16:], "big")
    except (signing.BadSignature, binascii.Error, ValueError) as error:
        raise Expired from error
    seconds = CODE_SECONDS.now()
    if not slot * seconds - GRACE <= now.timestamp() < (slot + 1) * seconds + GRACE:
        raise Expired
    return _open_class(key, now)


def ticket_for(meeting: ClassMeeting, user: "User") -> str:
    """Whoever opened the link in time has a moment to press the button; worth nothing to anybody else."""
    return TICKET.sign(f"{meeting.pk.hex}.{user.pk.hex}")


def meeting_of_ticket(ticket: str, user: "User", now: datetime) -> ClassMeeting:
    """The class for which `user` was given this ticket a moment ago. Raises Expired."""
    try:
        key, _dot, owner = TICKET.unsign(ticket, max_age=TICKET_SECONDS).partition(".")
    except signing.BadSignature as error:
        raise Expired from error
    if owner != user.pk.hex:
        raise Expired
    return _open_class(UUID(hex=key), now)


def shows_code(meeting: ClassMeeting, now: datetime) -> bool:
    """True while the code of a class (with its session) is accepted."""
    is_open = meeting.code_until is not None and now < meeting.code_until
    return is_open and is_time(meeting, now) and takes_code(meeting.session) and not problem_of(meeting)


def takes_code(session: CourseSession) -> bool:
    """The session takes attendance by code, and the office allows it."""
    return session.uses_code and CODE_ON.now()


def is_time(meeting: ClassMeeting, now: datetime) -> bool:
    """From shortly before a class until its end."""
    begin, end = (moment(meeting.held_on, at) for at in (meeting.starts_at, meeting.ends_at))
    return begin - EARLY <= now < end


def time_text(meeting: ClassMeeting) -> str:
    """When the code of a class is shown."""
    begin = timezone.localtime(moment(meeting.held_on, meeting.starts_at) - EARLY)
    values = {
        "day": formats.date_format(meeting.held_on),
        "from": f"{begin:%H:%M}",
        "until": f"{meeting.ends_at:%H:%M}",
    }
    return _("The code of this class is shown on %(day)s from %(from)s to %(until)s.") % values


def _hold(meeting: ClassMeeting) -> None:
    """Keep the class as it is until the end of this transaction, beside others who do so: whoever records a list or moves
    the class locks it before the places on its roster, and so do those who sign in.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM training_classmeeting WHERE id = %s FOR KEY SHARE", [meeting.pk])


def _open_class(key: UUID, now: datetime) -> ClassMeeting:
    rows = ClassMeeting.objects.standing().select_related("session__course", "session__teacher")
    meeting = rows.filter(pk=key, session__voided_at=None).first()
    if meeting is None:
        raise Expired
    _refuse_closed(meeting, now)
    return meeting


def _refuse_closed(meeting: ClassMeeting, now: datetime) -> None:
    if not shows_code(meeting, now):
        raise Expired
