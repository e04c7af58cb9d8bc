"""One member of a camp: on leave and back, out and in again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.training.forms.camps import LeaveForm, PauseForm
from cadre_app.training.models import CampMember
from cadre_app.training.permissions import camps as permissions
from cadre_app.training.services import camp_members as services


@require_http_methods(["GET", "POST"])
def member_pause(request: UserRequest, pk: UUID) -> HttpResponse:
    member = changeable_member(request, pk)
    form = PauseForm(request.POST or None, instance=member)
    if submit(request, form, services.pause_member, member):
        messages.success(request, _("The leave is recorded."))
        return redirect("training:camp_detail", pk=member.camp_id)
    return _page(request, "training/camp_member_pause.html", form, member)


@require_http_methods(["GET", "POST"])
def member_resume(request: UserRequest, pk: UUID) -> HttpResponse:
    member = changeable_member(request, pk)
    form = ChangeForm(request.POST or None, instance=member)
    if submit(request, form, services.resume_member, member):
        messages.success(request, _("The person is back from leave."))
        return redirect("training:camp_detail", pk=member.camp_id)
    return _page(request, "training/camp_member_resume.html", form, member)


@require_http_methods(["GET", "POST"])
def member_leave(request: UserRequest, pk: UUID) -> HttpResponse:
    member = changeable_member(request, pk)
    form = LeaveForm(request.POST or None, instance=member, initial={"left_on": timezone.localdate()})
    if submit(request, form, services.let_leave, member):
        messages.success(request, _("The person has left the camp."))
        return redirect("training:camp_detail", pk=member.camp_id)
    return _page(request, "training/camp_member_leave.html", form, member)


@require_http_methods(["GET", "POST"])
def member_return(request: UserRequest, pk: UUID) -> HttpResponse:
    member = changeable_member(request, pk)
    form = ReasonForm(request.POST or None, instance=member)
    if submit(request, form, services.bring_back, member):
        messages.success(request, _("The person is in the camp again."))
        return redirect("training:camp_detail", pk=member.camp_id)
    return _page(request, "training/camp_member_return.html", form, member)


def _page(request: UserRequest, template: str, form: ChangeForm, member: CampMember) -> HttpResponse:
    """The form, with what happened to this member before."""
    context = {"form": form, "member": member, "entries": Entry.objects.about(member).told()}
    return render(request, template, context)


def changeable_member(request: UserRequest, pk: UUID) -> CampMember:
    """A standing member in sight, or 404; 403 for whoever may not change it."""
    rows = CampMember.objects.visible_to(request.user).standing()
    member = get_object_or_404(rows.select_related("camp", "trainee__person", "trainee__home_unit"), pk=pk)
    require(permissions.can_change_member(request.user, member))
    return member
