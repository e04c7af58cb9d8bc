"""更正 A confirmed assessment changes in one way: staff propose it with a reason, a leader signs it off."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.appraisal.models import AnnualAssessment, AnnualCorrection, Grade
from cadre_app.appraisal.services.checks import lock_annual, over_quota, problems_of, raise_by_field, set_outcome
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def propose_correction(
    one: AnnualAssessment,
    *,
    outcome: str,
    case_note: str = "",
    comment: str = "",
    reason: str,
    version: int | None = None,
    actor: "User",
) -> AnnualCorrection:
    """Raises Stale; ValidationError by field, also where one waits already or nothing would change."""
    one = lock_annual(one, version)
    if one.confirmed_on is None:
        raise ValidationError(_("This assessment is not confirmed: it can still be entered."), code="not_confirmed")
    if (outcome, case_note.strip(), comment.strip()) == (one.outcome, one.case_note, one.comment):
        raise ValidationError(_("This is what stands there already."), code="same")
    correction = AnnualCorrection(
        assessment=one,
        grade=outcome if outcome in Grade.values else "",
        no_grade="" if outcome in Grade.values else outcome,
        case_note=case_note.strip(),
        comment=comment.strip(),
        was_grade=one.grade,
        was_no_grade=one.no_grade,
        was_comment=one.comment,
        reason=reason,
        proposed_by=actor,
    )
    _put(one, correction)
    raise_by_field(dict(problems_of(one)))
    with history.change(correction, actor=actor, verb="appraisal.annualcorrection.proposed"):
        clean(correction)
        correction.save(force_insert=True)
    return correction


@transaction.atomic
def sign_correction(correction: AnnualCorrection, *, version: int | None = None, actor: "User") -> AnnualAssessment:
    """签批 From now on the corrected result stands. Raises Stale; ValidationError for one's own, or above the quota."""
    one, correction = _lock_waiting(correction, version, actor)
    with history.change(one, actor=actor, verb="appraisal.annualassessment.corrected"):
        notice = one.notice_from, one.notice_until
        _put(one, correction)
        if one.grade == Grade.EXCELLENT:
            one.notice_from, one.notice_until = notice
        found = dict(problems_of(one))
        if one.grade == Grade.EXCELLENT and (error := over_quota(one.quota, [one])):
            found["outcome"] = error
        raise_by_field(found)
        clean(one)
        one.save()
    _decide(correction, actor, is_signed=True)
    return one


@transaction.atomic
def decline_correction(
    correction: AnnualCorrection, *, reason: str, version: int | None = None, actor: "User"
) -> AnnualAssessment:
    """The assessment stands as it was. Raises Stale, ValidationError."""
    one, correction = _lock_waiting(correction, version, actor)
    _decide(correction, actor, is_signed=False, reason=reason)
    return one


def _put(one: AnnualAssessment, correction: AnnualCorrection) -> None:
    set_outcome(one, correction.grade or correction.no_grade)
    one.case_note, one.comment = correction.case_note, correction.comment


def _lock_waiting(
    correction: AnnualCorrection, version: int | None, actor: "User"
) -> tuple[AnnualAssessment, AnnualCorrection]:
    one = lock_annual(correction.assessment)
    correction = AnnualCorrection.objects.lock(correction.pk, version)
    if correction.decided_on is not None or correction.is_voided:
        raise ValidationError(_("This correction does not wait for a decision."), code="not_waiting")
    if correction.proposed_by_id == actor.pk:
        raise ValidationError(_("Nobody signs off a correction of their own."), code="own_proposal")
    return one, correction


def _decide(correction: AnnualCorrection, actor: "User", *, is_signed: bool, reason: str = "") -> None:
    verb = "appraisal.annualcorrection.signed_off"
    if not is_signed:
        verb = "appraisal.annualcorrection.declined"
    with history.change(correction, actor=actor, verb=verb, reason=reason):
        correction.decided_by, correction.decided_on = actor, timezone.localdate()
        correction.is_signed = is_signed
        clean(correction)
        correction.save()
