"""Which parts of training somebody opens at all."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models.persons import own_keys
from cadre_app.training.models.courses import teaches

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def works_here(user: "User") -> bool:
    """Staff plan and record training."""
    return user.has_role(Role.STAFF)


def oversees(user: "User") -> bool:
    """Business roles read what is planned and what came of it."""
    return user.has_role(*BUSINESS_ROLES)


def is_department(user: "User") -> bool:
    """Staff and leaders: what waits to be recorded and opened is theirs to know."""
    return user.has_role(Role.STAFF, Role.LEADER)


def can_read_changes(user: "User") -> bool:
    """Changes in words name old values: staff and leaders."""
    return is_department(user)


def is_teacher(user: "User") -> bool:
    """The account of somebody who gives courses."""
    return teaches(user)


def is_in_development(user: "User") -> bool:
    """Somebody with a growth file of their own."""
    return own_keys(user)[1] is not None
