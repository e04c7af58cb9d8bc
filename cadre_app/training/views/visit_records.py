"""What came of a study visit: attendance and symposium in one form, hours, and the sheet for the day."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.training.forms.visits import RecordForm
from cadre_app.training.models import StudyVisit, VisitState
from cadre_app.training.permissions import visits as permissions
from cadre_app.training.services import visit_records as services
from cadre_app.training.views.visit_pages import (
    members_of,
    plannable_visit,
    recorded_by,
    visible_visit,
    visit_form,
)


@require_http_methods(["GET", "POST"])
def visit_record(request: UserRequest, pk: UUID) -> HttpResponse:
    """到课登记: everybody is preset as present; whoever was not takes one tap."""
    visit = plannable_visit(request, pk)
    problem = services.problem_of(visit)
    if problem and request.method == "GET":
        messages.warning(request, problem)
        return redirect("training:visit_detail", pk=pk)
    members = recorded_by(request, visit)
    form, status = RecordForm(request.POST or None, visit=visit, members=members), 200
    try:
        if submit(request, form, services.record_visit, visit):
            _say_recorded(request, services.left_out(visit))
            return redirect("training:visit_detail", pk=pk)
    except services.Contested as contested:
        form.tell(contested)
        status = 409
    context = {
        "form": form,
        "visit": visit,
        "is_first": not any(member.presence for member in members),
        "others": visit.members.attending().count() - len(members),
    }
    return render(request, "training/visit_record.html", context, status=status)


@require_http_methods(["GET", "POST"])
def visit_post(request: UserRequest, pk: UUID) -> HttpResponse:
    """学时入账 Hours for those who were there."""
    visit = plannable_visit(request, pk)
    require(permissions.can_post_visit(request.user, visit))
    if request.method == "GET" and (problem := services.post_problem_of(visit)):
        return _told(request, visit, str(problem.message))
    page = Page(
        _("Post the hours"), _("The hours are posted."), _("Post the hours"),
        question=_("Post the hours of this study visit?"),
        consequence=_("Everybody who was there gets %(hours)s classroom hours.") % {"hours": floatformat(visit.hours)}
        if visit.hours is not None
        else "",
    )  # fmt: skip
    return visit_form(request, visit, ChangeForm(request.POST or None, instance=visit), services.post_hours, page)


@require_http_methods(["GET", "POST"])
def visit_take_back(request: UserRequest, pk: UUID) -> HttpResponse:
    """Hours posted by mistake."""
    visit = plannable_visit(request, pk)
    require(permissions.can_post_visit(request.user, visit))
    if request.method == "GET" and visit.state != VisitState.POSTED:
        return _told(request, visit, str(services.NOT_POSTED))
    page = Page(
        _("Take the hours back"), _("The hours were taken back."), _("Take the hours back"),
        question=_("Take the hours of this study visit back?"),
        consequence=_("They are voided in each file; attendance can be corrected and the hours posted again."),
        danger=True,
    )  # fmt: skip
    form = ReasonForm(request.POST or None, instance=visit)
    return visit_form(request, visit, form, services.take_back_hours, page)


@require_GET
def visit_programme(request: UserRequest, pk: UUID) -> HttpResponse:
    """The programme of the day with the list of participants, to be printed."""
    visit = visible_visit(request, pk)
    require(permissions.can_list_visits(request.user))
    return render(request, "training/visit_programme.html", {"visit": visit, "members": members_of(request, visit)})


def _told(request: UserRequest, visit: StudyVisit, problem: str) -> HttpResponse:
    """Whoever follows an old link to a step that cannot be taken is told why."""
    messages.warning(request, problem)
    return redirect("training:visit_detail", pk=visit.pk)


def _say_recorded(request: UserRequest, left: int) -> None:
    if not left:
        messages.success(request, _("Attendance and symposium are recorded."))
        return
    text = ngettext(
        "Recorded. %(count)d person on the list is still left; the study visit counts as held once everybody is recorded.",
        "Recorded. %(count)d people on the list are still left; the study visit counts as held once everybody is recorded.",
        left,
    )
    messages.success(request, text % {"count": left})
