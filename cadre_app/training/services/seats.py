"""What every change of a roster begins and ends with: the session locked first, its `enrolled` counted anew."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.training.models import CourseSession, Enrolment, News, Place, SessionState
from cadre_app.training.models.choices import COMING
from cadre_app.training.services import news
from cadre_app.training.services.teaching_news import tell_teacher

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

TOLD_FIELDS = ["told_at", "updated_at"]


def lock_sessions_of(course: UUID | None, *, also: UUID | None = None) -> None:
    """The coming sessions of a course (and one more of it), in one order: whoever gets a place in one of them waits in no
    other.
    """
    rows = CourseSession.objects.filter(Q(state__in=COMING, voided_at=None) | Q(pk=also), course=course).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def lock_session(session: CourseSession, version: int | None = None) -> CourseSession:
    """The session, locked with the others of its course, as long as its roster, time and place can change. Raises Stale,
    ValidationError.
    """
    lock_sessions_of(session.course_id, also=session.pk)
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


def leave_other_lists(session: CourseSession, trainees: Iterable[Trainee], *, actor: "User | None") -> None:
    """Whoever has a place in this session waits in no other one of its course any more, and is told. The sessions are
    locked; orders follow afterwards.
    """
    rows = Enrolment.objects.waiting().filter(trainee__in=list(trainees), session__course=session.course_id)
    rows = rows.filter(session__state__in=COMING, session__voided_at=None).exclude(session=session)
    reason, now = has_another(), timezone.now()
    with history.changes_many(
        rows.select_related("session").select_for_update(of=("self",)),
        actor=actor,
        verb="training.enrolment.taken_off",
        reason=reason,
    ) as left:
        for row in left:
            row.place, row.placed_at, row.told_at, row.decline_reason = Place.DECLINED, now, None, reason
        Enrolment.objects.bulk_update(left, ["place", "placed_at", "decline_reason", *TOLD_FIELDS])
    news.tell([row for row in left if row.session.state == SessionState.OPEN], News.TAKEN_OFF, reason=reason)


def has_another() -> str:
    """What those read who are taken off for it."""
    return _("Has a place in another session of this course")


def tell_again(session: CourseSession, kind: News, *, actor: "User | None", **about: Any) -> None:
    """Something of an open session changed: the teacher and those who have a place or wait are told (`news.tell`), and the
    session says since when its time or place is another. Of a planned one nobody knows yet.
    """
    if session.state != SessionState.OPEN:
        return
    tell_teacher(session, kind, **{key: about[key] for key in about if key != "was_place"}, actor=actor)
    rows = ask_anew(session, actor=actor)
    if rows:
        news.tell(rows, kind, **about)
    if rows and kind != News.NOTE:
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
