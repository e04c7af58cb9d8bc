"""鉴定 the host writes what was done and how; staff enter it from paper, ask for more, or confirm it. Never a grade."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cadre_app.assignments.models import Posting, PostingAppraisal, PostingState
from cadre_app.assignments.services.posting_checks import lock_posting
from cadre_app.handover.models import MaterialKind
from cadre_app.handover.services.notes import note_material, retract_material
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refuse_standing

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def write_appraisal(
    posting: Posting,
    *,
    duties: str,
    opinion: str,
    days_away: Decimal | None = None,
    signatory: str,
    version: int | None = None,
    actor: "User",
) -> PostingAppraisal:
    """The host's appraisal, once the return is recorded; written again until it is confirmed.

    `version` is that of the posting while there is no appraisal, then that of the appraisal. Raises Stale,
    ValidationError by field.
    """
    appraisal = PostingAppraisal.objects.standing().filter(posting=posting.pk).first()
    posting = lock_posting(posting, version if appraisal is None else None)
    if posting.state != PostingState.RETURNED:
        raise ValidationError(_("An appraisal is written once the return is recorded."), code="not_returned")
    if appraisal is not None:
        appraisal = _lock(appraisal, version)
    else:
        appraisal = PostingAppraisal(posting=posting)
    with history.change(appraisal, actor=actor, verb="assignments.postingappraisal.written"):
        appraisal.duties, appraisal.opinion, appraisal.days_away = duties, opinion, days_away
        appraisal.signatory, appraisal.returned_reason = signatory, ""
        appraisal.written_by, appraisal.written_on = actor, timezone.localdate()
        clean(appraisal)
        appraisal.save()
    return appraisal


@transaction.atomic
def return_appraisal(
    appraisal: PostingAppraisal, *, reason: str, version: int | None = None, actor: "User"
) -> PostingAppraisal:
    """退回补充: the host is asked to complete it, and why. Raises Stale, ValidationError."""
    lock_posting(appraisal.posting)
    appraisal = _lock(appraisal, version)
    with history.change(appraisal, actor=actor, verb="assignments.postingappraisal.returned", reason=reason):
        appraisal.returned_reason = reason
        clean(appraisal)
        appraisal.save()
    return appraisal


@transaction.atomic
def confirm_appraisal(appraisal: PostingAppraisal, *, version: int | None = None, actor: "User") -> PostingAppraisal:
    """Confirmed by staff, the posting is closed and the person reads the appraisal. Raises Stale, ValidationError."""
    posting = lock_posting(appraisal.posting)
    appraisal = _lock(appraisal, version)
    if appraisal.returned_reason:
        raise ValidationError(_("The host has been asked to complete the appraisal."), code="asked_back")
    if posting.supervisor is not None and posting.supervisor.account_id == actor.pk:
        raise ValidationError(_("Nobody confirms the appraisal of a posting they supervise."), code="own")
    with history.change(appraisal, actor=actor, verb="assignments.postingappraisal.confirmed"):
        appraisal.confirmed_by, appraisal.confirmed_on = actor, timezone.localdate()
        clean(appraisal)
        appraisal.save()
    with history.change(posting, actor=actor, verb="assignments.posting.closed"):
        posting.state = PostingState.CLOSED
        clean(posting)
        posting.save()
    note_material(
        appraisal,
        trainee=posting.trainee,
        kind=MaterialKind.APPRAISAL,
        title=form_of(posting),
        formed_on=appraisal.confirmed_on or timezone.localdate(),
        actor=actor,
    )
    return appraisal


@transaction.atomic
def reopen_appraisal(
    appraisal: PostingAppraisal, *, reason: str, version: int | None = None, actor: "User"
) -> PostingAppraisal:
    """Take a confirmation back; the posting waits for its appraisal again. Raises Stale, ValidationError."""
    posting = lock_posting(appraisal.posting)
    appraisal = PostingAppraisal.objects.lock(appraisal.pk, version)
    if appraisal.is_voided or appraisal.confirmed_on is None:
        raise ValidationError(_("This appraisal is not confirmed."), code="not_confirmed")
    with history.change(appraisal, actor=actor, verb="assignments.postingappraisal.reopened", reason=reason):
        appraisal.confirmed_by, appraisal.confirmed_on = None, None
        appraisal.save()
    with history.change(posting, actor=actor, verb="assignments.posting.reopened", reason=reason):
        posting.state = PostingState.RETURNED
        clean(posting)
        posting.save()
    retract_material(appraisal, reason=reason, actor=actor)
    return appraisal


@transaction.atomic
def void_appraisal(
    appraisal: PostingAppraisal, *, reason: str, version: int | None = None, actor: "User"
) -> PostingAppraisal:
    """Void an appraisal that is not confirmed. Raises Stale, ValidationError."""
    lock_posting(appraisal.posting)
    appraisal = _lock(appraisal, version)
    history.void(appraisal, actor=actor, reason=reason)
    return PostingAppraisal.objects.get(pk=appraisal.pk)


@transaction.atomic
def restore_appraisal(
    appraisal: PostingAppraisal, *, reason: str = "", version: int | None = None, actor: "User"
) -> PostingAppraisal:
    """Undo `void_appraisal`. Raises Stale; ValidationError where another one was written since."""
    posting = lock_posting(appraisal.posting)
    appraisal = PostingAppraisal.objects.lock(appraisal.pk, version)
    refuse_standing(appraisal)
    if posting.state != PostingState.RETURNED:
        raise ValidationError(_("An appraisal is written once the return is recorded."), code="not_returned")
    history.restore(appraisal, actor=actor, reason=reason)
    return PostingAppraisal.objects.get(pk=appraisal.pk)


def form_of(posting: Posting) -> str:
    """The name of the form in the list of materials, which is kept in the office's language."""
    with translation.override(settings.LANGUAGE_CODE):
        words = {"kind": posting.get_kind_display(), "host": posting.host}
        return _("Appraisal form: %(kind)s at %(host)s") % words


def _lock(appraisal: PostingAppraisal, version: int | None) -> PostingAppraisal:
    """A standing appraisal that is not confirmed."""
    appraisal = PostingAppraisal.objects.lock(appraisal.pk, version)
    if appraisal.is_voided:
        raise ValidationError(_("This appraisal is voided."), code="voided")
    if appraisal.confirmed_on is not None:
        raise ValidationError(_("This appraisal is confirmed."), code="confirmed")
    return appraisal
