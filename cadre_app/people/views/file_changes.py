"""Growth files: opening one, programme facts, voiding and restoring."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.roles import Role
from cadre_app.core.submit import submit
from cadre_app.org.models import Unit
from cadre_app.people import permissions
from cadre_app.people.forms.new_file import NewFileForm
from cadre_app.people.forms.parts import ChangeFactsForm
from cadre_app.people.models.persons import own_keys
from cadre_app.people.services import trainees as services
from cadre_app.people.services.terms import VILLAGE_KINDS
from cadre_app.people.views.files import back_to, changeable_trainee, visible_trainee


@require_http_methods(["GET", "POST"])
def trainee_create(request: UserRequest) -> HttpResponse:
    """新建档案 A new growth file, for somebody new or somebody entered already."""
    require(permissions.can_create(request.user))
    units = _my_units(request)
    form = NewFileForm(
        request.POST or None, user=request.user, units=units, villages=units.filter(kind__in=VILLAGE_KINDS)
    )
    if done := submit(request, form, services.open_file):
        messages.success(request, _("The growth file %(number)s was opened.") % {"number": done.result.file_number})
        return back_to(done.result)
    return render(request, "people/trainee_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def facts_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Kind, status, arrival, probation, linked village."""
    trainee = changeable_trainee(request, pk)
    villages = Unit.objects.standing().filter(kind__in=VILLAGE_KINDS)
    offered = villages.filter(Q(pk__in=_my_units(request).values("pk")) | Q(pk=trainee.linked_village_id))
    form = ChangeFactsForm(request.POST or None, instance=trainee, villages=offered)
    if submit(request, form, services.change_trainee, trainee):
        messages.success(request, _("The change was saved."))
        return back_to(trainee, "facts")
    return render(request, "people/facts_edit.html", {"form": form, "trainee": trainee})


@require_http_methods(["GET", "POST"])
def trainee_void(request: UserRequest, pk: UUID) -> HttpResponse:
    trainee = changeable_trainee(request, pk)
    form = ReasonForm(request.POST or None, instance=trainee)
    if submit(request, form, services.void_trainee, trainee):
        messages.success(request, _("The growth file was voided. It can be restored."))
        return back_to(trainee)
    return render(request, "people/trainee_void.html", {"form": form, "trainee": trainee})


@require_http_methods(["GET", "POST"])
def trainee_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    trainee = visible_trainee(request, pk)
    require(permissions.can_restore(request.user, trainee))
    form = ReasonForm(request.POST or None, instance=trainee)
    if submit(request, form, services.restore_trainee, trainee):
        messages.success(request, _("The growth file was restored."))
        return back_to(trainee)
    return render(request, "people/trainee_restore.html", {"form": form, "trainee": trainee})


@require_GET
def my_file(request: UserRequest) -> HttpResponse:
    """我的档案 One's own growth file."""
    _person, file = own_keys(request.user)
    if file is None:
        raise Http404
    return redirect("growth:file", pk=file)


def _my_units(request: UserRequest) -> "QuerySet[Unit]":
    """Open units of one's scope as staff."""
    units = Unit.objects.standing().open_on(timezone.localdate())
    return units.within(request.user.unit_ranges(Role.STAFF))
