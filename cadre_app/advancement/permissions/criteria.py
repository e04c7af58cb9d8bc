"""Who opens the criteria check (ACCESS.md, "criteria check"): named leaders, about people of the units that they lead.

Never staff, never the person, never about oneself or a declared relative (回避). Security administrators name the leaders
and see nothing of the check.
"""

from typing import TYPE_CHECKING

from cadre_app.advancement.models.named_leaders import is_named
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models.trainees import TraineeQuerySet


def can_open_criteria(user: "User") -> bool:
    """Named leaders."""
    return is_named(user)


def can_name_leaders(user: "User") -> bool:
    """The page of who is named: security administrators."""
    return user.has_role(Role.SECURITY)


def files_compared(user: "User") -> "TraineeQuerySet":
    """Who can be chosen: people in development of the units that one leads, without oneself and declared relatives."""
    return Trainee.objects.in_scope(user, Role.LEADER).in_development()
