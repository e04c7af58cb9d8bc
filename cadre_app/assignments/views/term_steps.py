"""The steps of the review of a village term: each one form with its day."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.assignments.forms.term_reviews import (
    HandOverForm,
    NoticeForm,
    PapersForm,
    ProposalForm,
    SummaryForm,
    TalksForm,
)
from cadre_app.assignments.models import TermReview
from cadre_app.assignments.panels.term_reviews import takes
from cadre_app.assignments.permissions import term_reviews as permissions
from cadre_app.assignments.policies import NOTICE_DAYS
from cadre_app.assignments.services import term_steps as services
from cadre_app.assignments.services.term_reviews import has_report
from cadre_app.assignments.term_words import HAND_OVER, NOTICE, PAPERS, PROPOSAL, TALKS
from cadre_app.assignments.views.term_reviews import visible_review
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.people import permissions as people

if TYPE_CHECKING:
    from collections.abc import Callable

BOTH = require_http_methods(["GET", "POST"])


@BOTH
def term_summary(request: UserRequest, pk: UUID) -> HttpResponse:
    """本人总结 By the person on the phone, by staff from paper."""
    review = visible_review(request, pk)
    require(permissions.can_write_summary(request.user, review))
    by_person = people.is_own(request.user, review.term.trainee)
    initial = {} if by_person or review.summary_on else {"summary_on": timezone.localdate()}
    form = SummaryForm(request.POST or None, instance=review, by_person=by_person, initial=initial)
    page = Page(
        _("Own summary of the village term"),
        _("The summary is handed in. It can be changed until the papers are looked at."),
        _("Hand the summary in") if by_person else _("Save"),
    )
    return step_form(request, review, form, services.write_summary, page)


@BOTH
def term_papers(request: UserRequest, pk: UUID) -> HttpResponse:
    """查阅材料."""
    review = workable_review(request, pk, PAPERS)
    form = PapersForm(request.POST or None, instance=review, initial=_today(review.papers_on, "papers_on"))
    page = Page(_("Papers of the village term"), _("What the papers show is recorded."))
    return step_form(request, review, form, services.record_papers, page)


@BOTH
def term_talks(request: UserRequest, pk: UUID) -> HttpResponse:
    """听取党员群众意见."""
    review = workable_review(request, pk, TALKS)
    form = TalksForm(request.POST or None, instance=review, initial=_today(review.talks_on, "talks_on"))
    page = Page(_("Talks with villagers"), _("The talks are recorded."))
    return step_form(request, review, form, services.record_talks, page)


@BOTH
def term_proposal(request: UserRequest, pk: UUID) -> HttpResponse:
    """考核意见."""
    review = workable_review(request, pk, PROPOSAL)
    form = ProposalForm(
        request.POST or None,
        instance=review,
        has_report=has_report(review.term),
        initial=_today(review.proposed_on, "proposed_on"),
    )
    page = Page(
        _("Proposal for the review"), _("The proposal is made. A leader signs it off."), _("Make the proposal"),
        notices=(_("“Not passed” leads to a longer village term instead of its end."),),
    )  # fmt: skip
    return step_form(request, review, form, services.propose, page)


@BOTH
def term_notice(request: UserRequest, pk: UUID) -> HttpResponse:
    """公示."""
    review = workable_review(request, pk, NOTICE)
    initial = _today(review.notice_from, "notice_from")
    if initial:
        initial["notice_until"] = services.earliest_end(initial["notice_from"])
    form = NoticeForm(request.POST or None, instance=review, initial=initial)
    least = NOTICE_DAYS.text(NOTICE_DAYS.now())
    page = Page(
        _("Public notice"), _("The public notice is recorded."),
        notices=(_("Working days, first and last day included, at least: %(least)s.") % {"least": least},),
    )  # fmt: skip
    return step_form(request, review, form, services.record_notice, page)


@BOTH
def term_hand_over(request: UserRequest, pk: UUID) -> HttpResponse:
    """移交考核表."""
    review = workable_review(request, pk, HAND_OVER)
    form = HandOverForm(request.POST or None, instance=review, initial=_today(review.handed_over_on, "handed_over_on"))
    page = Page(_("Hand the form over"), _("The hand-over is recorded."))
    return step_form(request, review, form, services.hand_over, page)


def workable_review(request: UserRequest, pk: UUID, step: str) -> TermReview:
    """A review that staff work on, at a step that can be recorded or corrected now."""
    review = visible_review(request, pk)
    require(permissions.can_work_review(request.user, review) and takes(review, step))
    return review


def step_form(
    request: UserRequest, review: TermReview, form: ChangeForm, service: "Callable[..., Any]", page: Page
) -> HttpResponse:
    """A page with one form about a review, or one question; both lead back to the term."""
    if submit(request, form, service, review):
        messages.success(request, page.said)
        return redirect("assignments:term_detail", pk=review.term_id)
    template = "assignments/term_confirm.html" if page.question else "assignments/term_form.html"
    context = {"form": form, "review": review, "term": review.term, "trainee": review.term.trainee, "page": page}
    return render(request, template, context | page.extra)


def _today(present: object, name: str) -> dict[str, Any]:
    return {} if present is not None else {name: timezone.localdate()}
