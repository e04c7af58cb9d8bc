"""撤回交接 Taking one hand-over back, as long as the next mentor has not begun."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.mentorship.models import CheckIn, GuidanceNote, Pairing, PairingReview
from cadre_app.mentorship.services.agreements import agreement_of
from cadre_app.mentorship.services.checks import lock_pairing
from cadre_app.mentorship.services.days import keep_days
from cadre_app.mentorship.services.pairings import void_pairing
from cadre_app.mentorship.services.refusals import refuse_load
from cadre_app.mentorship.services.reviews import keep_review
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User


def undo_problem(pairing: Pairing) -> str:
    """What stands against taking the hand-over to this pairing back; empty where nothing does."""
    former = pairing.follows
    if former is None or not pairing.is_running or former.is_voided or former.ended_on is None:
        return _("This pairing was not handed over, or has ended.")
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
    handed_on = former.ended_on
    with history.change(former, actor=actor, verb="mentorship.pairing.reopened", reason=reason):
        former.ended_on, former.end_kind, former.end_reason = None, "", ""
        clean(former)
        former.save()
    _check_in_back(former, arranged, handed_on, actor)
    keep_review(former, actor=actor)
    return keep_days(former)


def _check_in_back(former: Pairing, arranged: CheckIn | None, handed_on: "date | None", actor: "User") -> None:
    """The check-in that was called off with the hand-over waits again, for the day that was arranged last."""
    called_off = CheckIn.objects.standing().filter(pairing=former, called_off_on=handed_on)
    check_in = called_off.order_by("-updated_at").select_for_update(of=("self",)).first()
    if check_in is None or CheckIn.objects.open().filter(pairing=former).exists():
        return
    with history.change(check_in, actor=actor, verb="mentorship.checkin.reopened"):
        check_in.called_off_on, check_in.called_off_reason = None, ""
        if arranged is not None:
            check_in.planned_on, check_in.place = arranged.planned_on, arranged.place
        clean(check_in)
        check_in.save()
