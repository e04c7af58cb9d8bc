"""What every change of a roster begins and ends with: the session locked first, its `enrolled` counted anew."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.training.models import CourseSession, Enrolment, News, Place, SessionState
from cadre_app.training.services import news
from cadre_app.training.services.teaching_news import tell_teacher

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

TOLD_FIELDS = ["told_at", "updated_at"]


def lock_session(session: CourseSession, version: int | None = None) -> CourseSession:
    """The session, locked, as long as its roster, time and place can change. Raises Stale, ValidationError."""
    session = CourseSession.objects.lock(session.pk, version)
    if session.is_voided:
        raise ValidationError(_("This session was voided."), code="voided")
    if not session.is_coming:
        message = _("This cannot be done now: the session is in the state “%(state)s”.")
        raise ValidationError(message % {"state": session.get_state_display()}, code="wrong_state")
    return session


def lock_row(enrolment: Enrolment, version: int | None) -> tuple[CourseSession, Enrolment]:
    """The session, then the place: the order in which everybody locks them."""
    session = lock_session(enrolment.session)
    row = Enrolment.objects.lock(enrolment.pk, version)
    if row.is_voided or row.place == Place.DECLINED:
        raise ValidationError(_("This person is not on the list any more."), code="gone")
    row.session = session
    return session, row


def keep_enrolled(session: CourseSession) -> None:
    """Count the roster of a locked session; no version, no history: it only repeats what the places tell."""
    session.enrolled = Enrolment.objects.enrolled().filter(session=session).count()
    CourseSession.objects.filter(pk=session.pk).update(enrolled=session.enrolled)


def tell_again(session: CourseSession, kind: News, *, actor: "User | None", **about: Any) -> None:
    """Time or place of an open session changed: the teacher and those who have a place or wait are told (`news.tell`), and
    the session says since when. Of a planned one nobody knows yet.
    """
    if session.state != SessionState.OPEN:
        return
    tell_teacher(session, kind, **{key: about[key] for key in about if key != "was_place"}, actor=actor)
    rows = ask_anew(session, actor=actor)
    if rows:
        news.tell(rows, kind, **about)
        session.moved_on = timezone.localdate()
        CourseSession.objects.filter(pk=session.pk).update(moved_on=session.moved_on)


def ask_anew(session: CourseSession, *, actor: "User | None") -> list[Enrolment]:
    """Nobody with a place or waiting knows how it stands (any more); the rows, locked."""
    rows = Enrolment.objects.standing().filter(session=session).exclude(place=Place.DECLINED)
    with history.changes_many(
        rows.select_for_update(of=("self",)).order_by("pk"), actor=actor, verb="training.enrolment.told_anew"
    ) as listed:
        for row in listed:
            row.told_at = None
        Enrolment.objects.bulk_update(listed, TOLD_FIELDS)
    return listed


@transaction.atomic
def take_note(enrolment: Enrolment, *, actor: "User") -> Enrolment:
    """知道了 The person has read all that was to be told. Saying it twice changes nothing."""
    row = Enrolment.objects.lock(enrolment.pk)
    news.close([row])
    if row.told_at is None:
        with history.change(row, actor=actor, verb="training.enrolment.noted"):
            row.told_at = timezone.now()
            row.save(update_fields=["told_at", "updated_at"])
    return row
