"""Who may do what with 请销假 (ACCESS.md, "postings, village term, leave").

The person asks, withdraws and reports back; the liaison of the unit confirms, staff approve what is longer; business roles
read. Nobody enters or decides on the own leave or that of a declared relative (回避).
"""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from cadre_app.assignments.models import Leave, LeaveState
from cadre_app.assignments.models.leaves import WAITING
from cadre_app.assignments.permissions.rooms import is_in_development, oversees
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people import permissions as people
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

OFFICE = (Role.STAFF, Role.LIAISON)


def can_list_leaves(user: "User") -> bool:
    """The list over units and the sum of days: business roles."""
    return oversees(user)


def can_see_own_leaves(user: "User") -> bool:
    """我的请销假: somebody with a growth file."""
    return is_in_development(user)


def can_enter_leaves(user: "User") -> bool:
    """Staff and liaisons choose somebody of their units."""
    return user.has_role(*OFFICE)


def can_enter_leave(user: "User", trainee: "Trainee") -> bool:
    """For somebody of the own units: staff and liaison; for oneself as long as the file is open."""
    return not trainee.is_read_only and (people.is_own(user, trainee) or _works(user, trainee, *OFFICE))


def can_change_leave(user: "User", leave: Leave) -> bool:
    """While it waits or has not begun: the person, and whoever enters for the unit."""
    is_open = leave.state in WAITING or _is_ahead(leave)
    return is_open and not leave.is_voided and can_enter_leave(user, leave.trainee)


def can_withdraw_leave(user: "User", leave: Leave) -> bool:
    """As a change; also of a file that is closed by now, so that nothing is left waiting."""
    is_open = leave.state in WAITING or _is_ahead(leave)
    is_theirs = people.is_own(user, leave.trainee) or _works(user, leave.trainee, *OFFICE)
    return is_open and not leave.is_voided and is_theirs


def can_confirm_leave(user: "User", leave: Leave) -> bool:
    """The liaison of the unit, what was asked for."""
    return _waits(leave, LeaveState.REQUESTED) and _works(user, leave.trainee, Role.LIAISON)


def can_approve_leave(user: "User", leave: Leave) -> bool:
    """Staff of the unit; also what a unit without a liaison has not confirmed."""
    return _waits(leave, *WAITING) and _works(user, leave.trainee, Role.STAFF)


def can_decline_leave(user: "User", leave: Leave) -> bool:
    """Whoever would say yes next: the liaison what was asked for, staff what waits."""
    if leave.is_voided or leave.state not in WAITING:
        return False
    is_units = leave.state == LeaveState.REQUESTED and _works(user, leave.trainee, Role.LIAISON)
    return is_units or _works(user, leave.trainee, Role.STAFF)


def can_return_leave(user: "User", leave: Leave) -> bool:
    """销假 Once it has begun: the person, the liaison, staff."""
    is_away = leave.state == LeaveState.APPROVED and leave.started_on <= _today() and not leave.is_voided
    return is_away and can_enter_leave(user, leave.trainee)


def can_confirm_return(user: "User", leave: Leave) -> bool:
    """The unit, what the person reported; staff as well, where there is no liaison."""
    return leave.return_waits and _waits(leave, LeaveState.RETURNED) and _works(user, leave.trainee, *OFFICE)


def can_correct_leave(user: "User", leave: Leave) -> bool:
    """A leave that ended: staff, also to take its end back."""
    is_over = leave.state == LeaveState.RETURNED and not leave.is_voided
    return is_over and people.can_edit(user, leave.trainee)


def can_void_leave(user: "User", leave: Leave) -> bool:
    """Staff, as long as the file is open: a leave that counted moves the village term."""
    return not leave.is_voided and people.can_edit(user, leave.trainee)


def can_restore_leave(user: "User", leave: Leave) -> bool:
    """As voiding."""
    return leave.is_voided and people.can_edit(user, leave.trainee)


def can_read_leave_changes(user: "User", leave: Leave) -> bool:
    """Changes in words: staff and leaders."""
    return people.can_read_history(user, leave.trainee)


def reads_all(user: "User", leave: Leave) -> bool:
    """Business roles of the unit see who asked and decided."""
    return _works(user, leave.trainee, *BUSINESS_ROLES)


def _waits(leave: Leave, *states: str) -> bool:
    return leave.state in states and not leave.is_voided and not leave.trainee.is_read_only


def _works(user: "User", trainee: "Trainee", *roles: str) -> bool:
    return user.holds(trainee.home_unit, *roles) and trainee.person_id not in avoided_persons(user)


def _is_ahead(leave: Leave) -> bool:
    return leave.state == LeaveState.APPROVED and leave.started_on > _today()


def _today() -> date:
    return timezone.localdate()
