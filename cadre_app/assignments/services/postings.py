"""派遣 postings: proposed, changed, completed, voided and restored. Everything of one person waits in line for the file."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import Front, HostLevel, Posting, PostingState
from cadre_app.assignments.models.choices import PENDING
from cadre_app.assignments.services.posting_checks import (
    check_all,
    check_days,
    check_document,
    check_limits,
    check_superior,
    check_supervisor,
    lock_posting,
    mid_term_day,
    refuse_overlap,
)
from cadre_app.assignments.services.posting_files import Uploads, keep_files, superior_count
from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services.checks import READ_ONLY, clean, lock_open_file, refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def propose_posting(
    trainee: Trainee,
    *,
    kind: str,
    mode: str,
    tasks: str,
    started_on: date,
    due_on: date | None = None,
    front: Front | None = None,
    unit: Unit | None = None,
    host_name: str = "",
    host_level: str = HostLevel.DISTRICT,
    post: str = "",
    plan: str = "",
    reason: str = "",
    supervisor: Person | None = None,
    document_number: str = "",
    document_on: date | None = None,
    superior_document: str = "",
    document_files: Uploads = (),
    superior_files: Uploads = (),
    follows: Posting | None = None,
    actor: "User",
) -> Posting:
    """Propose a posting, to be checked and signed off; also of days that are past, to record it afterwards.

    Raises ValidationError by field: of the files' own fields `document_files` and `superior_files`.
    """
    trainee = lock_open_file(trainee.pk)
    posting = Posting(trainee=trainee, proposed_by=actor, follows=follows)
    values: dict[str, Any] = {"kind": kind, "mode": mode, "tasks": tasks, "started_on": started_on, "due_on": due_on}
    values |= {"front": front, "unit": unit, "host_name": host_name, "host_level": host_level, "post": post}
    values |= {"plan": plan, "reason": reason, "supervisor": supervisor, "document_number": document_number}
    values |= {"document_on": document_on, "superior_document": superior_document}
    with history.change(posting, actor=actor, verb="assignments.posting.proposed"):
        _set(posting, values)
        check_all(posting, superior_files=len(superior_files))
        posting.mid_term_on = mid_term_day(posting)
        clean(posting)
        posting.save(force_insert=True)
    keep_files(posting, document_files=document_files, superior_files=superior_files, actor=actor)
    return posting


@transaction.atomic
def propose_again(posting: Posting, *, version: int | None = None, actor: "User", **values: Any) -> Posting:
    """Propose anew, as `propose_posting`, what was declined; the declined one stays as it is, the new one leads to it.

    Raises Stale; ValidationError by field.
    """
    posting = lock_posting(posting, version)
    if posting.state != PostingState.DECLINED:
        raise ValidationError(_("Only a declined proposal is proposed again."), code="not_declined")
    return propose_posting(posting.trainee, **values, follows=posting, actor=actor)


@transaction.atomic
def change_posting(
    posting: Posting,
    *,
    kind: str,
    mode: str,
    tasks: str,
    started_on: date,
    due_on: date | None = None,
    front: Front | None = None,
    unit: Unit | None = None,
    host_name: str = "",
    host_level: str = HostLevel.DISTRICT,
    post: str = "",
    plan: str = "",
    reason: str = "",
    supervisor: Person | None = None,
    document_number: str = "",
    document_on: date | None = None,
    superior_document: str = "",
    document_files: Uploads = (),
    superior_files: Uploads = (),
    version: int | None = None,
    actor: "User",
) -> Posting:
    """Change a proposal that is not signed off: it is to be checked anew, by somebody other than `actor`.

    Raises Stale, ValidationError by field.
    """
    posting = lock_posting(posting, version)
    if posting.state not in PENDING:
        raise ValidationError(
            _("This posting is signed off. Complete it, or void it and propose another one."), code="signed"
        )
    values: dict[str, Any] = {"kind": kind, "mode": mode, "tasks": tasks, "started_on": started_on, "due_on": due_on}
    values |= {"front": front, "unit": unit, "host_name": host_name, "host_level": host_level, "post": post}
    values |= {"plan": plan, "reason": reason, "supervisor": supervisor, "document_number": document_number}
    values |= {"document_on": document_on, "superior_document": superior_document}
    with history.change(posting, actor=actor, verb="assignments.posting.changed"):
        _set(posting, values)
        posting.state, posting.proposed_by = PostingState.PROPOSED, actor
        posting.checked_by, posting.checked_on = None, None
        check_all(posting, superior_files=superior_count(posting, superior_files))
        posting.mid_term_on = mid_term_day(posting)
        clean(posting)
        posting.save()
    keep_files(posting, document_files=document_files, superior_files=superior_files, actor=actor)
    return posting


@transaction.atomic
def complete_posting(
    posting: Posting,
    *,
    tasks: str,
    plan: str = "",
    supervisor: Person | None = None,
    document_number: str = "",
    document_on: date | None = None,
    superior_document: str = "",
    due_on: date | None = None,
    document_files: Uploads = (),
    superior_files: Uploads = (),
    version: int | None = None,
    actor: "User",
) -> Posting:
    """补录 what was not known at the sign-off: numbers, supervisor, tasks; and a planned end where there is none.

    Raises Stale, ValidationError by field; an end that is set is put off by `extend_posting` alone.
    """
    posting = lock_posting(posting, version)
    if posting.state not in (PostingState.APPROVED, PostingState.RETURNED, PostingState.CLOSED):
        raise ValidationError(_("This posting is not signed off."), code="not_signed")
    with history.change(posting, actor=actor, verb="assignments.posting.completed"):
        posting.tasks, posting.plan, posting.supervisor = tasks, plan, supervisor
        posting.document_number, posting.document_on = document_number, document_on
        was_approved, posting.superior_document = bool(posting.superior_document), superior_document
        if due_on is not None and due_on != posting.due_on:
            _plan_end(posting, due_on)
        check_supervisor(posting)
        check_document(posting)
        if was_approved and not superior_document:
            check_superior(posting, superior_count(posting, superior_files))
        clean(posting)
        posting.save()
    keep_files(posting, document_files=document_files, superior_files=superior_files, actor=actor)
    return posting


@transaction.atomic
def void_posting(posting: Posting, *, reason: str, version: int | None = None, actor: "User") -> Posting:
    """Void a posting entered by mistake or called off; of somebody who has left only what never began. Raises Stale;
    ValidationError while an appraisal points to it.
    """
    posting = lock_posting(posting, version, departed=True)
    if posting.trainee.is_read_only and not posting.never_began:
        raise ValidationError(READ_ONLY, code="read_only")
    if posting.appraisals.standing().exists():
        message = _("The host's appraisal belongs to this posting. Void the appraisal first.")
        raise ValidationError(message, code="appraised")
    history.void(posting, actor=actor, reason=reason)
    return Posting.objects.get(pk=posting.pk)


@transaction.atomic
def restore_posting(posting: Posting, *, reason: str = "", version: int | None = None, actor: "User") -> Posting:
    """Undo `void_posting`. Raises Stale; ValidationError where another posting covers its days now, and for one that is
    not over where it breaks a rule by what was recorded since.
    """
    posting = lock_posting(posting, version, voided=True)
    if posting.state != PostingState.DECLINED:
        refuse_overlap(posting, field="reason")
    if posting.state in (*PENDING, PostingState.APPROVED):
        check_all(posting, superior_files=superior_count(posting))
    history.restore(posting, actor=actor, reason=reason)
    return Posting.objects.get(pk=posting.pk)


def _set(posting: Posting, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(posting, name, value)


def _plan_end(posting: Posting, due_on: date) -> None:
    """The end of a task becomes known while it goes on."""
    if posting.due_on is not None or posting.state != PostingState.APPROVED:
        message = _("The planned end stands. Where it is put off, record an extension.")
        raise refusal("due_on", message, code="planned")
    if due_on < timezone.localdate():
        message = _("This day is past: record the return instead.")
        raise refusal("due_on", message, code="past")
    posting.due_on = due_on
    check_days(posting)
    check_limits(posting)
    refuse_overlap(posting, field="due_on")
    posting.mid_term_on = mid_term_day(posting)
