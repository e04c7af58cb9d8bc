"""What leaders and staff decide on a reviewed village term: signed off, sent back, filed, prolonged."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.models import TermConclusion, TermReview
from cadre_app.assignments.permissions.term_reviews import writers_of
from cadre_app.assignments.services.term_reviews import lock_review, refuse_filed
from cadre_app.assignments.services.term_steps import date_step
from cadre_app.core.village_terms import Reopening, TermChange
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal
from cadre_app.people.services.terms import LONGEST_MONTHS, change_term, end_term, reopen_term

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def sign_off_review(
    review: TermReview, *, signed_on: date | None = None, version: int | None = None, actor: "User"
) -> TermReview:
    """签批 On `signed_on`, as it stands on paper, by default today. Raises Stale; ValidationError by field, also for one's
    own proposal.
    """
    review = lock_review(review, version)
    refuse_filed(review)
    _refuse_unless_proposed(review)
    if actor.pk in writers_of(review):
        raise ValidationError(_("Whoever wrote the proposal does not sign it off."), code="own_proposal")
    with history.change(review, actor=actor, verb="assignments.termreview.signed_off"):
        review.signed_by = actor
        date_step(review, "signed_on", signed_on or timezone.localdate())
        clean(review)
        review.save()
    return review


@transaction.atomic
def send_back_review(review: TermReview, *, reason: str, version: int | None = None, actor: "User") -> TermReview:
    """退回 The proposal waits to be made again; its words stand. Raises Stale, ValidationError."""
    review = lock_review(review, version)
    refuse_filed(review)
    _refuse_unless_proposed(review)
    with history.change(review, actor=actor, verb="assignments.termreview.sent_back", reason=reason):
        review.proposed_on = None
        clean(review)
        review.save()
    return review


@transaction.atomic
def unsign_review(review: TermReview, *, reason: str, version: int | None = None, actor: "User") -> TermReview:
    """Take a sign-off back; a public notice of it no longer counts. Raises Stale; ValidationError after the hand-over."""
    review = lock_review(review, version)
    refuse_filed(review)
    if review.signed_on is None:
        raise ValidationError(pgettext("village term", "This review is not signed off."), code="not_signed_off")
    if review.handed_over_on is not None:
        raise ValidationError(_("The form is handed over: the sign-off stands."), code="handed_over")
    with history.change(review, actor=actor, verb="assignments.termreview.unsigned", reason=reason):
        review.signed_by, review.signed_on = None, None
        review.notice_from, review.notice_until = None, None
        clean(review)
        review.save()
    return review


@transaction.atomic
def file_review(review: TermReview, *, version: int | None = None, actor: "User") -> TermReview:
    """备案 The last step; it ends the term on its last day, if its end is not recorded yet.

    Raises Stale; ValidationError before that day, or while the term is interrupted.
    """
    review = lock_review(review, version)
    refuse_filed(review)
    if review.handed_over_on is None:
        raise ValidationError(_("The form has to be handed over first."), code="missing_step")
    if review.conclusion != TermConclusion.PASSED:
        raise ValidationError(_("Not passed: the term is prolonged instead."), code="failed")
    last = last_day(review)
    with history.change(review, actor=actor, verb="assignments.termreview.filed"):
        review.filed_on, review.due_on = timezone.localdate(), last
        review.has_ended_term = review.term.ended_on is None
        clean(review)
        review.save()
    if review.has_ended_term:
        end_term(review.term, ended_on=last, actor=actor)
    return review


@transaction.atomic
def unfile_review(review: TermReview, *, reason: str, version: int | None = None, actor: "User") -> TermReview:
    """Filed by mistake: it waits to be filed again, and the term runs again if its filing had ended it.

    Raises Stale; ValidationError also where something was built on that end.
    """
    review = lock_review(review, version)
    if review.filed_on is None:
        raise ValidationError(_("This review is not filed."), code="not_filed")
    reopens = review.has_ended_term and review.term.ended_on is not None
    with history.change(review, actor=actor, verb="assignments.termreview.unfiled", reason=reason):
        review.filed_on, review.has_ended_term = None, False
        clean(review)
        review.save()
    if reopens:
        reopen_term(review.term, reason=reason, actor=actor)
    return review


def refuse_filed_end(asked: Reopening) -> str:
    """A filed review says that the term is over: its filing is taken back first."""
    if not TermReview.objects.standing().filter(term=asked.term, filed_on__isnull=False).exists():
        return ""
    return _("The assessment of this term is filed. Take its filing back first, on the page of the village term.")


def refuse_assessed_change(asked: TermChange) -> str:
    """The facts of a term stand as they were assessed; one that was prolonged is neither voided nor made shorter."""
    reviews = TermReview.objects.standing().filter(term=asked.term)
    filed = reviews.filter(filed_on__isnull=False).first()
    if filed is not None and filed.filed_on is not None:
        message = _(
            "The assessment of this term was filed on %(day)s. Take its filing back first, on the page of the village term."
        )
        return message % {"day": formats.date_format(filed.filed_on)}
    prolonged = reviews.filter(prolonged_on__isnull=False).order_by("-prolonged_on").first()
    if prolonged is None or prolonged.prolonged_on is None or not (asked.is_voided or asked.is_sooner):
        return ""
    message = _(
        "The term was prolonged on %(day)s after an assessment that was not passed: it is neither voided, nor does it end earlier than "
        "was decided."
    )
    return message % {"day": formats.date_format(prolonged.prolonged_on)}


@transaction.atomic
def prolong_term(
    review: TermReview, *, months: int, document_number: str = "", version: int | None = None, actor: "User"
) -> TermReview:
    """延长 Not passed: the term lasts `months` in all; this review ends here, a new one opens before the new end.

    Raises Stale, ValidationError by field.
    """
    review = lock_review(review, version)
    refuse_filed(review)
    if review.signed_on is None or review.conclusion != TermConclusion.FAILED:
        raise ValidationError(
            _("Only a term that was not passed, signed off by a leader, is prolonged."), code="passed"
        )
    term = review.term
    if term.ended_on is not None:
        message = _("The end of the village term is recorded. Take it back in the growth file first.")
        raise ValidationError(message, code="term_ended")
    if not term.months < months <= LONGEST_MONTHS:
        message = _("The term lasts %(months)d months so far: enter more than that, and %(most)d at most.")
        raise refusal("months", message % {"months": term.months, "most": LONGEST_MONTHS}, code="not_longer")
    term = change_term(
        term, village=term.village, role=term.role, started_on=term.started_on, months=months,
        document_number=document_number or term.document_number, note=term.note, actor=actor,
    )  # fmt: skip
    if term.due_on is not None and term.due_on <= timezone.localdate():
        message = _("The term would end on %(day)s, which is past. Enter more months.")
        raise refusal("months", message % {"day": formats.date_format(term.due_on)}, code="past")
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("Not passed: the village term was prolonged to %(months)d months.") % {"months": months}
    with history.change(review, actor=actor, verb="assignments.termreview.prolonged", reason=reason):
        review.prolonged_on = timezone.localdate()
        clean(review)
        review.save()
    return review


def last_day(review: TermReview) -> date:
    """On which the term ends by its review. Raises ValidationError while that day is not known or not there yet."""
    term = review.term
    if term.ended_on is not None:
        return term.ended_on
    if term.due_on is None:
        message = _(
            "This village term is interrupted and has no end yet. Enter the last day of the interruption first."
        )
        raise ValidationError(message, code="interrupted")
    if term.due_on > timezone.localdate():
        message = _("The village term ends on %(day)s: its review is filed from that day on.")
        raise ValidationError(message % {"day": formats.date_format(term.due_on)}, code="not_over")
    return term.due_on


def _refuse_unless_proposed(review: TermReview) -> None:
    if review.proposed_on is None:
        raise ValidationError(_("The proposal is missing."), code="missing_step")
    if review.signed_on is not None:
        raise ValidationError(_("This review is signed off."), code="signed_off")
