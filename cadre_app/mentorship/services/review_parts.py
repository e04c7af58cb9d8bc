"""结对小结 The parts of a review: the mentor's with a word on each goal, and the trainee's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.mentorship.models import GoalRemark, GoalSide, PairingGoal, PairingReview, ReturnedTo
from cadre_app.mentorship.services.checks import lock_pairing
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class Remark:
    """What the mentor says about one goal."""

    goal: UUID
    state: str
    text: str = ""


@transaction.atomic
def write_mentor_part(
    review: PairingReview,
    *,
    text: str,
    remarks: Sequence[Remark] = (),
    version: int | None = None,
    actor: "User",
) -> PairingReview:
    """The mentor's part, by the mentor or by staff from paper; what is said of goals counts once it is signed off.

    Where the mentor can no longer complete the own words, `text` is added below them. Raises Stale; ValidationError by field.
    """
    review = lock_review(review, version, running=False)
    _refuse_part(review, is_open=review.takes_mentors_part, text=text)
    is_added = review.completes_mentors_part
    is_own = review.pairing.mentor.account_id == actor.pk and not is_added
    is_theirs = review.mentor_at is not None and review.mentor_entered_by_id is None
    _refuse_overwriting(is_theirs and not is_own and not is_added)
    with history.change(review, actor=actor, verb=_verb("mentor", is_own)):
        review.mentor_text = _below(review.mentor_text, text, actor) if is_added else text
        review.mentor_at = timezone.now()
        review.mentor_entered_by = None if is_own or is_added else actor
        _completed(review, ReturnedTo.MENTOR, ReturnedTo.TRAINEE)
        clean(review)
        review.save()
    _write_remarks(review, remarks)
    return review


@transaction.atomic
def write_trainee_part(review: PairingReview, *, text: str, version: int | None = None, actor: "User") -> PairingReview:
    """The trainee's own part, as `write_mentor_part`. Raises Stale; ValidationError by field."""
    review = lock_review(review, version, running=False)
    _refuse_part(review, is_open=review.takes_trainees_part, text=text)
    is_added = review.completes_trainees_part
    is_own = review.pairing.trainee.person.account_id == actor.pk and not is_added
    is_theirs = review.trainee_at is not None and review.trainee_entered_by_id is None
    _refuse_overwriting(is_theirs and not is_own and not is_added)
    with history.change(review, actor=actor, verb=_verb("trainee", is_own)):
        review.trainee_text = _below(review.trainee_text, text, actor) if is_added else text
        review.trainee_at = timezone.now()
        review.trainee_entered_by = None if is_own or is_added else actor
        _completed(review, ReturnedTo.TRAINEE, ReturnedTo.MENTOR)
        clean(review)
        review.save()
    return review


def lock_review(review: PairingReview, version: int | None = None, *, running: bool = True) -> PairingReview:
    """Person, file, pairing and review, locked in this order. Raises Stale; ValidationError for an ended pairing."""
    pairing = lock_pairing(review.pairing_id, running=running)
    review = PairingReview.objects.lock(review.pk, version)
    review.pairing = pairing
    if review.is_voided:
        raise ValidationError(_("This review was voided."), code="voided")
    return review


def _refuse_part(review: PairingReview, *, is_open: bool, text: str) -> None:
    if review.signed_off_at is not None:
        raise ValidationError(_("This review is signed off: it can be read, no longer changed."), code="signed_off")
    if not is_open:
        message = _("The conclusion is written. The department has to return the review before a part is changed.")
        raise ValidationError(message, code="concluded")
    refuse_early(review)
    if not text.strip():
        raise refusal("text", _("Please fill this in."), code="required")


def refuse_early(review: PairingReview) -> None:
    """Raise ValidationError for what is about days that are still to come."""
    if review.is_early:
        known = {"day": formats.date_format(review.opens_on)}
        raise ValidationError(_("This review can be written from %(day)s on.") % known, code="too_early")


def _below(text: str, added: str, actor: "User") -> str:
    """What its author wrote, and below it what was added from paper, when and by whom."""
    with translation.override(settings.LANGUAGE_CODE):  # as it is kept
        known = {"day": formats.date_format(timezone.localdate()), "name": actor.display_name}
        line = _("Added from paper on %(day)s by %(name)s:") % known
    return f"{text}\n\n{line}\n{added}"


def _refuse_overwriting(is_their_own: bool) -> None:
    """What its author wrote is not replaced by somebody else's words."""
    if is_their_own:
        message = _("This part was written by its author. Return it for completion instead of changing it.")
        raise ValidationError(message, code="own_words")


def _completed(review: PairingReview, side: ReturnedTo, other: ReturnedTo) -> None:
    """This side is done; the other one may still be asked, and a conclusion is looked at again."""
    if review.returned_to == ReturnedTo.BOTH:
        review.returned_to = other
    elif review.returned_to == side:
        review.returned_to = ReturnedTo.DEPARTMENT if review.concluded_at is not None else ""
        review.returned_reason = review.returned_reason if review.returned_to else ""


def _verb(side: str, is_own: bool) -> str:
    return f"mentorship.pairingreview.{side}_part_{'written' if is_own else 'entered'}"


def _write_remarks(review: PairingReview, remarks: Sequence[Remark]) -> None:
    """One row for each goal named, the earlier word on it replaced; goals of another pairing are left out."""
    own = PairingGoal.objects.standing().filter(pairing=review.pairing_id).exclude(side=GoalSide.BOTH)
    known = set(own.values_list("pk", flat=True))
    wanted = {each.goal: each for each in remarks if each.goal in known}
    there = {row.goal_id: row for row in GoalRemark.objects.standing().filter(review=review)}
    for key, each in wanted.items():
        row = there.get(key) or GoalRemark(review=review, goal_id=key)
        row.state, row.text = each.state, each.text
        clean(row)
        row.save()
