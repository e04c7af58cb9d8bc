"""Which parts of the appraisal somebody opens at all, and whom they may work on."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models.persons import avoided_persons, own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

ENTERING = (Role.STAFF, Role.LIAISON)
CHECKING = (Role.STAFF, Role.LEADER)


def can_see_appraisal(user: "User") -> bool:
    """The pages over units: business roles."""
    return user.has_role(*BUSINESS_ROLES)


def can_see_own(user: "User") -> bool:
    """我的考核: somebody with a growth file of their own."""
    return own_keys(user)[1] is not None


def works_here(user: "User") -> bool:
    """Staff import the table of a year."""
    return user.has_role(Role.STAFF)


def signs_off(user: "User") -> bool:
    """Leaders sign off (经办 → 审核 → 签批)."""
    return user.has_role(Role.LEADER)


def enters_for_unit(user: "User") -> bool:
    """Liaisons enter their unit's."""
    return user.has_role(Role.LIAISON)


def works_on(user: "User", trainee: "Trainee", *roles: str) -> bool:
    """A role on the unit of an open file, never of the own one or a declared relative's (回避)."""
    return reaches(user, trainee, *roles) and not trainee.is_read_only


def reaches(user: "User", trainee: "Trainee", *roles: str) -> bool:
    """A role on the unit of the file, also of a closed one; never of the own one or a declared relative's."""
    return user.holds(trainee.home_unit, *roles) and trainee.person_id not in avoided_persons(user)


def is_department(user: "User") -> bool:
    """Staff and leaders."""
    return user.has_role(*CHECKING)
