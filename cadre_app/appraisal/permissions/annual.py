"""Who may do what with the annual assessment of one person (ACCESS.md, "annual and quarterly assessment").

Liaisons enter their own unit's, staff all, leaders read and sign off; the person reads it once confirmed, signs and may
ask for a review. Nobody works on the own one or a declared relative's (回避); three acts are of three persons.
"""

from typing import TYPE_CHECKING

from cadre_app.appraisal.models import AnnualAssessment, AnnualCorrection, ReviewOutcome
from cadre_app.appraisal.permissions import hands
from cadre_app.appraisal.permissions.rooms import CHECKING, ENTERING, reaches, works_on
from cadre_app.core import signing
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people import permissions as people

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_edit(user: "User", one: AnnualAssessment) -> bool:
    """Liaison and staff, until it is checked."""
    return _stands(one) and one.is_in_entry and works_on(user, one.trainee, *ENTERING)


def can_record_course(user: "User", one: AnnualAssessment) -> bool:
    """The days of the chain: liaison and staff, until it is confirmed; other days take the check back."""
    return _stands(one) and one.confirmed_on is None and works_on(user, one.trainee, *ENTERING)


def can_check(user: "User", one: AnnualAssessment) -> bool:
    """审核 Staff and leaders, what somebody else entered."""
    return _stands(one) and is_ready(one) and checks(user, one)


def can_send_back(user: "User", one: AnnualAssessment) -> bool:
    """退回 Staff and leaders who had no part in it: instead of the check, or of the sign-off (ADR 28)."""
    third = hands.signs_as_third(user, one) and works_on(user, one.trainee, *CHECKING)
    return third and (_waits_for_leader(one) or (_stands(one) and is_ready(one)))


def can_sign_off(user: "User", one: AnnualAssessment) -> bool:
    """签批 Leaders, what others entered and checked."""
    return _waits_for_leader(one) and signs(user, one)


def can_file(user: "User", one: AnnualAssessment) -> bool:
    """备案 Staff."""
    waits = _stands(one) and one.confirmed_on is not None and one.filed_on is None
    return waits and works_on(user, one.trainee, Role.STAFF)


def can_sign(user: "User", one: AnnualAssessment) -> bool:
    """本人签字 The person; staff record what was signed on paper; not what came as history."""
    if not _stands(one) or not one.waits_for_signature:
        return False
    return _is_open_own(user, one) or works_on(user, one.trainee, Role.STAFF)


def can_ask_review(user: "User", one: AnnualAssessment) -> bool:
    """申请复核 The person, once for each result, after it is filed; the service says when the time is over."""
    waits = _stands(one) and one.filed_on is not None and is_open_to_review(one)
    return waits and _is_open_own(user, one)


def can_answer_review(user: "User", one: AnnualAssessment) -> bool:
    """复核 Staff and leaders, what somebody else entered."""
    waits = _stands(one) and one.review_asked_on is not None and one.review_answered_on is None
    return waits and hands.had_no_part(user, one) and works_on(user, one.trainee, *CHECKING)


def can_correct(user: "User", one: AnnualAssessment) -> bool:
    """更正 Staff propose it for a confirmed one."""
    return _stands(one) and one.confirmed_on is not None and works_on(user, one.trainee, Role.STAFF)


def can_decide_correction(user: "User", correction: AnnualCorrection) -> bool:
    """Leaders, what somebody else proposed."""
    return correction.decided_on is None and not correction.is_voided and decides(user, correction)


def can_withdraw_correction(user: "User", correction: AnnualCorrection) -> bool:
    """Staff, while it waits, also of a closed file."""
    waits = correction.decided_on is None and not correction.is_voided
    return waits and reaches(user, correction.assessment.trainee, Role.STAFF)


def can_void(user: "User", one: AnnualAssessment) -> bool:
    """Staff, also of a closed file, until it is confirmed; from then on there are corrections."""
    return _stands(one) and one.confirmed_on is None and reaches(user, one.trainee, Role.STAFF)


def can_restore(user: "User", one: AnnualAssessment) -> bool:
    """Staff, while the year itself stands."""
    return one.is_voided and not one.quota.campaign.is_voided and works_on(user, one.trainee, Role.STAFF)


def can_read_changes(user: "User", one: AnnualAssessment) -> bool:
    """Changes in words: staff and leaders."""
    return people.can_read_history(user, one.trainee)


def checks(user: "User", one: AnnualAssessment) -> bool:
    """Whose step the check is, also while it does not wait for it."""
    return hands.had_no_part(user, one) and works_on(user, one.trainee, *CHECKING)


def signs(user: "User", one: AnnualAssessment) -> bool:
    """Whose step the sign-off is, also while it does not wait for it."""
    return hands.signs_as_third(user, one) and works_on(user, one.trainee, Role.LEADER)


def decides(user: "User", correction: AnnualCorrection) -> bool:
    """Who decides on a correction, also once it is decided."""
    is_other = signing.is_third(user, entered=correction.proposed_by_id)
    return is_other and works_on(user, correction.assessment.trainee, Role.LEADER)


def has_only_checked(user: "User", one: AnnualAssessment) -> bool:
    """A leader who would sign it off, had they not checked it."""
    return hands.only_checked(user, one) and _waits_for_leader(one) and works_on(user, one.trainee, Role.LEADER)


def reads_course(user: "User", one: AnnualAssessment) -> bool:
    """Who did which step, and what is said of a case: business roles of the unit."""
    return reaches(user, one.trainee, *BUSINESS_ROLES)


def reads_review(user: "User", one: AnnualAssessment) -> bool:
    """Why a review was asked for and what was answered: staff, leaders, the person."""
    return people.is_own(user, one.trainee) or reaches(user, one.trainee, *CHECKING)


def is_ready(one: AnnualAssessment) -> bool:
    """Entered and waiting to be checked: what was sent back is entered again first."""
    return bool(one.outcome) and one.returned_on is None and one.checked_on is None and one.confirmed_on is None


def is_open_to_review(one: AnnualAssessment) -> bool:
    """Nobody asked yet about the result that stands: a review which changed it was about the former one."""
    return one.review_asked_on is None or one.review_outcome == ReviewOutcome.CHANGED


def _waits_for_leader(one: AnnualAssessment) -> bool:
    return _stands(one) and one.confirmed_on is None and one.checked_on is not None


def _is_open_own(user: "User", one: AnnualAssessment) -> bool:
    return people.is_own(user, one.trainee) and not one.trainee.is_read_only


def _stands(one: AnnualAssessment) -> bool:
    return not one.is_voided and not one.quota.campaign.is_voided
