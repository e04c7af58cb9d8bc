"""获奖 Prizes: the list, one recorded on the page of its report, taken back, restored."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.assignments.forms.reports import PrizeForm
from cadre_app.assignments.lists import reports as lists
from cadre_app.assignments.models import ResearchPrize
from cadre_app.assignments.permissions import research as permissions
from cadre_app.assignments.services import report_prizes as services
from cadre_app.assignments.views.research_pages import Act, followed, form_page, tabs, workable_project
from cadre_app.core.forms import ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, page_or_fragment, require

RECORD = Act(
    _("Record a prize"), _("The prize is recorded, and stands in the file of every member."), services.record_prize,
    PrizeForm, button=_("Record a prize"),
)  # fmt: skip
ACTS = {
    "void": Act(
        _("Void the prize"), _("The prize is voided, and gone from the files of the members."), services.void_prize,
        ReasonForm, _("Void this prize?"), _("The awards of all members go with it."), danger=True,
    ),
    "restore": Act(
        _("Restore the prize"), _("The prize stands again."), services.restore_prize, RestoreForm,
        _("Restore this prize?"), _("The awards of all members come back."),
    ),
}  # fmt: skip


@require_GET
def prize_list(request: UserRequest) -> HttpResponse:
    """Prizes that were announced, the latest first."""
    followed(request)
    table, found = lists.prize_table(request, request.user)
    context = {"table": table, "filter": found, **tabs("prize_list")}
    return render(request, page_or_fragment(request, "assignments/prize_list.html"), context)


@require_http_methods(["GET", "POST"])
def prize_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """On its document; every member gets an award of it."""
    project = workable_project(request, pk)
    form = PrizeForm(request.POST or None, instance=project, initial={"document_number": ""})
    back = reverse("assignments:project_detail", kwargs={"pk": pk})
    return form_page(request, form, RECORD, project, back=back, sub=project.title)


@require_http_methods(["GET", "POST"])
def prize_act(request: UserRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of ACTS."""
    if act not in ACTS:
        raise Http404
    rows = ResearchPrize.objects.visible_to(request.user).select_related("project")
    prize: ResearchPrize = get_object_or_404(rows, pk=pk, voided_at__isnull=act == "void")
    require(permissions.can_work_on(request.user, prize.project))
    form = ACTS[act].form(request.POST or None, instance=prize)
    back = reverse("assignments:project_detail", kwargs={"pk": prize.project_id})
    return form_page(request, form, ACTS[act], prize, back=back, sub=str(prize))
