"""Who may do what with persons, files, offices and proposals (ACCESS.md, "Who sees what").

Scope is a role on the unit; own files and declared relatives are never worked on (回避); departed files are read only.
"""

from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.org.paths import any_of
from cadre_app.people.access import resolve, shows
from cadre_app.people.models import Office, OfficeHolding, Person, Proposal, Trainee
from cadre_app.people.models.persons import avoided_persons, own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit


def can_see_roster(user: "User") -> bool:
    """The roster is a list for business roles; others reach single files only."""
    return user.has_role(*BUSINESS_ROLES)


def can_create(user: "User") -> bool:
    """Department staff open files, in units of their scope."""
    return user.has_role(Role.STAFF)


def can_read_identity(user: "User", trainee: Trainee) -> bool:
    """Identity and résumé: staff, leaders, the unit's liaison, and the trainee."""
    return is_own(user, trainee) or _works_on(user, trainee, *BUSINESS_ROLES)


def can_read_history(user: "User", trainee: Trainee) -> bool:
    """Changes in words name old values: staff and leaders."""
    return _works_on(user, trainee, Role.STAFF, Role.LEADER)


def can_read_relatives(user: "User", trainee: Trainee) -> bool:
    """The family: staff, leaders, and the trainee."""
    return is_own(user, trainee) or _works_on(user, trainee, Role.STAFF, Role.LEADER)


def can_edit(user: "User", trainee: Trainee) -> bool:
    """Staff of the unit or above, as long as the file is open."""
    return _works_on(user, trainee, Role.STAFF) and not trainee.is_read_only


def can_undo_departure(user: "User", trainee: Trainee) -> bool:
    """Staff of the unit or above, for a file closed by a departure."""
    return _works_on(user, trainee, Role.STAFF) and trainee.departed_on is not None and not trainee.is_voided


def can_restore(user: "User", trainee: Trainee) -> bool:
    """Staff of the unit or above, for a voided file."""
    return _works_on(user, trainee, Role.STAFF) and trainee.is_voided


def can_reveal(user: "User", trainee: Trainee) -> bool:
    """ID number and phone in clear, with a reason that is logged: staff, leaders, and the trainee."""
    return is_own(user, trainee) or _works_on(user, trainee, Role.STAFF, Role.LEADER)


def can_reveal_phone(user: "User", trainee: Trainee) -> bool:
    """As `can_reveal`, the phone alone also for a mentor of the trainee."""
    return can_reveal(user, trainee) or shows(resolve(user, trainee), "phone")


def can_reveal_person(user: "User", person: Person) -> bool:
    """As `can_reveal`, for somebody without a file: staff and leaders of a unit whose office they hold, and oneself."""
    return _is_account_of(user, person) or _works_with(user, person, Role.STAFF, Role.LEADER, now=True)


def can_read_account(user: "User", trainee: Trainee) -> bool:
    """Sign-in name and account requests of a trainee: staff of the unit, also of a closed file."""
    return _works_on(user, trainee, Role.STAFF)


def can_manage_account(user: "User", person: Person) -> bool:
    """Ask for the account of an office-holder without a file, or say which one is theirs: staff of the unit."""
    return _works_with(user, person, Role.STAFF)


def can_propose(user: "User", trainee: Trainee) -> bool:
    """The trainee and the unit's liaison propose; staff change directly."""
    return not trainee.is_read_only and is_proposer(user, trainee)


def can_see_proposals(user: "User") -> bool:
    """The page of proposals: those who answer them and those who make them."""
    return user.has_role(Role.STAFF, Role.LIAISON) or has_own_file(user)


def can_answer(user: "User", proposal: Proposal) -> bool:
    """Staff of the unit, never on the own file or a relative's, never on the own proposal."""
    return can_edit(user, proposal.trainee) and proposal.proposed_by_id != user.pk


def can_refuse(user: "User", proposal: Proposal) -> bool:
    """As `can_answer`, also once the file is closed: nothing that waits is left without an answer."""
    return _works_on(user, proposal.trainee, Role.STAFF) and proposal.proposed_by_id != user.pk


def can_withdraw(user: "User", proposal: Proposal) -> bool:
    """Whoever proposed it."""
    return proposal.proposed_by_id == user.pk


def can_see_offices(user: "User") -> bool:
    """Offices and their holders: business roles, in their scope."""
    return user.has_role(*BUSINESS_ROLES)


def can_manage_offices(user: "User", unit: "Unit") -> bool:
    """Department staff, in units of their scope."""
    return user.holds(unit, Role.STAFF) and not unit.is_voided


def can_change_office(user: "User", office: Office) -> bool:
    """As `can_manage_offices`, for an office that is not voided."""
    return can_manage_offices(user, office.unit) and not office.is_voided


def can_restore_office(user: "User", office: Office) -> bool:
    """As `can_manage_offices`, for a voided office."""
    return can_manage_offices(user, office.unit) and office.is_voided


def can_read_office_history(user: "User", office: Office) -> bool:
    """Changes in words name old values: staff and leaders."""
    return user.holds(office.unit, Role.STAFF, Role.LEADER)


def can_pick_persons(user: "User") -> bool:
    """Department staff name persons by typing; what is found lies in their scope."""
    return user.has_role(Role.STAFF)


def can_request_accounts(user: "User") -> bool:
    """Department staff ask for the accounts of trainees and mentors."""
    return user.has_role(Role.STAFF)


def has_own_file(user: "User") -> bool:
    """True for the account of somebody in the programme."""
    _person, file = own_keys(user)
    return file is not None


def is_proposer(user: "User", trainee: Trainee) -> bool:
    """True for the trainee and the unit's liaison, whether the file is open or closed."""
    return is_own(user, trainee) or _works_on(user, trainee, Role.LIAISON)


def is_own(user: "User", trainee: Trainee) -> bool:
    """True for the file about `user`."""
    return _is_account_of(user, trainee.person)


def _is_account_of(user: "User", person: Person) -> bool:
    return person.account_id is not None and person.account_id == user.pk


def _works_on(user: "User", trainee: Trainee, *roles: str) -> bool:
    return user.holds(trainee.home_unit, *roles) and trainee.person_id not in avoided_persons(user)


def _works_with(user: "User", person: Person, *roles: str, now: bool = False) -> bool:
    """A role on a unit of which `person`, without a file, holds or held (`now`: holds) an office; never with a relative.

    Whoever has a file belongs to its unit, also for those who do not see it. One query.
    """
    ranges = user.unit_ranges(*roles)
    if not ranges or person.pk in avoided_persons(user):
        return False
    held = OfficeHolding.objects.current() if now else OfficeHolding.objects.standing()
    return held.filter(any_of(ranges, "office__unit__path"), person=person, person__trainee=None).exists()
