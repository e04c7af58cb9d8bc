"""What is decided on a reviewed village term: signed off, sent back, filed, prolonged, voided."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.forms.term_reviews import ProlongForm, SignReviewForm
from cadre_app.assignments.models import TermConclusion, TermReview
from cadre_app.assignments.permissions import term_reviews as permissions
from cadre_app.assignments.services import term_decisions as services
from cadre_app.assignments.services import term_reviews as reviews
from cadre_app.assignments.term_words import FILING, PROLONG
from cadre_app.assignments.views.term_reviews import visible_review
from cadre_app.assignments.views.term_steps import BOTH, step_form, workable_review
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import require_step

DAY = timedelta(days=1)
MORE_MONTHS = 6


@BOTH
def term_sign(request: UserRequest, pk: UUID) -> HttpResponse:
    """签批."""
    review = visible_review(request, pk)
    _require_sign_off(request, review)
    known = {"conclusion": review.get_conclusion_display()}
    page = Page(
        _("Sign the review off"), _("The review is signed off."), _("Sign off"),
        question=_("Sign off the conclusion “%(conclusion)s”?") % known,
        consequence=_("Then staff prolong the village term.") if review.conclusion == TermConclusion.FAILED
        else _("Then comes the public notice."),
        extra={"shows_proposal": True},
    )  # fmt: skip
    form = SignReviewForm(request.POST or None, instance=review, initial={"signed_on": timezone.localdate()})
    return step_form(request, review, form, services.sign_off_review, page)


@BOTH
def term_send_back(request: UserRequest, pk: UUID) -> HttpResponse:
    """退回."""
    review = visible_review(request, pk)
    _require_sign_off(request, review)
    page = Page(
        _("Send the proposal back"), _("The proposal was sent back."), _("Send back"),
        question=_("Send the proposal back?"), consequence=_("Its words stand; staff propose again."),
    )  # fmt: skip
    return step_form(
        request, review, ReasonForm(request.POST or None, instance=review), services.send_back_review, page
    )


@BOTH
def term_unsign(request: UserRequest, pk: UUID) -> HttpResponse:
    review = visible_review(request, pk)
    require(permissions.can_unsign_review(request.user, review))
    page = Page(
        _("Take the sign-off back"), _("The sign-off was taken back."), _("Take the sign-off back"),
        question=_("Take the sign-off back?"), danger=True,
        consequence=_("A public notice that was recorded no longer counts; the proposal can be changed again."),
    )  # fmt: skip
    return step_form(request, review, ReasonForm(request.POST or None, instance=review), services.unsign_review, page)


@BOTH
def term_file(request: UserRequest, pk: UUID) -> HttpResponse:
    """备案 The page says what follows: the end of the term and the stage after it."""
    review = workable_review(request, pk, FILING)
    page = Page(
        _("File the review"), _("The review is filed. The village term has ended."), pgettext("term review", "File"),
        question=_("File the review of this village term?"), consequence=_what_follows(review),
    )  # fmt: skip
    form = ChangeForm(request.POST or None, instance=review)
    return step_form(request, review, form, services.file_review, page)


@BOTH
def term_unfile(request: UserRequest, pk: UUID) -> HttpResponse:
    review = visible_review(request, pk)
    require(permissions.can_work_review(request.user, review) and review.filed_on is not None)
    page = Page(
        _("Take the filing back"), _("The filing was taken back."), _("Take the filing back"),
        question=_("Take the filing back?"), danger=review.has_ended_term,
        consequence=_("The filing had ended the village term: it runs again, and the stage goes by its planned end.")
        if review.has_ended_term
        else _("The end of the village term was recorded before it was filed, and stays."),
    )  # fmt: skip
    return step_form(request, review, ReasonForm(request.POST or None, instance=review), services.unfile_review, page)


@BOTH
def term_prolong(request: UserRequest, pk: UUID) -> HttpResponse:
    """延长到村任职."""
    review = workable_review(request, pk, PROLONG)
    known = {"months": review.term.months}
    form = ProlongForm(
        request.POST or None,
        instance=review,
        initial={"months": review.term.months + MORE_MONTHS, "document_number": review.term.document_number},
    )
    page = Page(
        _("Prolong the village term"), _("The village term was prolonged. A new review opens before its end."),
        _("Prolong"),
        notices=(
            _("It lasts %(months)d months so far. Enter how long it lasts in all.") % known,
            _("This review is kept as it is, as not passed; a new one opens before the new end."),
        ),
    )  # fmt: skip
    return step_form(request, review, form, services.prolong_term, page)


@BOTH
def term_review_void(request: UserRequest, pk: UUID) -> HttpResponse:
    review = visible_review(request, pk)
    require(permissions.can_work_review(request.user, review) and review.filed_on is None)
    page = Page(
        _("Void the review"), _("The review was voided."), _("Void"), question=_("Void this review?"), danger=True,
        consequence=_("What was written in it is kept. It does not open again by itself for this end of the term."),
    )  # fmt: skip
    return step_form(request, review, ReasonForm(request.POST or None, instance=review), reviews.void_review, page)


@BOTH
def term_review_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    review = visible_review(request, pk)
    require(permissions.can_restore_review(request.user, review))
    page = Page(
        _("Restore the review"), _("The review stands again."), _("Restore"), question=_("Restore this review?"),
        consequence=_("It stands as it was, with everything that was written in it."),
    )  # fmt: skip
    form = RestoreForm(request.POST or None, instance=review)
    return step_form(request, review, form, reviews.restore_review, page)


def _what_follows(review: TermReview) -> str:
    """The end of the term, and the stage that follows from it; or why it is too early."""
    if review.term.ended_on is not None:
        return _("The end of the village term is recorded already: %(day)s.") % {
            "day": formats.date_format(review.term.ended_on)
        }
    try:
        last = services.last_day(review)
    except ValidationError as error:
        return error.messages[0]
    text = _(
        "The village term then ends on %(last)s. From %(next)s on the person is in the Qingzhu advanced plan, by the rule of stages."
    )
    return text % {"last": formats.date_format(last), "next": formats.date_format(last + DAY)}


def _require_sign_off(request: UserRequest, review: TermReview) -> None:
    may, duty = permissions.can_sign_review(request.user, review), permissions.leads(request.user, review)
    page = reverse("assignments:term_detail", kwargs={"pk": review.term_id})
    require_step(request, may, review, duty=duty, page=page)
