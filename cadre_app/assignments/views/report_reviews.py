"""评审 Reviewers are named by staff; each opens the version given to them and writes; staff return or take off."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cadre_app.assignments.comparing_reports import paragraphs
from cadre_app.assignments.forms.reports import ReviewDayForm, ReviewersForm, ReviewForm
from cadre_app.assignments.models import ResearchReview
from cadre_app.assignments.permissions import reports as permissions
from cadre_app.assignments.permissions import research as research_permissions
from cadre_app.assignments.policies import REVIEW_DAYS
from cadre_app.assignments.services import report_reviews as services
from cadre_app.assignments.services.reports import FILE
from cadre_app.assignments.services.research_states import latest_version, reviews_of
from cadre_app.assignments.views.research_pages import Act, form_page, workable_project
from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.files.models import StoredFile
from cadre_app.history.models import Entry

NAME = Act(
    gettext_lazy("Name reviewers"), gettext_lazy("The version is given to the reviewers."), services.name_reviewers,
    ReviewersForm, button=gettext_lazy("Name reviewers"),
)  # fmt: skip
ACTS = {
    "day": Act(
        gettext_lazy("Move the day of the review"), gettext_lazy("The day of the review was moved."),
        services.move_review, ReviewDayForm,
    ),
    "return": Act(
        gettext_lazy("Return the review"), gettext_lazy("The reviewer writes on."), services.return_review, ReasonForm,
        gettext_lazy("Return this review?"), gettext_lazy("The reviewer reads why, and what was written stays."),
    ),
    "remove": Act(
        gettext_lazy("Take the reviewer off"), gettext_lazy("The reviewer was taken off the report."),
        services.remove_review, ReasonForm, gettext_lazy("Take this reviewer off the report?"),
        gettext_lazy("What was written no longer counts."), danger=True,
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def reviewers_name(request: UserRequest, pk: UUID) -> HttpResponse:
    """At least as many as the setting says; nobody of the team, no declared relative."""
    project = workable_project(request, pk)
    there = sum(not review.is_barred for review in reviews_of(latest_version(project)))
    day = timezone.localdate() + timedelta(days=REVIEW_DAYS.now())
    form = ReviewersForm(
        request.POST or None, instance=project, user=request.user, there=there, initial={"due_on": day}
    )
    back = reverse("assignments:project_detail", kwargs={"pk": pk})
    given = _("Version %(number)s") % {"number": project.versions_count}
    return form_page(request, form, NAME, project, back=back, sub=f"{project.title} · {given}")


@require_http_methods(["GET", "POST"])
def review_write(request: UserRequest, pk: UUID) -> HttpResponse:
    """The reviewer's page: the version, its criteria, the form; once handed in, what was handed in."""
    review = _review(request, pk)
    require(permissions.can_review(request.user, review))
    is_open = review.handed_in_at is None
    form = ReviewForm(request.POST or None, instance=review)
    if submit(request, form, services.hand_in_review, review):
        messages.success(request, _("Your review is handed in. Thank you."))
        return redirect("assignments:review_write", pk=pk)
    context: dict[str, Any] = {
        "review": review,
        "version": review.report,
        "paragraphs": paragraphs(review.report.body),
        "files": StoredFile.objects.of(FILE, [review.report_id]),
        "form": form,
        "is_open": is_open,
        "points": services.points_of(review),
        "returned": _reason(review) if is_open and review.points else "",
    }
    return render(request, "assignments/report_review.html", context)


@require_http_methods(["GET", "POST"])
def review_act(request: UserRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of ACTS, by staff."""
    if act not in ACTS:
        raise Http404
    review = _review(request, pk)
    project = review.report.project
    require(research_permissions.can_work_on(request.user, project))
    form = ACTS[act].form(request.POST or None, instance=review)
    back = reverse("assignments:project_detail", kwargs={"pk": project.pk})
    return form_page(request, form, ACTS[act], review, back=back, sub=f"{review.reviewer.name} · {project.title}")


def _review(request: UserRequest, pk: UUID) -> ResearchReview:
    rows = (
        ResearchReview.objects.visible_to(request.user).standing().select_related("report__project__call", "reviewer")
    )
    review: ResearchReview = get_object_or_404(rows, pk=pk)
    return review


def _reason(review: ResearchReview) -> str:
    """Why it was returned the last time."""
    rows = Entry.objects.about(review).filter(verb="assignments.researchreview.returned")
    entry = rows.order_by("-at").first()
    return entry.reason if entry is not None else ""
