"""结对小结 What the department decides on a review: concluded, returned, signed off, and the sign-off taken back."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core.models import Stale
from cadre_app.history import services as history
from cadre_app.mentorship.models import EndKind, GoalRemark, PairingReview, ReturnedTo, ReviewState
from cadre_app.mentorship.services.pairings import end_pairing, reopen_pairing
from cadre_app.mentorship.services.review_parts import lock_review, refuse_early
from cadre_app.mentorship.services.reviews import close_open_review, keep_review
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def conclude_review(
    review: PairingReview, *, conclusion: str, version: int | None = None, actor: "User"
) -> PairingReview:
    """结论 The department's part; can be changed until it is signed off. Raises Stale; ValidationError by field."""
    review = lock_review(review, version, running=False)
    _refuse_signed(review)
    if not review.takes_conclusion:
        raise ValidationError(_("The conclusion follows the parts of mentor and mentee."), code="parts")
    refuse_early(review)
    if not conclusion.strip():
        raise refusal("conclusion", _("Please fill this in."), code="required")
    with history.change(review, actor=actor, verb="mentorship.pairingreview.concluded"):
        review.conclusion, review.concluded_at, review.concluded_by = conclusion, timezone.now(), actor
        review.returned_to, review.returned_reason = "", ""
        clean(review)
        review.save()
    return review


@transaction.atomic
def return_review(
    review: PairingReview, *, returned_to: str, returned_reason: str, version: int | None = None, actor: "User"
) -> PairingReview:
    """退回补充 Say whose part is to be completed and why; what was written stands. Raises Stale, ValidationError."""
    review = lock_review(review, version, running=False)
    _refuse_signed(review)
    if review.mentor_at is None or review.trainee_at is None:
        raise ValidationError(_("There is nothing to return yet: a part is still missing."), code="parts")
    if returned_to == ReturnedTo.DEPARTMENT and review.concluded_at is None:
        raise refusal("returned_to", _("The conclusion is not written yet."), code="not_concluded")
    if not returned_reason.strip():
        raise refusal("returned_reason", _("Say what is to be completed."), code="required")
    with history.change(review, actor=actor, verb="mentorship.pairingreview.returned"):
        review.returned_to, review.returned_reason = returned_to, returned_reason
        clean(review)
        review.save()
    return review


@transaction.atomic
def take_return_back(review: PairingReview, *, reason: str, version: int | None = None, actor: "User") -> PairingReview:
    """撤回退回 Nothing is asked of mentor or mentee any more; what was written stands, as does a conclusion.

    A part that was completed after the conclusion has it looked at again. Raises Stale, ValidationError.
    """
    review = lock_review(review, version, running=False)
    _refuse_signed(review)
    if review.returned_to in ("", ReturnedTo.DEPARTMENT):
        raise ValidationError(_("Nothing is asked of mentor or mentee."), code="not_returned")
    concluded = review.concluded_at
    completed = any(day is not None and concluded and day > concluded for day in (review.mentor_at, review.trainee_at))
    with history.change(review, actor=actor, verb="mentorship.pairingreview.return_taken_back", reason=reason):
        review.returned_to = ReturnedTo.DEPARTMENT if completed else ""
        review.returned_reason = review.returned_reason if completed else ""
        clean(review)
        review.save()
    return review


@transaction.atomic
def sign_off_review(review: PairingReview, *, version: int | None = None, actor: "User") -> PairingReview:
    """签批 Sign off: the goals stand as the mentor said, the next review opens; the final one completes the pairing.

    Raises Stale; ValidationError, also for one's own conclusion and for a final one before the planned last day.
    """
    review = lock_review(review, version, running=False)
    _refuse_signed(review)
    if review.state != ReviewState.SIGN_OFF:
        raise ValidationError(_("A review is signed off after its conclusion."), code="not_concluded")
    if review.concluded_by_id == actor.pk:
        raise ValidationError(_("Whoever wrote the conclusion does not sign it off."), code="own_conclusion")
    refuse_early(review)
    _refuse_early_end(review)
    with history.change(review, actor=actor, verb="mentorship.pairingreview.signed_off"):
        review.signed_off_at, review.signed_off_by = timezone.now(), actor
        clean(review)
        review.save()
    _take_over_goals(review, actor)
    pairing = review.pairing
    if review.is_final:
        # A note or a check-in after the planned last day still belongs to this pairing.
        last = max(pairing.due_on, pairing.last_record_on)
        end_pairing(pairing, ended_on=last, end_kind=EndKind.COMPLETED, actor=actor)
    elif pairing.is_running:
        keep_review(pairing, actor=actor)
    return review


@transaction.atomic
def sign_off_reviews(*, picks: "list[tuple[PairingReview, int]]", actor: "User") -> list[PairingReview]:
    """Several with one confirmation, all or none, in an order that no two can wait for each other in.

    Raises Stale; ValidationError that names the review.
    """
    if not picks:
        raise ValidationError(_("Nothing is chosen."), code="empty")
    done = []
    for review, version in sorted(picks, key=lambda pick: str(pick[0].pairing.trainee.person_id)):
        try:
            done.append(sign_off_review(review, version=version, actor=actor))
        except (ValidationError, Stale) as error:
            said = error.messages[0] if isinstance(error, ValidationError) else _("It was changed a moment ago.")
            message = _("%(name)s, %(period)s: %(problem)s")
            known = {"name": review.pairing.trainee.person.name, "period": review, "problem": said}
            raise ValidationError(message % known, code="one_of_them") from error
    return done


@transaction.atomic
def unsign_review(review: PairingReview, *, reason: str, version: int | None = None, actor: "User") -> PairingReview:
    """Take a sign-off back while nothing followed: the next review is untouched; a completed pairing runs again.

    Raises Stale; ValidationError.
    """
    review = lock_review(review, version, running=False)
    if review.signed_off_at is None:
        raise ValidationError(_("This review is not signed off."), code="not_signed_off")
    _refuse_followed(review)
    pairing = review.pairing
    if pairing.is_running:
        close_open_review(pairing, reason=reason, actor=actor)
    with history.change(review, actor=actor, verb="mentorship.pairingreview.unsigned", reason=reason):
        review.signed_off_at, review.signed_off_by = None, None
        clean(review)
        review.save()
    if pairing.ended_on is not None:
        reopen_pairing(pairing, reason=reason, actor=actor)
    return PairingReview.objects.get(pk=review.pk)


def _refuse_signed(review: PairingReview) -> None:
    if review.signed_off_at is not None:
        raise ValidationError(_("This review is signed off: it can be read, no longer changed."), code="signed_off")


def _refuse_early_end(review: PairingReview) -> None:
    """The final one ends the pairing on its planned last day, so that it waits for that day."""
    due = review.pairing.due_on
    if review.is_final and due > timezone.localdate():
        message = _("The pairing is planned until %(day)s: its final review is signed off on that day at the earliest.")
        raise ValidationError(message % {"day": formats.date_format(due)}, code="not_due")


def _refuse_followed(review: PairingReview) -> None:
    later = PairingReview.objects.standing().filter(pairing=review.pairing_id, period_from__gt=review.period_until)
    if any(row.mentor_at is not None or row.trainee_at is not None for row in later):
        raise ValidationError(_("The next review has begun. This one stays signed off."), code="followed")
    pairing = review.pairing
    if pairing.ended_on is not None and not (review.is_final and pairing.end_kind == EndKind.COMPLETED):
        raise ValidationError(_("The pairing has ended since. This review stays signed off."), code="followed")


def _take_over_goals(review: PairingReview, actor: "User") -> None:
    """Where the mentor says that a goal stands otherwise, that is the latest word on it, as of the last day that the
    review is about; what was said of goals that stand as before is kept.
    """
    day = min(review.period_until, timezone.localdate())
    for remark in GoalRemark.objects.standing().filter(review=review).select_related("goal"):
        goal = remark.goal
        if goal.is_voided or remark.state == goal.state:
            continue
        if goal.progressed_on is not None and goal.progressed_on > day:
            continue
        with history.change(goal, actor=actor, verb="mentorship.pairinggoal.progressed"):
            goal.state, goal.progress, goal.progressed_on = remark.state, "", day
            clean(goal)
            goal.save()
