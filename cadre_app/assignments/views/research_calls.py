"""征集 Calls: the list, a call entered and changed, opened, closed."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.assignments.forms.research import CallForm
from cadre_app.assignments.models import ResearchCall
from cadre_app.assignments.permissions import research as permissions
from cadre_app.assignments.services import research_calls as services
from cadre_app.assignments.views.research_pages import Act, followed, form_page, planned, tabs, voided
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit

MOST, RESTORE = 50, "restore"
CHANGE = Act(gettext_lazy("Change the call"), gettext_lazy("The call was changed."), services.change_call, CallForm)
ACTS = {
    "open": Act(
        gettext_lazy("Open the call"), gettext_lazy("The call is open: topics can be proposed."), services.open_call,
        ChangeForm, gettext_lazy("Open this call?"),
        gettext_lazy("Whoever is in development sees it and can propose a topic until its last day."),
    ),
    "close": Act(
        gettext_lazy("Close the call"), gettext_lazy("The call is closed."), services.close_call, ChangeForm,
        gettext_lazy("Close this call?"), gettext_lazy("No more topics are proposed; what was proposed goes on."),
    ),
    "void": Act(
        gettext_lazy("Void the call"), gettext_lazy("The call is voided."), services.void_call, ReasonForm,
        gettext_lazy("Void this call?"), gettext_lazy("Only for a call without topics."), danger=True,
    ),
    "restore": Act(
        gettext_lazy("Restore the call"), gettext_lazy("The call stands again."), services.restore_call, RestoreForm,
        gettext_lazy("Restore this call?"), gettext_lazy("It stands as it was, with its days, directions and criteria."),
    ),
}  # fmt: skip


@require_GET
def call_list(request: UserRequest) -> HttpResponse:
    """All calls with how many topics they have, the latest first."""
    followed(request)
    counted = Count("projects", filter=Q(projects__voided_at=None))
    calls = ResearchCall.objects.visible_to(request.user).standing().annotate(topics=counted)
    may_plan = permissions.can_plan_calls(request.user)
    context = {
        "calls": calls.order_by("-year", "title", "pk")[:MOST],
        "gone": voided(ResearchCall.objects.visible_to(request.user)) if may_plan else [],
        "today": timezone.localdate(),
        "may_plan": may_plan,
        **tabs("call_list"),
    }
    return render(request, "assignments/research_calls.html", context)


@require_http_methods(["GET", "POST"])
def call_new(request: UserRequest) -> HttpResponse:
    """Plan a call; it is opened afterwards."""
    planned(request)
    today = timezone.localdate()
    year = {"year": today.year, "title": _("Field research %(year)s") % {"year": today.year}}
    form = CallForm(request.POST or None, initial=year)
    if submit(request, form, services.create_call):
        messages.success(request, _("The call is planned. Open it, and topics can be proposed."))
        return redirect("assignments:call_list")
    act = Act(_("Plan a call"), "", services.create_call, CallForm)
    context = {"form": form, "page": act.page, "back": reverse("assignments:call_list"), "sub": ""}
    return render(request, "assignments/research_form.html", context)


@require_http_methods(["GET", "POST"])
def call_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Days, directions, criteria."""
    call = _plannable(request, pk)
    form = CallForm(request.POST or None, instance=call)
    return form_page(request, form, CHANGE, call, back=reverse("assignments:call_list"), sub=call.title)


@require_http_methods(["GET", "POST"])
def call_act(request: UserRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of ACTS."""
    if act not in ACTS:
        raise Http404
    call = _plannable(request, pk, voided=act == RESTORE)
    form = ACTS[act].form(request.POST or None, instance=call)
    return form_page(request, form, ACTS[act], call, back=reverse("assignments:call_list"), sub=call.title)


def _plannable(request: UserRequest, pk: UUID, *, voided: bool = False) -> ResearchCall:
    planned(request)
    rows = ResearchCall.objects.visible_to(request.user).filter(voided_at__isnull=not voided)
    found: ResearchCall = get_object_or_404(rows, pk=pk)
    return found
