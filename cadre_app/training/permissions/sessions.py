"""Who plans sessions and keeps their rosters (ACCESS.md, "training, hours"): staff; teachers their own materials."""

from typing import TYPE_CHECKING
from uuid import UUID

from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.org.paths import any_of
from cadre_app.people import permissions as people
from cadre_app.training.models import CourseSession, Place, SessionState
from cadre_app.training.models.choices import COMING
from cadre_app.training.permissions.rooms import is_in_development, is_teacher, oversees, works_here

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models import Enrolment


def can_plan(user: "User") -> bool:
    """Staff open new sessions."""
    return works_here(user)


def can_change(user: "User", session: CourseSession) -> bool:
    """Staff in whose units everybody on the roster is, while it is planned or open: its days concern them all."""
    return works_here(user) and session.is_coming and _is_of_own(user, session)


def can_add_people(user: "User", session: CourseSession) -> bool:
    """Staff put people of theirs on the roster of a planned or open session."""
    return works_here(user) and session.is_coming


def can_void(user: "User", session: CourseSession) -> bool:
    """Staff, a session that was not held."""
    return works_here(user) and not session.is_voided and session.state in (*COMING, SessionState.CANCELLED)


def can_take_up(user: "User", session: CourseSession) -> bool:
    """As `can_change`, a cancelled session."""
    is_cancelled = not session.is_voided and session.state == SessionState.CANCELLED
    return works_here(user) and is_cancelled and _is_of_own(user, session)


def can_restore(user: "User", session: CourseSession) -> bool:
    """Staff, a voided session."""
    return works_here(user) and session.is_voided


def can_seat(user: "User", enrolment: "Enrolment") -> bool:
    """Staff of the person's unit, as long as the session is planned or open: never the own place or a relative's."""
    here = user.holds(enrolment.trainee.home_unit, Role.STAFF) and not enrolment.is_voided
    return here and enrolment.session.is_coming and people.can_edit(user, enrolment.trainee)


def can_take_off(user: "User", enrolment: "Enrolment") -> bool:
    """As `can_seat`, also of a file that a departure has closed: nobody stays on a roster without an end."""
    here = people.can_read_account(user, enrolment.trainee) and not enrolment.is_voided
    return here and enrolment.session.is_coming


def can_answer(user: "User", enrolment: "Enrolment") -> bool:
    """The person concerned says that they know, or that they cannot come."""
    return people.is_own(user, enrolment.trainee) and not enrolment.is_voided


def can_sign_up(user: "User", session: CourseSession) -> bool:
    """Somebody in development, where the session takes sign-ups."""
    return is_in_development(user) and session.takes_sign_ups and session.state == SessionState.OPEN


def can_add_material(user: "User", session: CourseSession) -> bool:
    """Staff and the teacher of the session, whatever its state."""
    return not session.is_voided and (works_here(user) or teaches_it(user, session))


def may_read_material(user: "User", session: UUID) -> bool:
    """Whoever oversees training, the teacher, and those on the roster of a session that stands."""
    found = CourseSession.objects.visible_to(user).standing().filter(pk=session)
    if oversees(user):
        return found.exists()
    placed = CourseSession.objects.filter(
        enrolments__trainee__person__account=user, enrolments__place=Place.ENROLLED, enrolments__voided_at=None
    )
    return found.filter(pk__in=placed.values("pk")).exists() or found.given_by(user).exists()


def teaches_it(user: "User", session: CourseSession) -> bool:
    """The account of the teacher of this session."""
    return session.teacher is not None and session.teacher.account_id == user.pk


def sees_roster(user: "User", session: CourseSession) -> bool:
    """The names on the roster: who oversees training (in their scope), and the teacher."""
    return user.has_role(*BUSINESS_ROLES) or teaches_it(user, session)


def sees_sessions(user: "User") -> bool:
    """Has sessions to look for: overseeing them, giving them, or going to them."""
    return oversees(user) or is_teacher(user) or is_in_development(user)


def _is_of_own(user: "User", session: CourseSession) -> bool:
    """Nobody who has a place or waits for one is of a unit that others work for; as `visits.can_change_visit`."""
    here = any_of(user.unit_ranges(Role.STAFF), "trainee__home_unit__path")
    return not session.enrolments.standing().exclude(place=Place.DECLINED).exclude(here).exists()
