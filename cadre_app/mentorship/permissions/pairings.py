"""Who may do what with pairings (ACCESS.md, "Who sees what").

Staff of the trainee's unit pair; leaders and the liaison read; a mentor reads the own pairing while it runs. Own files
and declared relatives are never worked on (回避).
"""

from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.mentorship.models import Pairing
from cadre_app.people import permissions as people
from cadre_app.people.models import of_scope
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import Q

    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def can_see_board(user: "User") -> bool:
    """The board and the list over units: business roles."""
    return user.has_role(*BUSINESS_ROLES)


def can_see_suggestions(user: "User") -> bool:
    """Suggestions are for those who confirm them: department staff."""
    return user.has_role(Role.STAFF)


def can_pair(user: "User", trainee: "Trainee") -> bool:
    """Staff of the unit, as long as the file is open."""
    return people.can_edit(user, trainee)


def can_change(user: "User", pairing: Pairing) -> bool:
    """Staff of the unit: the planned last day and the days between check-ins, while it runs."""
    return pairing.is_running and people.can_edit(user, pairing.trainee)


def can_word_goals(user: "User", pairing: Pairing) -> bool:
    """Staff of the unit: goals are added, worded, removed and put back, while it runs."""
    return can_change(user, pairing)


def can_report_goals(user: "User", pairing: Pairing) -> bool:
    """How goals stand: the mentor and staff of the unit, while it runs."""
    return is_own_mentee(user, pairing) or can_change(user, pairing)


def waits_for_signature(user: "User", pairing: Pairing) -> bool:
    """Staff of the unit record the day on the signed agreement, once."""
    return pairing.signed_on is None and can_attach(user, pairing)


def can_unsign(user: "User", pairing: Pairing) -> bool:
    """Staff of the unit take back what was recorded by mistake."""
    return pairing.signed_on is not None and can_attach(user, pairing)


def can_attach(user: "User", pairing: Pairing) -> bool:
    """Staff of the unit: the signed agreement, also of a pairing that has ended."""
    return not pairing.is_voided and people.can_edit(user, pairing.trainee)


def may_read_agreement(user: "User", owner_id: "UUID") -> bool:
    """Whoever may read the pairing, as long as it stands."""
    return Pairing.objects.visible_to(user).standing().filter(pk=owner_id).exists()


def can_read_letter(user: "User", pairing: Pairing) -> bool:
    """The letter of appointment: whoever sees the pairing but the trainee, whom it is not for."""
    return not people.is_own(user, pairing.trainee)


def can_number(user: "User", pairing: Pairing) -> bool:
    """Staff of the unit give its papers their numbers, also once it has ended."""
    return not pairing.is_voided and people.can_edit(user, pairing.trainee)


def can_end(user: "User", pairing: Pairing) -> bool:
    """Staff of the unit, while it runs; also for a trainee who has left."""
    return pairing.is_running and _works_on(user, pairing)


def can_reopen(user: "User", pairing: Pairing) -> bool:
    """Staff of the unit: an end that was recorded by mistake, of an open file."""
    return pairing.ended_on is not None and not pairing.is_voided and people.can_edit(user, pairing.trainee)


def can_void(user: "User", pairing: Pairing) -> bool:
    """Staff of the unit, what was recorded by mistake."""
    return not pairing.is_voided and _works_on(user, pairing)


def can_restore(user: "User", pairing: Pairing) -> bool:
    """Staff of the unit, what was voided."""
    return pairing.is_voided and people.can_edit(user, pairing.trainee)


def can_read_history(user: "User", pairing: Pairing) -> bool:
    """Changes in words name old values: staff and leaders."""
    return people.can_read_history(user, pairing.trainee)


def is_own_mentee(user: "User", pairing: Pairing) -> bool:
    """`user` is the mentor, and the pairing runs."""
    own, _file = own_keys(user)
    return own is not None and pairing.is_running and pairing.mentor_id == own


def reads_by_role(user: "User", pairing: Pairing) -> bool:
    """Neither the mentor nor the trainee: whoever else sees the pairing works for the unit."""
    return not is_own_mentee(user, pairing) and not people.is_own(user, pairing.trainee)


def reads_kinship(user: "User", pairing: Pairing) -> bool:
    """That mentor and trainee are declared relatives: staff and leaders, who read the family in the file."""
    return reads_by_role(user, pairing) and people.can_read_relatives(user, pairing.trainee)


def finds_relatives(user: "User") -> bool:
    """Asks lists for pairings of relatives: staff and leaders."""
    return user.has_role(Role.STAFF, Role.LEADER)


def kinship_read(user: "User") -> "Q":
    """The pairings of which `user` may know that they are of relatives, as a condition for lists (`reads_kinship`)."""
    return of_scope(user, Role.STAFF, Role.LEADER, prefix="trainee__")


def _works_on(user: "User", pairing: Pairing) -> bool:
    """Staff of the unit, also of a file that a departure has closed: nothing that runs is left without an end."""
    return people.can_read_account(user, pairing.trainee) and not pairing.trainee.is_voided
