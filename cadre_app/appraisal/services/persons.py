"""书面反馈、本人签字，复核 What the person does, and the answer of the department."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.appraisal.models import AnnualAssessment, AnnualCorrection, ReviewOutcome
from cadre_app.appraisal.permissions import hands
from cadre_app.appraisal.permissions.annual import is_open_to_review
from cadre_app.appraisal.policies import REVIEW_DAYS
from cadre_app.appraisal.services.checks import lock_annual
from cadre_app.appraisal.services.reviews import clear_review, take_review
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal, refuse_before, refuse_future

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def sign_annual(
    one: AnnualAssessment,
    *,
    opinion: str = "",
    signed_on: date | None = None,
    version: int | None = None,
    actor: "User",
) -> AnnualAssessment:
    """签署意见 By the person today, or by staff from paper with its day. Raises Stale, ValidationError by field."""
    one = lock_annual(one, version)
    if one.filed_on is None or not one.waits_for_signature:
        raise ValidationError(_("This assessment does not wait for a signature."), code="not_waiting")
    day = signed_on or timezone.localdate()
    refuse_future("signed_on", day)
    refuse_before("signed_on", day, one.filed_on, _("The person signs what is filed: this lies before the filing."))
    if one.corrected_on is not None:
        message = _("The person signs what was corrected: this lies before the correction.")
        refuse_before("signed_on", day, one.corrected_on, message)
    with history.change(one, actor=actor, verb="appraisal.annualassessment.signed"):
        one.signed_on, one.opinion = day, opinion.strip()
        clean(one)
        one.save()
    return one


@transaction.atomic
def ask_for_review(
    one: AnnualAssessment, *, review_reason: str, version: int | None = None, actor: "User"
) -> AnnualAssessment:
    """申请复核 Once for each result, within the days of the setting after filing or correction.

    A review that changed the result is kept with the correction. Raises Stale, ValidationError.
    """
    one = lock_annual(one, version)
    if one.filed_on is None or not is_open_to_review(one):
        message = _("A review can be asked for once about each result, after the filing.")
        raise ValidationError(message, code="not_waiting")
    last = review_until(one)
    if last is not None and timezone.localdate() > last:
        message = _("A review could be asked for until %(day)s.") % {"day": formats.date_format(last)}
        raise ValidationError(message, code="too_late")
    signed = AnnualCorrection.objects.signed().filter(assessment=one)
    last_one = signed.order_by("-decided_on", "-created_at").first()
    if one.review_asked_on is not None and last_one is not None:
        with history.change(last_one, actor=actor, verb="appraisal.annualcorrection.review_kept"):
            take_review(one, last_one)
            last_one.save()
    with history.change(one, actor=actor, verb="appraisal.annualassessment.review_asked"):
        clear_review(one)
        one.corrected_before_review = signed.count()
        one.review_asked_on, one.review_reason = timezone.localdate(), review_reason.strip()
        clean(one)
        one.save()
    return one


@transaction.atomic
def answer_review(
    one: AnnualAssessment, *, review_outcome: str, review_answer: str, version: int | None = None, actor: "User"
) -> AnnualAssessment:
    """复核结果 By nobody who entered the result; “corrected” after a leader signed a correction off, and only then. Raises Stale, ValidationError by field."""
    one = lock_annual(one, version)
    if one.review_asked_on is None or one.review_answered_on is not None:
        raise ValidationError(_("No review of this assessment waits for an answer."), code="not_waiting")
    hands.refuse_check(actor, one)
    if review_outcome == ReviewOutcome.CHANGED and not _is_corrected(one):
        message = _("The correction has to be signed off by a leader first.")
        raise refusal("review_outcome", message, code="not_corrected")
    if review_outcome == ReviewOutcome.KEPT and _is_corrected(one):
        message = _("The result was corrected since the review was asked for: it did not stand.")
        raise refusal("review_outcome", message, code="corrected")
    with history.change(one, actor=actor, verb="appraisal.annualassessment.review_answered"):
        one.review_answered_on, one.review_outcome = timezone.localdate(), review_outcome
        one.review_answer = review_answer.strip()
        clean(one)
        one.save()
    return one


def review_until(one: AnnualAssessment) -> date | None:
    """The last day on which a review can be asked for."""
    if one.filed_on is None:
        return None
    known = max(one.filed_on, one.corrected_on or one.filed_on)
    return known + timedelta(days=REVIEW_DAYS.on(known))


def _is_corrected(one: AnnualAssessment) -> bool:
    """Whether a correction was signed since the review was asked for; one of the same day may lie before it."""
    return AnnualCorrection.objects.signed().filter(assessment=one).count() > one.corrected_before_review
