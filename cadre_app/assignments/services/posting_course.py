"""在岗 what happens while somebody is away: the end put off, the mid-term review, the return and taking it back."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.compliance import ONE_DAY
from cadre_app.assignments.models import Posting, PostingExtension, PostingKind, PostingState
from cadre_app.assignments.policies import SHADOW_EXTENSIONS
from cadre_app.assignments.services.posting_checks import (
    check_days,
    check_host,
    check_limits,
    check_superior,
    lock_posting,
    mid_term_day,
    refuse_overlap,
)
from cadre_app.assignments.services.posting_files import Uploads, keep_files, superior_count
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal, refuse_before, refuse_future

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def extend_posting(
    posting: Posting,
    *,
    due_on: date,
    document_number: str,
    reason: str,
    document_on: date | None = None,
    document_files: Uploads = (),
    version: int | None = None,
    actor: "User",
) -> PostingExtension:
    """Put the planned end off, on a document; once that end is past only on one dated before, and the days that went by
    are kept. Raises Stale; ValidationError by field, also for the one extension of shadow training and its longest time,
    and where another full-time posting follows.
    """
    posting = _lock_running(posting, version)
    if posting.due_on is None:
        raise refusal("due_on", _("No end is planned: enter it on the posting instead."), code="no_end")
    most = SHADOW_EXTENSIONS.on(posting.started_on)
    if posting.kind == PostingKind.SHADOW and posting.extensions >= most:
        message = _("Shadow training is extended %(most)s time(s) at most; this has been done.") % {"most": most}
        raise ValidationError(message, code="extended")
    extension = PostingExtension(posting=posting, was_due_on=posting.due_on, due_on=due_on, reason=reason)
    extension.document_number, extension.document_on = document_number, document_on
    _check_approval(extension)
    with history.change(posting, actor=actor, verb="assignments.posting.extended", reason=reason):
        _put_off(posting, due_on)
        clean(posting)
        posting.save()
    with history.change(extension, actor=actor, verb="assignments.postingextension.recorded"):
        clean(extension)
        extension.save(force_insert=True)
    keep_files(posting, document_files=document_files, superior_files=(), actor=actor)
    return extension


@transaction.atomic
def take_extension_back(
    extension: PostingExtension, *, reason: str, version: int | None = None, actor: "User"
) -> PostingExtension:
    """The last extension, recorded by mistake: the end before stands again. Raises Stale, ValidationError."""
    posting = _lock_running(extension.posting, None)
    extension = PostingExtension.objects.lock(extension.pk, version)
    last = posting.put_off.standing().order_by("-due_on").first()
    if last is None or last.pk != extension.pk or posting.due_on != extension.due_on:
        raise ValidationError(_("Only the last extension can be taken back."), code="not_last")
    history.void(extension, actor=actor, reason=reason)
    with history.change(posting, actor=actor, verb="assignments.posting.extension_taken_back", reason=reason):
        posting.due_on, posting.extensions = extension.was_due_on, posting.extensions - 1
        if posting.mid_term_held_on is None:
            posting.mid_term_on = mid_term_day(posting)
        clean(posting)
        posting.save()
    return PostingExtension.objects.get(pk=extension.pk)


@transaction.atomic
def hold_mid_term(
    posting: Posting, *, mid_term_held_on: date, mid_term_text: str, version: int | None = None, actor: "User"
) -> Posting:
    """中期了解: when and what was found; it can be corrected while the posting runs. Raises Stale, ValidationError."""
    posting = _lock_running(posting, version)
    message = _("The mid-term review lies before the first day of the posting.")
    refuse_before("mid_term_held_on", mid_term_held_on, posting.started_on, message)
    refuse_future("mid_term_held_on", mid_term_held_on)
    if not mid_term_text.strip():
        raise refusal("mid_term_text", _("Please fill this in."), code="required")
    with history.change(posting, actor=actor, verb="assignments.posting.mid_term_held"):
        posting.mid_term_held_on, posting.mid_term_text = mid_term_held_on, mid_term_text
        clean(posting)
        posting.save()
    return posting


@transaction.atomic
def return_posting(
    posting: Posting, *, ended_on: date, return_reason: str = "", version: int | None = None, actor: "User"
) -> Posting:
    """办理返回: the last day there; before the planned one it is an early return, with its reason. It is recorded also for
    somebody who has left since.

    Raises Stale; ValidationError by field: a day to come, one before the start, after the departure, or inside the next
    full-time posting.
    """
    posting = _lock_running(posting, version, departed=True)
    if ended_on < posting.started_on:
        raise refusal("ended_on", _("A posting cannot end before it started."), code="before_start")
    refuse_future("ended_on", ended_on)
    _refuse_after_departure(posting, ended_on)
    is_early = posting.due_on is not None and ended_on < posting.due_on
    if is_early and not return_reason.strip():
        raise refusal("return_reason", _("Say why the person returns early."), code="required")
    with history.change(posting, actor=actor, verb="assignments.posting.returned", reason=return_reason):
        posting.state, posting.ended_on, posting.returned_on = PostingState.RETURNED, ended_on, timezone.localdate()
        posting.is_recalled, posting.return_reason = is_early, return_reason
        refuse_overlap(posting, field="ended_on")
        clean(posting)
        posting.save()
    return posting


@transaction.atomic
def take_return_back(posting: Posting, *, reason: str, version: int | None = None, actor: "User") -> Posting:
    """A return recorded by mistake. Raises Stale; ValidationError once an appraisal stands or the days are taken."""
    posting = lock_posting(posting, version, departed=True)
    if posting.state != PostingState.RETURNED:
        raise ValidationError(_("The return is not recorded, or the appraisal is confirmed."), code="not_returned")
    if posting.appraisals.standing().exists():
        message = _("The host's appraisal belongs to this posting. Void the appraisal first.")
        raise ValidationError(message, code="appraised")
    with history.change(posting, actor=actor, verb="assignments.posting.return_taken_back", reason=reason):
        posting.state, posting.ended_on, posting.returned_on = PostingState.APPROVED, None, None
        posting.is_recalled, posting.return_reason = False, ""
        refuse_overlap(posting, field="reason")
        clean(posting)
        posting.save()
    return posting


def _refuse_after_departure(posting: Posting, ended_on: date) -> None:
    left_on = posting.trainee.departed_on
    if left_on is not None and ended_on > left_on:
        message = _("The person left on %(day)s: the last day there is that day or one before it.")
        raise refusal("ended_on", message % {"day": formats.date_format(left_on)}, code="after_departure")


def _lock_running(posting: Posting, version: int | None, *, departed: bool = False) -> Posting:
    posting = lock_posting(posting, version, departed=departed)
    if posting.state != PostingState.APPROVED:
        raise ValidationError(
            _("This posting does not run: it is not signed off, or the return is recorded."), code="not_running"
        )
    return posting


def _check_approval(extension: PostingExtension) -> None:
    """确需延长的，须在到期前按规定报批: what is entered after the planned end was approved before it, and stays noted."""
    late = (timezone.localdate() - extension.was_due_on).days
    if extension.document_on is not None:
        refuse_future("document_on", extension.document_on)
        message = _("The document is dated before the posting began.")
        refuse_before("document_on", extension.document_on, extension.posting.started_on, message)
    if late <= 0:
        return
    known = {"day": formats.date_format(extension.was_due_on)}
    if extension.document_on is None:
        message = _("The planned end, %(day)s, is past: enter the date of the document that approved the extension.")
        raise refusal("document_on", message % known, code="required")
    if extension.document_on > extension.was_due_on:
        message = _(
            "An extension is approved before the planned end, %(day)s. Record the return, or propose a new posting."
        )
        raise refusal("document_on", message % known, code="too_late")
    extension.days_late = late


def _put_off(posting: Posting, due_on: date) -> None:
    """The new end as the same rules see it; a mid-term review that is due already stays due."""
    was_due_on = posting.due_on
    if was_due_on is None or due_on <= was_due_on:
        message = _("The new last day lies after the one that was planned.")
        raise refusal("due_on", message, code="not_further")
    if due_on < timezone.localdate():
        message = _("The new last day is past: record the return instead.")
        raise refusal("due_on", message, code="past")
    posting.due_on, posting.extensions = due_on, posting.extensions + 1
    check_days(posting)
    check_limits(posting)
    check_host_until(posting)
    refuse_overlap(posting, field="due_on", since=was_due_on + ONE_DAY)
    _check_superior_until(posting)
    is_coming = posting.mid_term_on is None or posting.mid_term_on > timezone.localdate()
    if is_coming and posting.mid_term_held_on is None:
        posting.mid_term_on = mid_term_day(posting)


def _check_superior_until(posting: Posting) -> None:
    """As `check_superior`, with the way to where its document is entered."""
    try:
        check_superior(posting, superior_count(posting))
    except ValidationError as error:
        message = _("%(why)s Complete the posting first, then extend it.") % {"why": error.messages[0]}
        raise refusal("due_on", message, code="superior") from error


def check_host_until(posting: Posting) -> None:
    """As `check_host`, said beside the day that was typed."""
    try:
        check_host(posting)
    except ValidationError as error:
        raise refusal("due_on", error.messages[0], code="closed") from error
