"""One member of a camp: on leave and back, out and in again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.training.forms.camps import LeaveForm, PauseForm
from cadre_app.training.lists.camps import coming_places
from cadre_app.training.models import CampMember
from cadre_app.training.permissions import camps as permissions
from cadre_app.training.services import camp_members as services


@require_http_methods(["GET", "POST"])
def member_pause(request: UserRequest, pk: UUID) -> HttpResponse:
    member = changeable_member(request, pk)
    form = PauseForm(request.POST or None, instance=member)
    if submit(request, form, services.pause_member, member):
        messages.success(request, _("The leave is recorded."))
        _remind(request, coming_places(member).count())
        return redirect("training:camp_detail", pk=member.camp_id)
    return _page(request, "training/camp_member_pause.html", form, member, places=coming_places(member))


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
        _remind(request, coming_places(member, of_camp=True).count())
        return redirect("training:camp_detail", pk=member.camp_id)
    places = coming_places(member, of_camp=True)
    return _page(request, "training/camp_member_leave.html", form, member, places=places)


@require_http_methods(["GET", "POST"])
def member_return(request: UserRequest, pk: UUID) -> HttpResponse:
    member = changeable_member(request, pk)
    form = ReasonForm(request.POST or None, instance=member)
    if submit(request, form, services.bring_back, member):
        messages.success(request, _("The person is in the camp again."))
        return redirect("training:camp_detail", pk=member.camp_id)
    return _page(request, "training/camp_member_return.html", form, member)


def _remind(request: UserRequest, places: int) -> None:
    """Rosters stay as they are until somebody takes the person off."""
    if places:
        text = ngettext(
            "The person is still on the list of %(count)d session to come: the roster there marks it.",
            "The person is still on the lists of %(count)d sessions to come: the rosters there mark it.",
            places,
        )
        messages.warning(request, text % {"count": places})


def _page(request: UserRequest, template: str, form: ChangeForm, member: CampMember, **more: Any) -> HttpResponse:
    """The form, with what happened to this member before."""
    context = {"form": form, "member": member, "entries": Entry.objects.about(member).told()} | more
    return render(request, template, context)


def changeable_member(request: UserRequest, pk: UUID) -> CampMember:
    """A standing member in sight, or 404; 403 for whoever may not change it."""
    rows = CampMember.objects.visible_to(request.user).standing()
    member = get_object_or_404(rows.select_related("camp", "trainee__person", "trainee__home_unit"), pk=pk)
    require(permissions.can_change_member(request.user, member))
    return member
