"""Declared relatives: adding, correcting and voiding one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.people.forms.parts import RelativeForm
from cadre_app.people.models import Relative, Trainee
from cadre_app.people.services import family
from cadre_app.people.views.files import back_to, changeable_trainee, require_edit


@require_http_methods(["GET", "POST"])
def relative_add(request: UserRequest, pk: UUID) -> HttpResponse:
    """A further relative on this file."""
    trainee = changeable_trainee(request, pk)
    form = RelativeForm(request.POST or None, user=request.user)
    if submit(request, form, family.add_relative, trainee.person):
        messages.success(request, _("The relative was added."))
        return after_declaring(request, trainee)
    return render(request, "people/relative_add.html", {"form": form, "trainee": trainee})


@require_http_methods(["GET", "POST"])
def relative_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    relative = _changeable(request, pk)
    trainee = relative.person.trainee
    form = RelativeForm(request.POST or None, instance=relative, user=request.user)
    if submit(request, form, family.change_relative, relative):
        messages.success(request, _("The relative was changed."))
        return after_declaring(request, trainee)
    return render(request, "people/relative_edit.html", {"form": form, "trainee": trainee})


@require_http_methods(["GET", "POST"])
def relative_void(request: UserRequest, pk: UUID) -> HttpResponse:
    relative = _changeable(request, pk)
    trainee = relative.person.trainee
    form = ReasonForm(request.POST or None, instance=relative)
    if submit(request, form, family.void_relative, relative):
        messages.success(request, _("The relative was voided."))
        return back_to(trainee, "relatives")
    return render(request, "people/relative_void.html", {"form": form, "trainee": trainee, "relative": relative})


def after_declaring(request: UserRequest, trainee: Trainee) -> HttpResponse:
    """Whoever declared themself a relative no longer sees the file (回避)."""
    request.user.__dict__.pop("_avoided_persons", None)
    if Trainee.objects.visible_to(request.user).filter(pk=trainee.pk).exists():
        return back_to(trainee, "relatives")
    return redirect("desk:home")


def _changeable(request: UserRequest, pk: UUID) -> Relative:
    found = Relative.objects.visible_to(request.user).standing()
    relative = get_object_or_404(found.select_related("person__trainee__home_unit"), pk=pk)
    require_edit(request, relative.person.trainee)
    return relative
