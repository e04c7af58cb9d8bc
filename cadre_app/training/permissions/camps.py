"""Who plans camps, gives out grades, and reads what came of it (ACCESS.md, row "training, hours")."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role
from cadre_app.people.models.persons import avoided_persons
from cadre_app.training.permissions.rooms import oversees, works_here

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models import CampMember


def can_see_camps(user: "User") -> bool:
    """Camps of all years: business roles."""
    return oversees(user)


def can_see_induction(user: "User") -> bool:
    """Who has completed induction training and who lacks it: business roles, in their scope."""
    return oversees(user)


def can_see_statistics(user: "User") -> bool:
    """What training came to: business roles, counting people of their scope."""
    return oversees(user)


def can_run_camps(user: "User") -> bool:
    """Department staff plan camps and give out grades."""
    return works_here(user)


def can_change_member(user: "User", member: "CampMember") -> bool:
    """Staff of the unit or above, never for oneself or a relative."""
    trainee = member.trainee
    return user.holds(trainee.home_unit, Role.STAFF) and trainee.person_id not in avoided_persons(user)
