"""审核、签批 a proposal is checked by one and signed off by another, a leader; neither of them whoever proposed it."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import Posting, PostingState
from cadre_app.assignments.models.choices import PENDING
from cadre_app.assignments.services.posting_checks import PLANNED_AHEAD, check_all, lock_posting
from cadre_app.assignments.services.posting_files import Uploads, keep_files, superior_count
from cadre_app.core.signing import refuse_same_hand
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refuse_before, refuse_future

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def check_posting(posting: Posting, *, version: int | None = None, actor: "User") -> Posting:
    """审核: the proposal goes on to a leader. Raises Stale; ValidationError for one's own proposal, and where it breaks
    a rule by what was recorded since.
    """
    posting = _lock_proposed(posting, version, actor, PostingState.PROPOSED)
    check_all(posting, superior_files=superior_count(posting))
    with history.change(posting, actor=actor, verb="assignments.posting.checked"):
        posting.state, posting.checked_by = PostingState.CHECKED, actor
        posting.checked_on = timezone.localdate()
        clean(posting)
        posting.save()
    return posting


@transaction.atomic
def sign_off_posting(
    posting: Posting,
    *,
    document_number: str = "",
    document_on: date | None = None,
    document_files: Uploads = (),
    signed_on: date | None = None,
    version: int | None = None,
    actor: "User",
) -> Posting:
    """签批: from now on the posting is known to the person. The number may follow within the setting's days; `signed_on`
    is the day on paper, by default today.

    Raises Stale, ValidationError as `check_posting`, and for days that cannot be.
    """
    posting = _lock_proposed(posting, version, actor, PostingState.CHECKED)
    with history.change(posting, actor=actor, verb="assignments.posting.signed_off"):
        posting.document_number = document_number or posting.document_number
        posting.document_on = document_on or posting.document_on
        check_all(posting, superior_files=superior_count(posting))
        posting.state, posting.signed_by = PostingState.APPROVED, actor
        posting.signed_on = signed_on or timezone.localdate()
        _check_signed_on(posting, posting.signed_on)
        clean(posting)
        posting.save()
    keep_files(posting, document_files=document_files, superior_files=(), actor=actor)
    return posting


@transaction.atomic
def decline_posting(posting: Posting, *, reason: str, version: int | None = None, actor: "User") -> Posting:
    """Decline a proposal with a reason, which whoever proposed it reads; also of somebody who has left. Raises Stale,
    ValidationError.
    """
    posting = _lock_proposed(posting, version, actor, *PENDING, departed=True)
    with history.change(posting, actor=actor, verb="assignments.posting.declined", reason=reason):
        posting.state, posting.decline_reason = PostingState.DECLINED, reason
        posting.declined_on = timezone.localdate()
        clean(posting)
        posting.save()
    return posting


def _check_signed_on(posting: Posting, day: date) -> None:
    """Not to come, and not before the proposal; one that is entered afterwards was decided on paper before that."""
    refuse_future("signed_on", day)
    proposed_on = timezone.localdate(posting.created_at)
    if posting.started_on < proposed_on:
        message = _("The sign-off lies more than a year before the first day of the posting.")
        refuse_before("signed_on", day, posting.started_on - PLANNED_AHEAD, message)
    else:
        message = _("It was proposed on %(day)s: the sign-off cannot lie before that.")
        refuse_before("signed_on", day, proposed_on, message % {"day": formats.date_format(proposed_on)})


def _lock_proposed(
    posting: Posting, version: int | None, actor: "User", *states: str, departed: bool = False
) -> Posting:
    posting = lock_posting(posting, version, departed=departed)
    if posting.state not in states:
        raise ValidationError(_("This posting does not wait for this step."), code="not_waiting")
    refuse_same_hand(actor, entered=posting.proposed_by_id, checked=posting.checked_by_id)
    return posting
