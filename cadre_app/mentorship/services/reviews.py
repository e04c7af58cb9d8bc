"""结对小结 Which review of a pairing stands open: exactly one as long as it runs, none afterwards.

Kept here and nowhere else; what is voided with a pairing comes back with it, with everything written in it.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.mentorship.models import EndKind, Pairing, PairingReview
from cadre_app.mentorship.periods import SHORTEST, Period, next_period
from cadre_app.mentorship.policies import REVIEW_MONTHS
from cadre_app.mentorship.services.kept_words import ENDED, NOTHING_LEFT, in_house_language
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def close_open_review(pairing: Pairing, *, reason: str, actor: "User | None") -> PairingReview | None:
    """Void the open review of a locked pairing, for example as it ended early; None where none is open."""
    review = _open_of(pairing)
    if review is None:
        return None
    return _voided(review, reason=reason, actor=actor)


def settle_review(pairing: Pairing, *, reason: str, actor: "User | None") -> PairingReview | None:
    """What becomes of the open review of a locked pairing that has just ended: nothing that was written in it is lost.

    With a part in it, it stays open up to that day, to be concluded and signed off; else it is voided.
    """
    review = _open_of(pairing)
    if review is None or pairing.ended_on is None:
        return None
    if not _is_written(review):
        return _voided(review, reason=reason, actor=actor)
    last = max(min(review.period_until, pairing.ended_on), review.period_from)
    if (review.period_until, review.is_final) != (last, False):
        with history.change(review, actor=actor, verb="mentorship.pairingreview.moved", reason=reason):
            review.period_until, review.is_final = last, False
            clean(review)
            review.save()
    return review


def refuse_written(pairing: Pairing) -> None:
    """Raise ValidationError where a review with a part in it waits: its sign-off is what completes a pairing."""
    review = _open_of(pairing)
    if review is not None and _is_written(review):
        message = _("The review up to %(day)s is being written: its sign-off by a leader completes the pairing.")
        day = formats.date_format(review.period_until)
        raise ValidationError({"end_kind": ValidationError(message % {"day": day}, code="review_waits")})


def keep_review(pairing: Pairing, *, actor: "User | None", reason: str = "") -> PairingReview | None:
    """Bring the open review of a locked pairing in line with its days; returns the one that stands open now."""
    period = next_of(pairing) if pairing.is_running else None
    if period is None:
        why = in_house_language(NOTHING_LEFT if pairing.is_running else ENDED)
        close_open_review(pairing, reason=reason or why, actor=actor)
        return None
    review = _open_of(pairing) or _put_back(pairing, period, actor)
    if review is None:
        return _opened(pairing, period, actor)
    last, is_final = _days_of(review, period)
    if (review.period_until, review.is_final) != (last, is_final):
        with history.change(review, actor=actor, verb="mentorship.pairingreview.moved", reason=reason):
            review.period_until, review.is_final = last, is_final
            clean(review)
            review.save()
    return review


def _days_of(review: PairingReview, period: Period) -> tuple[date, bool]:
    """Its last day, and whether it is the final one. What is written is about its own days: it is not stretched over
    months to come, which the next review is about.
    """
    is_stretched = period.last >= review.period_until + SHORTEST and timezone.localdate() < period.last - SHORTEST
    if _is_written(review) and is_stretched:
        return review.period_until, False
    return max(period.last, review.period_from), period.is_final


def refuse_completed(pairing: Pairing) -> None:
    """A pairing that its final review completed runs again by taking back that sign-off, not past it."""
    if pairing.end_kind != EndKind.COMPLETED or pairing.ended_on is None:
        return
    signed = PairingReview.objects.signed_off().filter(pairing=pairing, is_final=True)
    if signed.filter(period_until=pairing.ended_on).exists():
        message = _("The final review completed this pairing. A leader takes back its sign-off instead.")
        raise ValidationError(message, code="completed")


def next_of(pairing: Pairing) -> Period | None:
    """The stretch after the last review that was signed off; None where nothing is left."""
    signed = PairingReview.objects.signed_off().filter(pairing=pairing).order_by("-period_until")
    last = signed.first()
    after: date | None = last.period_until if last is not None else None
    return next_period(pairing.started_on, pairing.due_on, REVIEW_MONTHS.on(pairing.started_on), after=after)


def _is_written(review: PairingReview) -> bool:
    return review.mentor_at is not None or review.trainee_at is not None


def _open_of(pairing: Pairing) -> PairingReview | None:
    return PairingReview.objects.open().filter(pairing=pairing).select_for_update().first()


def _put_back(pairing: Pairing, period: Period, actor: "User | None") -> PairingReview | None:
    """The review of this stretch that was voided with an end or a sign-off taken back: nothing written in it is lost."""
    left = PairingReview.objects.filter(pairing=pairing, period_from=period.first, signed_off_at=None)
    review = left.exclude(voided_at=None).order_by("-voided_at").select_for_update().first()
    if review is None:
        return None
    with history.change(review, actor=actor, verb="mentorship.pairingreview.restored"):
        review.voided_at = None
        review.save()
    return review


def _opened(pairing: Pairing, period: Period, actor: "User | None") -> PairingReview:
    review = PairingReview(
        pairing=pairing, period_from=period.first, period_until=period.last, is_final=period.is_final
    )
    with history.change(review, actor=actor, verb="mentorship.pairingreview.opened"):
        clean(review)
        review.save(force_insert=True)
    return review


def _voided(review: PairingReview, *, reason: str, actor: "User | None") -> PairingReview:
    with history.change(review, actor=actor, verb="mentorship.pairingreview.voided", reason=reason):
        review.voided_at = timezone.now()
        review.save()
    return review
