"""Who may read and do what with postings and their approval (ACCESS.md, "postings, village term, leave").

Staff work on them, liaisons propose for their own unit, one checks and another, a leader, signs off. Own files and declared
relatives are never worked on (回避); nothing is done to a closed file.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from cadre_app.assignments.models import Posting, PostingState
from cadre_app.assignments.models.choices import PENDING
from cadre_app.core import signing
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people import permissions as people
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

SIGNED = (PostingState.APPROVED, PostingState.RETURNED, PostingState.CLOSED)


def can_open_proposal(user: "User") -> bool:
    """The page on which somebody is proposed: staff, and liaisons for their own unit."""
    return user.has_role(Role.STAFF, Role.LIAISON)


def can_propose(user: "User", trainee: Trainee) -> bool:
    """Staff and the unit's liaison, for an open file."""
    return _works_on(user, trainee, Role.STAFF, Role.LIAISON) and not trainee.is_read_only


def names_hosts(user: "User") -> bool:
    """Who looks people up by name: staff enter the supervisor on site."""
    return people.can_pick_persons(user)


def can_see_queue(user: "User") -> bool:
    """The page of what waits to be checked and signed off: business roles; liaisons see how far theirs are."""
    return user.has_role(*BUSINESS_ROLES)


def decides(user: "User") -> bool:
    """Who takes the steps of the queue, and finds them on the desk: staff and leaders."""
    return user.has_role(Role.STAFF, Role.LEADER)


def oversees(user: "User", posting: Posting) -> bool:
    """Business roles read all of a posting; the person and the host what concerns them."""
    return _works_on(user, posting.trainee, *BUSINESS_ROLES)


def is_subject(user: "User", posting: Posting) -> bool:
    return people.is_own(user, posting.trainee)


def reads_history(user: "User", posting: Posting) -> bool:
    """What was changed when, in words: staff and leaders."""
    return _works_on(user, posting.trainee, Role.STAFF, Role.LEADER)


def can_change(user: "User", posting: Posting) -> bool:
    """A proposal: staff; the liaison who made it, until it is checked."""
    if posting.is_voided or posting.state not in PENDING or posting.trainee.is_read_only:
        return False
    if _works_on(user, posting.trainee, Role.STAFF):
        return True
    is_own_proposal = posting.proposed_by_id == user.pk and posting.state == PostingState.PROPOSED
    return is_own_proposal and _works_on(user, posting.trainee, Role.LIAISON)


def can_propose_again(user: "User", posting: Posting) -> bool:
    """Whoever may propose the person, after a proposal was declined and as long as no other one takes it up."""
    is_declined = not posting.is_voided and posting.state == PostingState.DECLINED
    return is_declined and can_propose(user, posting.trainee) and not posting.proposed_again.standing().exists()


def can_complete(user: "User", posting: Posting) -> bool:
    """What is signed off is completed by staff."""
    return _staffs(user, posting) and posting.state in SIGNED


def can_run(user: "User", posting: Posting) -> bool:
    """Extension and mid-term review are recorded by staff, while the posting is signed off and not over."""
    return _staffs(user, posting) and posting.state == PostingState.APPROVED


def can_return(user: "User", posting: Posting) -> bool:
    """Staff record the return, also of somebody who has left since: until when they were there is asked later too."""
    return _staffed(user, posting) and posting.state == PostingState.APPROVED


def can_take_return_back(user: "User", posting: Posting) -> bool:
    """Staff, by the same rule."""
    return _staffed(user, posting) and posting.state == PostingState.RETURNED


def can_void(user: "User", posting: Posting) -> bool:
    """Staff, also after a departure what never began; the liaison who proposed it, until it is checked."""
    never_began = _staffed(user, posting) and posting.never_began
    return never_began or _staffs(user, posting) or can_change(user, posting)


def can_restore(user: "User", posting: Posting) -> bool:
    return posting.is_voided and _works_on(user, posting.trainee, Role.STAFF) and not posting.trainee.is_read_only


def can_check(user: "User", posting: Posting) -> bool:
    """审核: staff or a leader, never the own proposal."""
    return checks(user, posting) and posting.state == PostingState.PROPOSED


def can_sign_off(user: "User", posting: Posting) -> bool:
    """签批: a leader, never the own proposal nor what they checked."""
    return signs(user, posting) and posting.state == PostingState.CHECKED


def can_decline(user: "User", posting: Posting) -> bool:
    """Whoever may take the step that it waits for, also after a departure: then nobody takes that step any more."""
    is_third = signing.is_third(user, entered=posting.proposed_by_id, checked=posting.checked_by_id)
    if posting.trainee.is_voided or posting.is_voided or not is_third:
        return False
    steps = {PostingState.PROPOSED.value: (Role.STAFF, Role.LEADER), PostingState.CHECKED.value: (Role.LEADER,)}
    roles = steps.get(posting.state)
    return roles is not None and _works_on(user, posting.trainee, *roles)


def checks(user: "User", posting: Posting) -> bool:
    """Whose step the check is, also while it does not wait for it."""
    is_other = signing.is_third(user, entered=posting.proposed_by_id)
    return is_other and _is_open(posting) and _works_on(user, posting.trainee, Role.STAFF, Role.LEADER)


def signs(user: "User", posting: Posting) -> bool:
    """Whose step the sign-off is, also while it does not wait for it."""
    is_third = signing.is_third(user, entered=posting.proposed_by_id, checked=posting.checked_by_id)
    return is_third and _is_open(posting) and _works_on(user, posting.trainee, Role.LEADER)


def has_only_checked(user: "User", posting: Posting) -> bool:
    """A leader who would sign it off, had they not checked it."""
    only = signing.only_checked(user, entered=posting.proposed_by_id, checked=posting.checked_by_id)
    waits = posting.state == PostingState.CHECKED and _is_open(posting)
    return only and waits and _works_on(user, posting.trainee, Role.LEADER)


def may_read_document(user: "User", posting_id: UUID) -> bool:
    """The posting's own document: business roles, and the person once it is signed off; the host reads none."""
    posting = Posting.objects.visible_to(user).standing().filter(pk=posting_id).select_related(*FILE).first()
    return posting is not None and (oversees(user, posting) or is_subject(user, posting))


def may_read_superior(user: "User", posting_id: UUID) -> bool:
    """The superior department's document: business roles."""
    posting = Posting.objects.visible_to(user).standing().filter(pk=posting_id).select_related(*FILE).first()
    return posting is not None and oversees(user, posting)


FILE = ("trainee__person", "trainee__home_unit")


def _staffs(user: "User", posting: Posting) -> bool:
    return _is_open(posting) and _works_on(user, posting.trainee, Role.STAFF)


def _staffed(user: "User", posting: Posting) -> bool:
    """As `_staffs`, also after a departure."""
    stands = not posting.is_voided and not posting.trainee.is_voided
    return stands and _works_on(user, posting.trainee, Role.STAFF)


def _is_open(posting: Posting) -> bool:
    return not posting.is_voided and not posting.trainee.is_read_only


def _works_on(user: "User", trainee: Trainee, *roles: str) -> bool:
    return user.holds(trainee.home_unit, *roles) and trainee.person_id not in avoided_persons(user)
