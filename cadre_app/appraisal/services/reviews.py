"""复核 A review stays with the result that it was about: once another result stands, it is kept with the correction."""

from cadre_app.appraisal.models import AnnualAssessment, AnnualCorrection


def take_review(one: AnnualAssessment, correction: AnnualCorrection) -> None:
    """Copy the answered review of `one` to the correction that followed it; neither is saved."""
    correction.was_review_asked_on, correction.was_review_reason = one.review_asked_on, one.review_reason
    correction.was_review_answered_on = one.review_answered_on
    correction.was_review_outcome, correction.was_review_answer = one.review_outcome, one.review_answer


def clear_review(one: AnnualAssessment) -> None:
    """Nothing was asked about the result that stands now; not saved."""
    one.review_asked_on, one.review_answered_on = None, None
    one.review_reason, one.review_outcome, one.review_answer = "", "", ""
    one.corrected_before_review = 0
