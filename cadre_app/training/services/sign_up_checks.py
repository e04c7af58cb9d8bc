"""What is asked before somebody signs up for a session; the page says it before, the service again."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.people.models import Trainee
from cadre_app.training.models import CourseSession, Enrolment, Place, SessionState
from cadre_app.training.models.choices import COMING
from cadre_app.training.offers import audience, is_open_to


def sign_up_refusal(session: CourseSession, trainee: Trainee) -> str:
    """Why somebody cannot sign up for a session; empty for those who can. Three queries."""
    try:
        check_sign_up(session, trainee)
        check_meant(session, trainee)
    except ValidationError as error:
        return str(error.messages[0])
    return ""


def check_meant(session: CourseSession, trainee: Trainee) -> None:
    """The session is for this person."""
    if not is_open_to(session, trainee):
        message = _("This session is for: %(whom)s.") % {"whom": audience(session)}
        raise ValidationError(message, code="not_meant")


def check_sign_up(session: CourseSession, trainee: Trainee) -> None:
    """The session takes sign-ups, and the person has no place in it or in another one of its course to come."""
    if session.state != SessionState.OPEN or not session.takes_sign_ups:
        raise ValidationError(_("This session takes no sign-ups."), code="no_sign_ups")
    if session.starts_on <= timezone.localdate():
        raise ValidationError(_("The session has begun; signing up is over."), code="begun")
    elsewhere = Q(session__course=session.course_id, place=Place.ENROLLED, session__state__in=COMING)
    rows = Enrolment.objects.standing().filter(Q(session=session) | elsewhere, trainee=trainee, session__voided_at=None)
    for row in rows.select_related("session").order_by("session__starts_on", "pk"):
        _check_place(session, row)


def _check_place(session: CourseSession, row: Enrolment) -> None:
    if row.session_id != session.pk and row.session.state == SessionState.PLANNED:
        message = _("Another session of this course is planned for you; you will be told.")
        raise ValidationError(message, code="has_place")
    if row.session_id != session.pk:
        message = _("You have a place in another session of this course, on %(day)s. Give it up there first.")
        day = formats.date_format(row.session.starts_on)
        raise ValidationError(message % {"day": day}, code="has_place")
    if row.place != Place.DECLINED:
        raise ValidationError(_("You are on this list already."), code="known")
    if row.is_kept_off:
        message = _("The department took you off this list: %(reason)s. Ask there if you want to come.")
        raise ValidationError(message % {"reason": row.decline_reason}, code="kept_off")
