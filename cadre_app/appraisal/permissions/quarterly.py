"""Who may do what with quarterly assessments: liaison and staff enter, others of the department confirm, the person reads what is confirmed."""

from typing import TYPE_CHECKING

from cadre_app.appraisal.models import QuarterlyAssessment
from cadre_app.appraisal.permissions.rooms import CHECKING, ENTERING, works_on
from cadre_app.core.roles import Role
from cadre_app.people import permissions as people

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit


def can_enter_quarter(user: "User", unit: "Unit") -> bool:
    """Liaison and staff of the unit."""
    return user.holds(unit, *ENTERING) and not unit.is_voided


def can_confirm_quarter(user: "User", unit: "Unit") -> bool:
    """Staff and leaders of the unit, what somebody else entered."""
    return user.holds(unit, *CHECKING) and not unit.is_voided


def can_void(user: "User", one: QuarterlyAssessment) -> bool:
    """Staff of the unit, with a reason; a wrong one is voided and entered again."""
    return not one.is_voided and works_on(user, one.trainee, Role.STAFF)


def can_restore(user: "User", one: QuarterlyAssessment) -> bool:
    """Staff of the unit."""
    return one.is_voided and works_on(user, one.trainee, Role.STAFF)


def can_read_changes(user: "User", one: QuarterlyAssessment) -> bool:
    """Changes in words: staff and leaders."""
    return people.can_read_history(user, one.trainee)
