"""撤回交接 Taking one hand-over back, as long as the next mentor has not begun."""

from collections import Counter
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.mentorship.models import CheckIn, GuidanceNote, Pairing, PairingGoal, PairingReview
from cadre_app.mentorship.services.agreements import agreement_of
from cadre_app.mentorship.services.beginnings import goals_for
from cadre_app.mentorship.services.checks import lock_pairing
from cadre_app.mentorship.services.days import keep_days
from cadre_app.mentorship.services.meetings import called_off_with, wait_again
from cadre_app.mentorship.services.pairings import void_pairing
from cadre_app.mentorship.services.refusals import refuse_both_kinds, refuse_load
from cadre_app.mentorship.services.reviews import keep_review
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def undo_problem(pairing: Pairing) -> str:
    """What stands against taking the hand-over to this pairing back; empty where nothing does."""
    former = pairing.follows
    if former is None or not pairing.is_running or former.is_voided or former.ended_on is None:
        return _("This pairing was not handed over, or has ended.")
    problem = _what_began(pairing)
    if problem:
        return problem
    if _goals_were_touched(pairing, former):
        return _("Goals were added or changed, or their progress was entered: end this pairing instead.")
    is_arranged = CheckIn.objects.open().filter(pairing=pairing).exists()
    if is_arranged and called_off_with(former, former.ended_on) is None:
        return _("A check-in is arranged with the new mentor: call it off first, or end this pairing instead.")
    return ""


def _what_began(pairing: Pairing) -> str:
    if GuidanceNote.objects.counted().filter(pairing=pairing).exists():
        return _("The new mentor has written a guidance note: end this pairing instead.")
    if CheckIn.objects.standing().filter(pairing=pairing).exclude(held_on=None).exists():
        return _("The new mentor has held a check-in: end this pairing instead.")
    if pairing.signed_on is not None or agreement_of(pairing):
        return _("The agreement with the new mentor is signed: end this pairing instead.")
    reviews = PairingReview.objects.standing().filter(pairing=pairing)
    if reviews.exclude(mentor_at=None, trainee_at=None, concluded_at=None).exists():
        return _("A review of this pairing has begun: end this pairing instead.")
    return ""


@transaction.atomic
def take_back_hand_over(pairing: Pairing, *, reason: str, version: int | None = None, actor: "User") -> Pairing:
    """The new `pairing` is voided and the former one, which is returned, runs on with its check-in and its steps.

    Raises Stale; ValidationError where the new mentor has begun, or the former one guides too many by now.
    """
    pairing = lock_pairing(pairing.pk, version=version)
    problem = undo_problem(pairing)
    if problem or pairing.follows_id is None:
        raise ValidationError(problem, code="begun")
    former = Pairing.objects.select_related("mentor", "office").lock(pairing.follows_id)
    former.trainee = pairing.trainee
    arranged = CheckIn.objects.open().filter(pairing=pairing).first()
    void_pairing(pairing, reason=reason, actor=actor)
    refuse_load(former)
    refuse_both_kinds(former)
    handed_on = former.ended_on
    with history.change(former, actor=actor, verb="mentorship.pairing.reopened", reason=reason):
        former.ended_on, former.end_kind, former.end_reason = None, "", ""
        clean(former)
        former.save()
    if handed_on is not None:
        wait_again(former, handed_on, arranged=arranged, actor=actor)
    keep_review(former, actor=actor)
    return keep_days(former)


def _goals_were_touched(pairing: Pairing, former: Pairing) -> bool:
    """They are no longer those that it began with."""
    began_with = list(PairingGoal.objects.standing().filter(pairing=former)) or goals_for(pairing)
    now = PairingGoal.objects.standing().filter(pairing=pairing)
    return Counter(map(_told, now)) != Counter(map(_told, began_with))


def _told(goal: PairingGoal) -> tuple[object, ...]:
    return goal.side, goal.text, goal.state, goal.progress, goal.progressed_on
