"""Who may read and do what with the end of probation and the first grading (ACCESS.md, "annual … assessment").

Staff work, liaisons write their unit's opinion, leaders read and sign off; the person writes the own summary and reads the
result once it is signed off. Nobody works on the own file or a declared relative's; three acts are of three persons.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from cadre_app.core import signing
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.history.models import Entry
from cadre_app.people import permissions as people
from cadre_app.people.models.persons import avoided_persons, own_keys
from cadre_app.probation.models import Probation, State
from cadre_app.probation.policies import OPEN_DAYS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

WRITTEN = "probation.probation.summary_written"
DEPARTMENT = (Role.STAFF, Role.LEADER)
OPINING = (Role.STAFF, Role.LIAISON)


def can_list(user: "User") -> bool:
    """The list over units: business roles."""
    return user.has_role(*BUSINESS_ROLES)


def can_see_own(user: "User") -> bool:
    """我的试用期: somebody with a growth file of their own."""
    return own_keys(user)[1] is not None


def can_open(user: "User", trainee: "Trainee") -> bool:
    """Staff of the unit, for an open file."""
    return works_on(user, trainee, Role.STAFF)


def can_write_summary(user: "User", one: Probation) -> bool:
    """The person, until the unit has written its opinion; staff from paper, as long as the person did not write it."""
    if not _is_begun(one) or one.opinion_on is not None or not gives_summary(user, one):
        return False
    return people.is_own(user, one.trainee) or not _is_written_by_person(one)


def can_write_opinion(user: "User", one: Probation) -> bool:
    """The liaison of the unit, staff from paper; after the own summary, until a conclusion is with the department."""
    return _is_begun(one) and one.summary_on is not None and gives_opinion(user, one)


def can_waive(user: "User", one: Probation) -> bool:
    """Staff, until a conclusion is with the department."""
    return _stands(one) and one.is_in_work and works_on(user, one.trainee, Role.STAFF)


def can_conclude(user: "User", one: Probation) -> bool:
    """Staff, until it is signed off; a changed conclusion is checked anew."""
    return _stands(one) and not one.is_closed and works_on(user, one.trainee, Role.STAFF)


def can_check(user: "User", one: Probation) -> bool:
    """审核: staff or a leader, never what they entered themselves."""
    return _waits(one) and one.checked_on is None and checks(user, one)


def can_sign(user: "User", one: Probation) -> bool:
    """签批: a leader, never what they entered or checked themselves."""
    return _waits(one) and one.checked_on is not None and signs(user, one)


def can_return(user: "User", one: Probation) -> bool:
    """退回补充: whoever may take the step that it waits for."""
    return can_check(user, one) or can_sign(user, one)


def can_take_back(user: "User", one: Probation) -> bool:
    """A leader, what is signed off."""
    return _stands(one) and one.is_closed and works_on(user, one.trainee, Role.LEADER)


def can_void(user: "User", one: Probation) -> bool:
    """A leader, until it is signed off: without it staff enter a rank that no sign-off gave."""
    return _stands(one) and not one.is_closed and works_on(user, one.trainee, Role.LEADER)


def can_restore(user: "User", one: Probation) -> bool:
    """Staff."""
    return one.is_voided and works_on(user, one.trainee, Role.STAFF)


def can_read_changes(user: "User", one: Probation) -> bool:
    """Changes in words: staff and leaders."""
    return people.can_read_history(user, one.trainee)


def gives_summary(user: "User", one: Probation) -> bool:
    """Whose step the own summary is, also while it does not wait for it: the person of an open file, or staff."""
    if people.is_own(user, one.trainee):
        return not one.trainee.is_read_only
    return works_on(user, one.trainee, Role.STAFF)


def gives_opinion(user: "User", one: Probation) -> bool:
    """Whose step the opinion is, also while it does not wait for it."""
    return works_on(user, one.trainee, *OPINING)


def checks(user: "User", one: Probation) -> bool:
    """Whose step the check is, also while it does not wait for it."""
    return signing.is_third(user, entered=one.entered_by_id) and works_on(user, one.trainee, *DEPARTMENT)


def signs(user: "User", one: Probation) -> bool:
    """Whose step the sign-off is, also while it does not wait for it."""
    is_third = signing.is_third(user, entered=one.entered_by_id, checked=one.checked_by_id)
    return is_third and works_on(user, one.trainee, Role.LEADER)


def leads(user: "User") -> bool:
    """Who signs off at all; of what, `signs` says."""
    return user.has_role(Role.LEADER)


def has_only_checked(user: "User", one: Probation) -> bool:
    """A leader who would sign it off, had they not checked it."""
    only = signing.only_checked(user, entered=one.entered_by_id, checked=one.checked_by_id)
    return only and _waits(one) and works_on(user, one.trainee, Role.LEADER)


def records_departure(user: "User", one: Probation) -> bool:
    """Staff, for an open file."""
    return _stands(one) and works_on(user, one.trainee, Role.STAFF)


def oversees(user: "User", one: Probation) -> bool:
    """Business roles of the unit read summary, opinion and who took which step."""
    return reaches(user, one.trainee, *BUSINESS_ROLES)


def reads_work(user: "User", one: Probation) -> bool:
    """The department's own part before it is decided: staff and leaders."""
    return reaches(user, one.trainee, *DEPARTMENT)


def reads_result(user: "User", one: Probation) -> bool:
    """Conclusion, comment and grading: staff and leaders; liaison and person once signed off."""
    return reads_work(user, one) or (one.is_closed and (oversees(user, one) or people.is_own(user, one.trainee)))


def reads_opinion(user: "User", one: Probation) -> bool:
    """Business roles of the unit; the person once signed off."""
    return oversees(user, one) or (one.is_closed and people.is_own(user, one.trainee))


def works_on(user: "User", trainee: "Trainee", *roles: str) -> bool:
    """A role on the unit of an open file, never of the own one or a declared relative's (回避)."""
    return reaches(user, trainee, *roles) and not trainee.is_read_only


def reaches(user: "User", trainee: "Trainee", *roles: str) -> bool:
    """As `works_on`, also for a closed file."""
    return user.holds(trainee.home_unit, *roles) and trainee.person_id not in avoided_persons(user)


def opens_on(trainee: "Trainee") -> date | None:
    """From when summary and opinion are written; None while no end of probation is entered."""
    if trainee.probation_ends_on is None:
        return None
    return trainee.probation_ends_on - timedelta(days=OPEN_DAYS.now())


def _is_begun(one: Probation) -> bool:
    """In work, and its end is near or over."""
    first = opens_on(one.trainee)
    return _stands(one) and one.is_in_work and first is not None and first <= timezone.localdate()


def _stands(one: Probation) -> bool:
    return not one.is_voided


def _waits(one: Probation) -> bool:
    return _stands(one) and one.state == State.WAITING


def _is_written_by_person(one: Probation) -> bool:
    if not one.summary:
        return False
    last = Entry.objects.about(one).filter(verb=WRITTEN).first()
    return last is not None and last.actor_id == one.trainee.person.account_id
