"""Who reads and records what came of a session: results, certificates, sand-table records."""

from typing import TYPE_CHECKING

from cadre_app.training.models import Assessment, CourseSession, ExerciseRecord, SessionState
from cadre_app.training.models.choices import HELD
from cadre_app.training.permissions.rooms import oversees, works_here

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def is_teacher_of(user: "User", session: CourseSession) -> bool:
    """The account of the session's teacher; `session.teacher` is read."""
    return session.teacher is not None and session.teacher.account_id == user.pk


def can_see_results(user: "User", session: CourseSession) -> bool:
    """Business roles (of their own people) and the teacher; whoever attended reads the own result elsewhere."""
    return oversees(user) or is_teacher_of(user, session)


def can_record_results(user: "User", session: CourseSession) -> bool:
    """Staff and the teacher, once the session is finished and if it has a test."""
    is_theirs = works_here(user) or is_teacher_of(user, session)
    return is_theirs and has_results(session)


def has_results(session: CourseSession) -> bool:
    """Finished, standing, and with a test."""
    is_held = session.state in HELD and not session.is_voided
    return is_held and session.assessment != Assessment.NONE


def can_number_certificates(user: "User", session: CourseSession) -> bool:
    """Staff, once the session is finished."""
    return works_here(user) and session.state in HELD and not session.is_voided


def can_write_exercises(user: "User", session: CourseSession) -> bool:
    """Staff and the teacher, of every session that was not cancelled."""
    is_theirs = works_here(user) or is_teacher_of(user, session)
    return is_theirs and not session.is_voided and session.state != SessionState.CANCELLED


def can_change_exercise(user: "User", record: ExerciseRecord) -> bool:
    """A standing record of such a session, of a group on which they work."""
    return _works_on(user, record) and not record.is_voided


def can_restore_exercise(user: "User", record: ExerciseRecord) -> bool:
    return _works_on(user, record) and record.is_voided


def _works_on(user: "User", record: ExerciseRecord) -> bool:
    is_theirs = ExerciseRecord.objects.worked_on(user).filter(pk=record.pk)
    return can_write_exercises(user, record.session) and is_theirs.exists()
