"""六线 the fronts: their names and the tasks that wait on each."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.assignments.forms.fronts import FrontForm
from cadre_app.assignments.models import Front, FrontTask
from cadre_app.assignments.permissions import rooms
from cadre_app.assignments.services import fronts as services
from cadre_app.assignments.views.posting_pages import tasks_of
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit


@require_GET
def front_list(request: UserRequest) -> HttpResponse:
    """All six with their tasks."""
    if not rooms.oversees(request.user):
        raise Http404
    standing = Prefetch("tasks", FrontTask.objects.standing().order_by("order", "text"))
    fronts = Front.objects.visible_to(request.user).prefetch_related(standing)
    return render(
        request, "assignments/front_list.html", {"fronts": fronts, "may_edit": rooms.works_here(request.user)}
    )


@require_http_methods(["GET", "POST"])
def front_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    front = get_object_or_404(Front.objects.visible_to(request.user), pk=pk)
    require(rooms.works_here(request.user))
    form = FrontForm(request.POST or None, instance=front, initial={"tasks": "\n".join(tasks_of(front))})
    if submit(request, form, services.change_front, front):
        messages.success(request, _("The front was changed."))
        return redirect("assignments:front_list")
    return render(request, "assignments/front_edit.html", {"form": form, "front": front})
