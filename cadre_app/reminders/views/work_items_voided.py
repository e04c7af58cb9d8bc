"""Taking things of the office's calendar back: a round that was not done, an entry that was a mistake."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.reminders import permissions
from cadre_app.reminders.models import WorkItem, WorkItemDone
from cadre_app.reminders.services import work_items as services
from cadre_app.reminders.views.work_calendar import changeable_item


@require_http_methods(["GET", "POST"])
def work_done_undo(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take the last round done back."""
    found = WorkItemDone.objects.visible_to(request.user).standing().select_related("item")
    done = get_object_or_404(found, pk=pk)
    require(permissions.can_edit_work_items(request.user))
    form = RestoreForm(request.POST or None, instance=done)
    if submit(request, form, services.undo_done, done):
        messages.success(request, _("The round is open again."))
        return redirect("reminders:work_item_detail", pk=done.item_id)
    return render(request, "reminders/work_done_undo.html", {"form": form, "done": done, "item": done.item})


@require_http_methods(["GET", "POST"])
def work_item_void(request: UserRequest, pk: UUID) -> HttpResponse:
    item = changeable_item(request, pk)
    form = ReasonForm(request.POST or None, instance=item)
    if submit(request, form, services.void_item, item):
        messages.success(request, pgettext("work calendar", "The entry was voided."))
        return redirect("reminders:work_calendar")
    return render(request, "reminders/work_item_void.html", {"form": form, "item": item})


@require_http_methods(["GET", "POST"])
def work_item_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    item = get_object_or_404(WorkItem.objects.visible_to(request.user).exclude(voided_at=None), pk=pk)
    require(permissions.can_edit_work_items(request.user))
    form = RestoreForm(request.POST or None, instance=item)
    if submit(request, form, services.restore_item, item):
        messages.success(request, _("The entry stands again."))
        return redirect("reminders:work_item_detail", pk=pk)
    return render(request, "reminders/work_item_restore.html", {"form": form, "item": item})
