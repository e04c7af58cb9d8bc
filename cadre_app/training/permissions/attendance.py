"""Who takes attendance, and who says what a session was for each person."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role
from cadre_app.people.models import of_scope
from cadre_app.training.models import Attendance, CourseSession, Enrolment
from cadre_app.training.permissions.rooms import oversees, works_here

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models.enrolments import EnrolmentQuerySet


def gives(user: "User", session: CourseSession) -> bool:
    """The teacher of this session; `session` comes with its teacher."""
    return session.teacher is not None and session.teacher.account_id == user.pk


def can_read(user: "User", session: CourseSession) -> bool:
    """Business roles, and the teacher: those on the roster do not read who else was there."""
    return oversees(user) or gives(user, session)


def can_record(user: "User", session: CourseSession) -> bool:
    """Staff for those in their scope, and the teacher."""
    return works_here(user) or gives(user, session)


def can_show_code(user: "User", session: CourseSession) -> bool:
    """Whoever records somebody on the roster."""
    if not can_record(user, session):
        return False
    return Enrolment.objects.worked_on(user).attending().filter(session=session).exists()


def can_add(user: "User", session: CourseSession) -> bool:
    """Staff put somebody on the roster who came without being on it."""
    return works_here(user)


def can_take_out(user: "User", attendance: Attendance) -> bool:
    """Whoever records this person takes a wrong record out."""
    return Enrolment.objects.worked_on(user).filter(pk=attendance.enrolment_id).exists()


def can_finish(user: "User", session: CourseSession) -> bool:
    """The teacher and staff, where they work on everybody on the roster."""
    if not can_record(user, session):
        return False
    own = Enrolment.objects.worked_on(user).filter(session=session)
    return not _everybody(session).exclude(pk__in=own.values("pk")).exists()


def can_post(user: "User", session: CourseSession) -> bool:
    """Staff in whose scope everybody on the roster is."""
    if not works_here(user):
        return False
    return not _everybody(session).exclude(of_scope(user, Role.STAFF, prefix="trainee__")).exists()


def _everybody(session: CourseSession) -> "EnrolmentQuerySet":
    return Enrolment.objects.attending().filter(session=session)
