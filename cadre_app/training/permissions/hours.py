"""Who may do what with training hours and outside courses (ACCESS.md, "training, hours").

Staff verify, leaders and liaisons read; everybody in development sees and submits what is their own. Nobody works on the
own file or that of a declared relative (回避).
"""

from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people import permissions as people
from cadre_app.training.models import OutsideCourse, OutsideState

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def can_see_board(user: "User") -> bool:
    """学时统计 and the list of outside courses over units: business roles."""
    return user.has_role(*BUSINESS_ROLES)


def can_see_own(user: "User") -> bool:
    """我的培训: somebody with a growth file."""
    return people.has_own_file(user)


def can_submit(user: "User", trainee: "Trainee") -> bool:
    """Outside courses: the person concerned, as long as the file is open."""
    return people.is_own(user, trainee) and not trainee.is_read_only


def can_enter(user: "User", trainee: "Trainee") -> bool:
    """An outside course entered for somebody: staff of the unit."""
    return people.can_edit(user, trainee)


def can_change(user: "User", course: OutsideCourse) -> bool:
    """The person concerned and staff of the unit, until it is verified."""
    is_open = not course.is_voided and course.state != OutsideState.VERIFIED
    return is_open and (can_submit(user, course.trainee) or people.can_edit(user, course.trainee))


def can_verify(user: "User", course: OutsideCourse) -> bool:
    """Staff of the unit, what waits to be verified: also to return it."""
    is_waiting = not course.is_voided and course.state == OutsideState.SUBMITTED
    return is_waiting and people.can_edit(user, course.trainee)


def can_take_back(user: "User", course: OutsideCourse) -> bool:
    """Staff of the unit, what was verified."""
    is_verified = not course.is_voided and course.state == OutsideState.VERIFIED
    return is_verified and people.can_edit(user, course.trainee)


def can_restore(user: "User", course: OutsideCourse) -> bool:
    """Staff of the unit, what was withdrawn."""
    return course.is_voided and people.can_edit(user, course.trainee)


def can_verify_many(user: "User") -> bool:
    """Staff; what is verified lies in their scope."""
    return user.has_role(Role.STAFF)


def may_read_proof(user: "User", owner_id: "UUID") -> bool:
    """Proofs: whoever sees the course."""
    return OutsideCourse.objects.visible_to(user).filter(pk=owner_id).exists()
