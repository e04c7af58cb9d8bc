"""Who writes, completes and confirms the host's appraisal (ACCESS.md, "host": own posting, appraisal)."""

from typing import TYPE_CHECKING

from cadre_app.assignments.models import Posting, PostingAppraisal, PostingState
from cadre_app.assignments.permissions import postings
from cadre_app.people.models.persons import avoided_persons, own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def hosts(user: "User", posting: Posting) -> bool:
    """The supervisor on site, who is neither the person nor a declared relative."""
    person, _file = own_keys(user)
    is_host = person is not None and posting.supervisor_id == person
    return is_host and posting.trainee.person_id not in avoided_persons(user)


def can_write(user: "User", posting: Posting, appraisal: PostingAppraisal | None) -> bool:
    """The host, and staff from paper, from the return until it is confirmed; what the host wrote is the host's."""
    if posting.is_voided or posting.trainee.is_read_only or posting.state != PostingState.RETURNED:
        return False
    if hosts(user, posting):
        return True
    by_host = appraisal is not None and _is_by_host(posting, appraisal)
    return not by_host and postings.can_take_return_back(user, posting)


def can_confirm(user: "User", appraisal: PostingAppraisal) -> bool:
    """Staff, never who supervises the posting; not while the host completes it."""
    return not appraisal.returned_reason and can_return(user, appraisal)


def can_return(user: "User", appraisal: PostingAppraisal) -> bool:
    """Staff ask the host for more, or void what was written, until it is confirmed."""
    is_open = not appraisal.is_voided and appraisal.confirmed_on is None
    return is_open and not hosts(user, appraisal.posting) and postings.can_take_return_back(user, appraisal.posting)


def can_reopen(user: "User", appraisal: PostingAppraisal) -> bool:
    """Staff take a confirmation back."""
    is_confirmed = not appraisal.is_voided and appraisal.confirmed_on is not None
    return is_confirmed and postings.can_complete(user, appraisal.posting)


def _is_by_host(posting: Posting, appraisal: PostingAppraisal) -> bool:
    return posting.supervisor is not None and posting.supervisor.account_id == appraisal.written_by_id


def can_restore(user: "User", appraisal: PostingAppraisal) -> bool:
    """Staff, while the posting waits for its appraisal."""
    return appraisal.is_voided and postings.can_take_return_back(user, appraisal.posting)
