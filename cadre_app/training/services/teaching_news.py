"""授课事项 what the teacher of a session is told; of a planned session nobody knows yet."""

from datetime import date, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cadre_app.training.models import ClassMeeting, CourseSession, News, Teacher, TeachingEvent, TeachingNews
from cadre_app.training.models.news import ABOUT_TIMES

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

ABOUT_ALL = (TeachingEvent.ASSIGNED, TeachingEvent.RELEASED, News.CANCELLED, News.TAKEN_UP)


def tell_teacher(
    session: CourseSession,
    kind: str,
    *,
    teacher: Teacher | None = None,
    meeting: ClassMeeting | None = None,
    was_on: date | None = None,
    was_at: time | None = None,
    reason: str = "",
    actor: "User | None",
) -> None:
    """The teacher of the session (or `teacher`) is told of one event from today on, if they have an account and did not
    bring it about themselves. What is still told of the same class is overtaken, by what is `ABOUT_ALL` everything.
    """
    whom = teacher or session.teacher
    if whom is None or whom.account_id is None or (actor is not None and whom.account_id == actor.pk):
        return
    overtaken = TeachingNews.objects.filter(session=session, teacher=whom, closed_at=None)
    if kind in ABOUT_TIMES:
        overtaken = overtaken.filter(kind__in=ABOUT_TIMES, meeting=meeting)
    elif kind not in ABOUT_ALL:
        overtaken = overtaken.filter(kind=kind)
    overtaken.update(closed_at=timezone.now())
    known: dict[str, Any] = {"meeting": meeting, "was_on": was_on, "was_at": was_at, "reason": reason}
    TeachingNews.objects.create(session=session, teacher=whom, kind=kind, told_on=timezone.localdate(), **known)
