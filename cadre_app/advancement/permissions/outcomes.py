"""Who may read and do what with the outcome register (ACCESS.md, "outcome register").

Staff enter, somebody else checks, a third, a leader, signs off; the liaison reads the own units'. Own files and declared
relatives are never worked on (回避); nothing is done to a closed file.
"""

from typing import TYPE_CHECKING

from cadre_app.advancement.models import Outcome, OutcomeState
from cadre_app.core import signing
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models.trainees import TraineeQuerySet


def can_list_outcomes(user: "User") -> bool:
    """The register: business roles, in their scope."""
    return user.has_role(*BUSINESS_ROLES)


def can_open_entry(user: "User") -> bool:
    """The page on which a person is chosen: staff."""
    return user.has_role(Role.STAFF)


def can_enter_outcome(user: "User", trainee: "Trainee") -> bool:
    """Staff of the unit, for an open file."""
    return not trainee.is_read_only and _works_on(user, trainee, Role.STAFF)


def files_to_enter(user: "User") -> "TraineeQuerySet":
    """Whom staff may enter an outcome for."""
    return Trainee.objects.in_scope(user, Role.STAFF).in_development()


def can_change_outcome(user: "User", outcome: Outcome) -> bool:
    """Staff, until it is signed off."""
    is_open = not outcome.is_voided and outcome.state != OutcomeState.IN_FILE
    return is_open and can_enter_outcome(user, outcome.trainee)


def can_check_outcome(user: "User", outcome: Outcome) -> bool:
    """审核: staff or a leader, never what they entered themselves."""
    return outcome.state == OutcomeState.ANNOUNCED and checks(user, outcome)


def can_sign_outcome(user: "User", outcome: Outcome) -> bool:
    """签批: a leader, never what they entered or checked themselves."""
    return outcome.state == OutcomeState.RECORDED and signs(user, outcome)


def can_return_outcome(user: "User", outcome: Outcome) -> bool:
    """退回补充: whoever may take the step that it waits for."""
    return can_check_outcome(user, outcome) or can_sign_outcome(user, outcome)


def can_void_outcome(user: "User", outcome: Outcome) -> bool:
    """Staff while it waits; what a leader signed off is taken back by a leader. The file is open."""
    role = Role.LEADER if outcome.state == OutcomeState.IN_FILE else Role.STAFF
    return _stands(outcome) and _works_on(user, outcome.trainee, role)


def can_restore_outcome(user: "User", outcome: Outcome) -> bool:
    """Staff: what was signed off begins anew."""
    return outcome.is_voided and not outcome.trainee.is_read_only and _works_on(user, outcome.trainee, Role.STAFF)


def checks(user: "User", outcome: Outcome) -> bool:
    """Whose step the check is, also while it does not wait for it."""
    is_other = signing.is_third(user, entered=outcome.entered_by_id)
    return is_other and _stands(outcome) and _works_on(user, outcome.trainee, Role.STAFF, Role.LEADER)


def signs(user: "User", outcome: Outcome) -> bool:
    """Whose step the sign-off is, also while it does not wait for it."""
    is_third = signing.is_third(user, entered=outcome.entered_by_id, checked=outcome.checked_by_id)
    return is_third and _stands(outcome) and _works_on(user, outcome.trainee, Role.LEADER)


def leads(user: "User") -> bool:
    """Who signs off at all; of what, `signs` says."""
    return user.has_role(Role.LEADER)


def has_only_checked(user: "User", outcome: Outcome) -> bool:
    """A leader who would sign it off, had they not checked it."""
    only = signing.only_checked(user, entered=outcome.entered_by_id, checked=outcome.checked_by_id)
    waits = outcome.state == OutcomeState.RECORDED and _stands(outcome)
    return only and waits and _works_on(user, outcome.trainee, Role.LEADER)


def oversees(user: "User", outcome: Outcome) -> bool:
    """Business roles read who entered, checked and signed it."""
    return _works_on(user, outcome.trainee, *BUSINESS_ROLES)


def reads_history(user: "User", outcome: Outcome) -> bool:
    """What was changed when, in words: staff and leaders."""
    return _works_on(user, outcome.trainee, Role.STAFF, Role.LEADER)


def _stands(outcome: Outcome) -> bool:
    return not outcome.is_voided and not outcome.trainee.is_read_only


def _works_on(user: "User", trainee: "Trainee", *roles: str) -> bool:
    return user.holds(trainee.home_unit, *roles) and trainee.person_id not in avoided_persons(user)
