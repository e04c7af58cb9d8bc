"""更正 A confirmed assessment changes in one way: staff propose it with a reason, a leader signs it off."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.appraisal.models import AnnualAssessment, AnnualCorrection, Grade
from cadre_app.appraisal.services.checks import (
    lock_annual,
    over_quota,
    problems_of,
    raise_by_field,
    set_outcome,
    set_status,
)
from cadre_app.appraisal.services.course import (
    STEPS,
    Course,
    course_of,
    lacking,
    problems_of_course,
    problems_of_notice,
)
from cadre_app.appraisal.services.decisions import note_corrected_form, refuse_on_display
from cadre_app.appraisal.services.reviews import clear_review, take_review
from cadre_app.core.signing import refuse_same_hand
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def propose_correction(
    one: AnnualAssessment,
    *,
    status: str = "",
    outcome: str,
    case_note: str = "",
    comment: str = "",
    self_report_on: date | None = None,
    survey_on: date | None = None,
    appraised_on: date | None = None,
    notice_from: date | None = None,
    notice_until: date | None = None,
    reason: str,
    version: int | None = None,
    actor: "User",
) -> AnnualCorrection:
    """With the days of the chain that a grade needs and the assessment lacks, and those of the public notice for whoever
    is to be excellent and was not shown so far. An empty `status` leaves that of the year.

    Raises Stale; ValidationError by field, also where one waits already or nothing would change.
    """
    one = lock_annual(one, version)
    if one.confirmed_on is None:
        raise ValidationError(_("This assessment is not confirmed: it can still be entered."), code="not_confirmed")
    wanted = (status or one.status, outcome, case_note.strip(), comment.strip())
    if wanted == (one.status, one.outcome, one.case_note, one.comment):
        raise ValidationError(_("This is what stands there already."), code="same")
    correction = AnnualCorrection(
        assessment=one,
        status=status or one.status,
        grade=outcome if outcome in Grade.values else "",
        no_grade="" if outcome in Grade.values else outcome,
        case_note=case_note.strip(),
        comment=comment.strip(),
        self_report_on=self_report_on,
        survey_on=survey_on,
        appraised_on=appraised_on,
        was_status=one.status,
        was_grade=one.grade,
        was_no_grade=one.no_grade,
        was_comment=one.comment,
        notice_from=notice_from,
        notice_until=notice_until,
        reason=reason,
        proposed_by=actor,
    )
    problems = _problems_of_notice(one, correction)
    _put(one, correction)
    raise_by_field(problems_of(one) | _problems_of_days(one, correction) | _what_lacks(one) | problems)
    with history.change(correction, actor=actor, verb="appraisal.annualcorrection.proposed"):
        clean(correction)
        correction.save(force_insert=True)
    return correction


@transaction.atomic
def sign_correction(correction: AnnualCorrection, *, version: int | None = None, actor: "User") -> AnnualAssessment:
    """签批 From now on the corrected result stands: the person reads and signs it anew and may ask for a review of it.

    Raises Stale; ValidationError for one's own, above the quota, and while the public notice lasts.
    """
    one, correction = _lock_waiting(correction, version, actor)
    correction.was_signed_on, correction.was_opinion = one.signed_on, one.opinion
    is_answered = one.review_answered_on is not None
    stays_on_paper = _stays_on_paper(one, correction)
    if is_answered:
        take_review(one, correction)
    with history.change(one, actor=actor, verb="appraisal.annualassessment.corrected"):
        notice = correction.notice_from or one.notice_from, correction.notice_until or one.notice_until
        _put(one, correction)
        if one.grade == Grade.EXCELLENT:
            one.notice_from, one.notice_until = notice
        one.excellent_on_paper = stays_on_paper
        if not (stays_on_paper and one.notice_until is None):
            refuse_on_display(one)
        one.corrected_on, one.signed_on, one.opinion = timezone.localdate(), None, ""
        if is_answered:
            clear_review(one)
        found = problems_of(one) | _what_lacks(one)
        if one.grade == Grade.EXCELLENT and not stays_on_paper and (error := over_quota(one.quota, [one])):
            found["outcome"] = error
        raise_by_field(found)
        clean(one)
        one.save()
    _decide(correction, actor, is_signed=True)
    if one.filed_on is not None:
        note_corrected_form(one, correction, actor)
    return one


@transaction.atomic
def decline_correction(
    correction: AnnualCorrection, *, reason: str, version: int | None = None, actor: "User"
) -> AnnualAssessment:
    """The assessment stands as it was, and whoever proposed it is told why. Raises Stale, ValidationError."""
    one, correction = _lock_waiting(correction, version, actor)
    if not reason.strip():
        raise refusal("reason", _("Please fill this in."), code="required")
    _decide(correction, actor, is_signed=False, reason=reason)
    return one


@transaction.atomic
def withdraw_correction(
    correction: AnnualCorrection, *, reason: str, version: int | None = None, actor: "User"
) -> AnnualAssessment:
    """撤回 One that waits; it is kept, and another can be proposed. Raises Stale, ValidationError."""
    one = lock_annual(correction.assessment, closed=True)
    correction = AnnualCorrection.objects.lock(correction.pk, version)
    if correction.decided_on is not None or correction.is_voided:
        raise ValidationError(_("This correction does not wait for a decision."), code="not_waiting")
    history.void(correction, actor=actor, reason=reason)
    return one


def _problems_of_notice(one: AnnualAssessment, correction: AnnualCorrection) -> dict[str, ValidationError]:
    """公示 of whoever becomes excellent by the correction; `one` is as it stands."""
    course = Course(notice_from=correction.notice_from, notice_until=correction.notice_until)
    if correction.grade != Grade.EXCELLENT:
        if course.notice_from is None and course.notice_until is None:
            return {}
        message = _("Only those who are excellent are shown in public.")
        return {"notice_from": ValidationError(message, code="not_excellent")}
    if course.notice_from is None and course.notice_until is None and one.grade != Grade.EXCELLENT:
        message = _("Whoever is excellent is shown in public first. Enter the days of the public notice.")
        return {"notice_from": ValidationError(message, code="no_notice")}
    today = timezone.localdate()
    if course.notice_from is not None and course.notice_from < today:
        message = _("This notice lies before the proposal: nobody was shown as excellent then.")
        return {"notice_from": ValidationError(message, code="too_early")}
    return problems_of_notice(course)


def _stays_on_paper(one: AnnualAssessment, correction: AnnualCorrection) -> bool:
    """Excellent by a paper and still so after the correction: shown then, and with no place here; `one` is as it stands."""
    return one.excellent_on_paper and correction.grade == Grade.EXCELLENT


def _problems_of_days(one: AnnualAssessment, correction: AnnualCorrection) -> dict[str, ValidationError]:
    """Of the days that the correction brings; `one` has them already."""
    chain = replace(course_of(one), notice_from=None, notice_until=None)
    found = problems_of_course(chain, one.year)
    return {name: error for name, error in found.items() if getattr(correction, name) is not None}


def _what_lacks(one: AnnualAssessment) -> dict[str, ValidationError]:
    """What every check asks for, beside its field."""
    message = _("Missing is “%(missing)s”: nothing is corrected to a result without it.")
    return {
        name: ValidationError(message, params={"missing": missing}, code="incomplete")
        for name, missing in lacking(one).items()
    }


def _put(one: AnnualAssessment, correction: AnnualCorrection) -> None:
    """The result of the correction, with the days that the assessment lacks."""
    set_status(one, correction.status or one.status, correction.reason)
    set_outcome(one, correction.grade or correction.no_grade)
    one.case_note, one.comment = correction.case_note, correction.comment
    for name in STEPS:
        setattr(one, name, getattr(one, name) or getattr(correction, name))


def _lock_waiting(
    correction: AnnualCorrection, version: int | None, actor: "User"
) -> tuple[AnnualAssessment, AnnualCorrection]:
    one = lock_annual(correction.assessment)
    correction = AnnualCorrection.objects.lock(correction.pk, version)
    if correction.decided_on is not None or correction.is_voided:
        raise ValidationError(_("This correction does not wait for a decision."), code="not_waiting")
    refuse_same_hand(actor, entered=correction.proposed_by_id)
    return one, correction


def _decide(correction: AnnualCorrection, actor: "User", *, is_signed: bool, reason: str = "") -> None:
    verb = "appraisal.annualcorrection.signed_off"
    if not is_signed:
        verb = "appraisal.annualcorrection.declined"
    with history.change(correction, actor=actor, verb=verb, reason=reason):
        correction.decided_by, correction.decided_on = actor, timezone.localdate()
        correction.is_signed, correction.decline_reason = is_signed, "" if is_signed else reason.strip()
        clean(correction)
        correction.save()
