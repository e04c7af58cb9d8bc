"""Who may do what with rewards (ACCESS.md, "rewards"): staff all, the liaison enters the own unit's, leaders read, own.

Nobody enters or changes what is about oneself or a declared relative (回避).
"""

from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people import permissions as people
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.conduct.models import Reward
    from cadre_app.people.models import Trainee

OFFICE = (Role.STAFF, Role.LIAISON)


def can_list_rewards(user: "User") -> bool:
    """The list over units and its workbook: business roles."""
    return user.has_role(*BUSINESS_ROLES)


def can_enter_rewards(user: "User") -> bool:
    """Staff and liaisons choose somebody of their units."""
    return user.has_role(*OFFICE)


def can_enter_reward(user: "User", trainee: "Trainee") -> bool:
    """For somebody of the own units, as long as the file is open."""
    return works_on(user, trainee, *OFFICE) and not trainee.is_read_only


def can_change_reward(user: "User", reward: "Reward") -> bool:
    """Staff; a liaison what they entered themselves. It stands, and the file is open."""
    if reward.is_voided or reward.trainee.is_read_only:
        return False
    is_theirs = reward.entered_by_id == user.pk and works_on(user, reward.trainee, Role.LIAISON)
    return is_theirs or works_on(user, reward.trainee, Role.STAFF)


def can_restore_reward(user: "User", reward: "Reward") -> bool:
    """Staff, a voided one."""
    return reward.is_voided and people.can_edit(user, reward.trainee)


def can_read_reward_changes(user: "User", reward: "Reward") -> bool:
    """Changes in words: staff and leaders."""
    return works_on(user, reward.trainee, Role.STAFF, Role.LEADER)


def sees_rewards(user: "User") -> bool:
    """Has a page of rewards: over units, or of the own ones."""
    return user.has_role(*BUSINESS_ROLES) or people.has_own_file(user)


def reads_units(user: "User") -> bool:
    """As `can_list_rewards`, for what only shows the way there."""
    return user.has_role(*BUSINESS_ROLES)


def works_on(user: "User", trainee: "Trainee", *roles: str) -> bool:
    """One of `roles` on the unit; never the own file or a relative's."""
    return user.holds(trainee.home_unit, *roles) and trainee.person_id not in avoided_persons(user)


def enters_many(user: "User") -> bool:
    """Imports tables of them: staff."""
    return user.has_role(Role.STAFF)
