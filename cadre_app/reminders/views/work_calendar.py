"""年度工作日历: the office's year, its entries, and what was done."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import RestoreForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.policy.workdays import FIRST_DAY, LAST_DAY
from cadre_app.reminders import permissions, yearview
from cadre_app.reminders.calendar_exports import EXPORT
from cadre_app.reminders.models import WorkItem
from cadre_app.reminders.services import work_items as services
from cadre_app.reminders.work_item_forms import CalendarFilter, DoneForm, MoveForm, NewWorkItemForm, WorkItemForm

if TYPE_CHECKING:
    from datetime import date


@require_GET
def work_calendar(request: UserRequest) -> HttpResponse:
    """年度工作日历 Annual work calendar: the year by months."""
    require(permissions.can_read_work_calendar(request.user))
    found = CalendarFilter(request.GET, request.user)
    year = found.asked.year
    months = yearview.months_of(request.user, found.asked)
    may_edit = permissions.can_edit_work_items(request.user)
    context = {
        "filter": found,
        "year": year,
        "months": months,
        "counted": [(mark, text, number) for mark, text, number in _counted(months) if number],
        "previous": year - 1 if year > FIRST_DAY.year else None,
        "following": year + 1 if year < LAST_DAY.year else None,
        "query": request.GET.urlencode(),
        "export_kind": EXPORT,
        "may_edit": may_edit,
        "voided": list(WorkItem.objects.visible_to(request.user).exclude(voided_at=None)) if may_edit else [],
    }
    return render(request, page_or_fragment(request, "reminders/work_calendar.html"), context)


@require_http_methods(["GET", "POST"])
def work_item_new(request: UserRequest) -> HttpResponse:
    require(permissions.can_edit_work_items(request.user))
    form = NewWorkItemForm(request.POST or None)
    if done := submit(request, form, services.add_item):
        messages.success(request, _("The entry was added."))
        return redirect("reminders:work_item_detail", pk=done.result.pk)
    return render(request, "reminders/work_item_new.html", {"form": form})


@require_GET
def work_item_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One entry: its day, its basis, the rounds done, and what was changed."""
    item = get_object_or_404(WorkItem.objects.visible_to(request.user), pk=pk)
    entries = Entry.objects.filter(object_label=WorkItem._meta.label_lower, object_id=item.pk).select_related("actor")
    dones = list(item.dones.standing().select_related("by").order_by("-planned_on")[:50])
    today = timezone.localdate()
    context = {
        "item": item,
        "dones": dones,
        "entries": entries.told(),
        "may_edit": permissions.can_edit_work_items(request.user),
        "present": yearview.present_round(item, today),
    }
    return render(request, "reminders/work_item_detail.html", context)


@require_http_methods(["GET", "POST"])
def work_item_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    item = changeable_item(request, pk)
    form = WorkItemForm(request.POST or None, instance=item)
    if submit(request, form, services.change_item, item):
        messages.success(request, _("The entry was changed."))
        return redirect("reminders:work_item_detail", pk=pk)
    return render(request, "reminders/work_item_edit.html", {"form": form, "item": item})


@require_http_methods(["GET", "POST"])
def work_item_move(request: UserRequest, pk: UUID) -> HttpResponse:
    """Another day for this round, or from now on."""
    item = changeable_item(request, pk)
    form = MoveForm(request.POST or None, instance=item)
    if done := submit(request, form, services.move_item, item):
        messages.success(request, _("The entry is due on %(day)s now.") % {"day": _day(done.result.due_on)})
        return redirect("reminders:work_item_detail", pk=pk)
    return render(request, "reminders/work_item_move.html", {"form": form, "item": item})


@require_http_methods(["GET", "POST"])
def work_item_done(request: UserRequest, pk: UUID) -> HttpResponse:
    """Record the present round as done."""
    item = changeable_item(request, pk)
    form = DoneForm(request.POST or None, instance=item, initial={"done_on": timezone.localdate(), "note": ""})
    if done := submit(request, form, services.mark_done, item):
        coming = WorkItem.objects.get(pk=done.result.item_id).due_on
        if coming is None:
            messages.success(request, _("Recorded as done."))
        else:
            messages.success(request, _("Recorded as done. It comes round again on %(day)s.") % {"day": _day(coming)})
        return redirect("reminders:work_item_detail", pk=pk)
    return render(request, "reminders/work_item_done.html", {"form": form, "item": item})


@require_http_methods(["GET", "POST"])
def work_item_switch(request: UserRequest, pk: UUID) -> HttpResponse:
    """Switch an entry off, or on again."""
    item = changeable_item(request, pk)
    form = RestoreForm(request.POST or None, instance=item)
    if submit(request, form, services.switch_off if item.is_on else services.switch_on, item):
        messages.success(request, _("The entry is switched off.") if item.is_on else _("The entry is switched on."))
        return redirect("reminders:work_item_detail", pk=pk)
    return render(request, "reminders/work_item_switch.html", {"form": form, "item": item})


def changeable_item(request: UserRequest, pk: UUID) -> WorkItem:
    """A standing entry that one may change; 404 where it is out of sight."""
    item = get_object_or_404(WorkItem.objects.visible_to(request.user).standing(), pk=pk)
    require(permissions.can_edit_work_items(request.user))
    return item


def _counted(months: list[yearview.Month]) -> list[tuple[str, str, int]]:
    numbers = yearview.counted(months)
    return [(mark, str(text), numbers[key]) for key, (mark, text) in yearview.STATES.items()]


def _day(day: "date | None") -> str:
    return formats.date_format(day) if day is not None else ""
