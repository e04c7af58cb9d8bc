"""What staff do with a project, step by step: one page for each step, all of the same shape."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cadre_app.assignments.forms.research import DropForm, RemarkForm, ReturnForm, SubmitForm
from cadre_app.assignments.services import report_checks, report_reviews, research, research_ends
from cadre_app.assignments.views.research_pages import Act, form_page, workable_project
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest

ACTS = {
    "approve": Act(
        _("Approve the topic"), _("The topic is approved."), research.approve_project, ChangeForm,
        _("Approve this topic?"), _("The team writes its plan and begins."),
    ),
    "drop": Act(
        _("Drop the topic"), _("The topic is dropped; the team reads why."), research.drop_project, DropForm,
        _("Drop this topic?"), _("It can be considered again later."), danger=True,
    ),
    "take-up": Act(
        _("Consider it again"), _("The topic is considered again."), research.take_up_project, ChangeForm,
        _("Consider this topic again?"), _("It stands where it stood before."),
    ),
    "remark": Act(
        _("Comment on the report"), _("The author reads the comment."), report_checks.remark_report, RemarkForm
    ),
    "return": Act(
        _("Send it back to be supplemented"), _("The report is back with its author."), report_checks.return_report,
        ReturnForm, _("Send this report back to its author?"), _("The author is told and hands in another version."),
    ),
    "recommend": Act(
        _("Recommend upwards"), _("The report is recommended."), research_ends.recommend_project, ChangeForm,
        _("Recommend this report upwards?"), _("It can then be sent up."),
    ),
    "unrecommend": Act(
        _("Take the recommendation back"), _("The recommendation is taken back."), research_ends.unrecommend_project,
        ReasonForm, _("Take the recommendation back?"),
    ),
    "release": Act(
        _("Show the reviews to the team"), _("The team now reads comments and points."),
        report_reviews.release_reviews, ChangeForm, _("Show the reviews to the team?"),
        _("It reads the comments and the points in all, never the reviewers' names."),
    ),
    "unrelease": Act(
        _("Hide the reviews again"), _("The team no longer sees the reviews."), report_reviews.unrelease_reviews,
        ReasonForm, _("Hide the reviews from the team again?"),
    ),
    "submit": Act(
        _("Send up"), _("It is recorded that the report was sent up."), research_ends.submit_project, SubmitForm,
        button=_("Send up"),
    ),
    "close": Act(
        _("Close the report"), _("The report is closed."), research_ends.close_project, ChangeForm,
        _("Close this report?"), _("Everything stays readable. A prize is recorded only of a report that was sent up."),
    ),
    "back": Act(
        _("One stage back"), _("The report is one stage back."), research_ends.step_back, ReasonForm,
        _("Take this report one stage back?"),
        _("From the review back to writing: reviews not handed in end. From sent up: what was recorded of it goes."),
    ),
    "void": Act(
        _("Void"), _("The research project is voided."), research.void_project, ReasonForm,
        _("Void this research project?"), _("Only for what was entered by mistake; it can be restored."), danger=True,
    ),
    "restore": Act(
        _("Restore"), _("The research project stands again."), research.restore_project, RestoreForm,
        _("Restore this research project?"),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def project_act(request: UserRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of ACTS."""
    if act not in ACTS:
        raise Http404
    project = workable_project(request, pk)
    step = ACTS[act]
    back = reverse("assignments:project_detail", kwargs={"pk": pk})
    form = step.form(request.POST or None, instance=project)
    return form_page(request, form, step, project, back=back, sub=project.title)
