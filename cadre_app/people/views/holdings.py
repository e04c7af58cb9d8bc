"""Who holds an office: taking it, leaving it, corrections; and the search that names persons."""

import re
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.people import permissions
from cadre_app.people.forms.offices import AppointForm, EndHoldingForm, HoldingForm
from cadre_app.people.models import OfficeHolding
from cadre_app.people.picking import persons_found
from cadre_app.people.services import offices as services
from cadre_app.people.views.offices import visible_office

FIELD_NAME = re.compile(r"\A[a-z][a-z0-9_-]{0,40}\Z")


@require_http_methods(["GET", "POST"])
def appoint(request: UserRequest, pk: UUID) -> HttpResponse:
    """Somebody takes the office; whoever holds it leaves the day before if that is ticked."""
    office = visible_office(request, pk)
    require(permissions.can_change_office(request.user, office))
    current = services.holder_now(office)
    form = AppointForm(request.POST or None, instance=office, user=request.user, current=current, initial={"name": ""})
    if done := submit(request, form, services.appoint_somebody, office):
        messages.success(request, _("%(name)s is recorded in this office.") % {"name": done.result.person})
        return redirect("people:office_detail", pk=pk)
    return render(request, "people/office_appoint.html", {"form": form, "office": office, "current": current})


@require_http_methods(["GET", "POST"])
def holding_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    holding = _changeable(request, pk)
    form = HoldingForm(request.POST or None, instance=holding)
    if submit(request, form, services.change_holding, holding):
        messages.success(request, _("The entry was corrected."))
        return redirect("people:office_detail", pk=holding.office_id)
    return render(request, "people/holding_edit.html", {"form": form, "holding": holding})


@require_http_methods(["GET", "POST"])
def holding_end(request: UserRequest, pk: UUID) -> HttpResponse:
    holding = _changeable(request, pk)
    form = EndHoldingForm(request.POST or None, instance=holding, initial={"until": timezone.localdate()})
    if submit(request, form, services.end_holding, holding):
        messages.success(request, _("The last day in the office is recorded."))
        return redirect("people:office_detail", pk=holding.office_id)
    return render(request, "people/holding_end.html", {"form": form, "holding": holding})


@require_http_methods(["GET", "POST"])
def holding_void(request: UserRequest, pk: UUID) -> HttpResponse:
    holding = _changeable(request, pk)
    form = ReasonForm(request.POST or None, instance=holding)
    if submit(request, form, services.void_holding, holding):
        messages.success(request, _("The entry was voided."))
        return redirect("people:office_detail", pk=holding.office_id)
    return render(request, "people/holding_void.html", {"form": form, "holding": holding})


@require_http_methods(["GET", "POST"])
def holding_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    """A time in office that was voided by mistake stands again."""
    found = OfficeHolding.objects.visible_to(request.user).select_related("office__unit", "person")
    holding = get_object_or_404(found, pk=pk)
    require(permissions.can_change_office(request.user, holding.office))
    form = RestoreForm(request.POST or None, instance=holding)
    if submit(request, form, services.restore_holding, holding):
        messages.success(request, _("The entry was restored."))
        return redirect("people:office_detail", pk=holding.office_id)
    return render(request, "people/holding_restore.html", {"form": form, "holding": holding})


@require_http_methods(["GET", "POST"])
def holding_reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    """撤回离任 The last day was a mistake: the person holds the office on."""
    holding = _changeable(request, pk)
    form = RestoreForm(request.POST or None, instance=holding)
    if submit(request, form, services.reopen_holding, holding):
        messages.success(request, _("The last day was taken back; the person holds the office on."))
        return redirect("people:office_detail", pk=holding.office_id)
    return render(request, "people/holding_reopen.html", {"form": form, "holding": holding})


@require_GET
def person_picker(request: UserRequest) -> HttpResponse:
    """The answers of a person field (?field=) to what is typed in it: at most ten persons of one's scope."""
    require(permissions.can_pick_persons(request.user))
    field = request.GET.get("field", "person")
    if not FIELD_NAME.match(field):
        raise Http404
    typed = request.GET.get(f"{field}_q", "")
    hits = persons_found(request.user, typed)
    context = {"hits": hits, "field": field, "chosen": "", "typed": typed.strip()}
    return render(request, "people/_person_hits.html", context)


def _changeable(request: UserRequest, pk: UUID) -> OfficeHolding:
    """A standing holding of an office that one may change; 404 where it is out of sight."""
    found = OfficeHolding.objects.visible_to(request.user).standing().select_related("office__unit", "person")
    holding = get_object_or_404(found, pk=pk)
    require(permissions.can_change_office(request.user, holding.office))
    return holding
