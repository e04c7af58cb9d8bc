"""Who gives feedback on a session, and who reads what it comes to."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role
from cadre_app.org.paths import any_of
from cadre_app.training.models import CourseSession, Outcome
from cadre_app.training.permissions.results import is_teacher_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models import Enrolment


def can_give_feedback(user: "User", enrolment: "Enrolment") -> bool:
    """Whoever completed the session, for the own place; while it is open is asked by the service."""
    is_own = enrolment.trainee.person.account_id == user.pk
    return is_own and enrolment.has_place and enrolment.outcome == Outcome.COMPLETED


def can_read_results(user: "User", session: CourseSession) -> bool:
    """Staff and leaders with somebody of theirs on the roster, and the teacher; nobody reads single sheets."""
    if is_teacher_of(user, session):
        return True
    here = any_of(user.unit_ranges(Role.STAFF, Role.LEADER), "trainee__home_unit__path")
    return session.enrolments.enrolled().filter(here).exists()
