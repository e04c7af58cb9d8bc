"""请销假: the list, the sum of days, one leave, and one's own on the phone."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cadre_app.assignments import tabs
from cadre_app.assignments.filters.leaves import year_of
from cadre_app.assignments.leave_words import leave_mark
from cadre_app.assignments.lists import leaves as lists
from cadre_app.assignments.lists.chips import leave_chips
from cadre_app.assignments.models import Leave
from cadre_app.assignments.panels import leaves as panels
from cadre_app.assignments.permissions import leaves as permissions
from cadre_app.assignments.policies import LEAVE_BY_UNIT_DAYS
from cadre_app.assignments.services.leave_counting import counted
from cadre_app.assignments.services.leaves import waits_for_department
from cadre_app.core.http import UserRequest, page_or_fragment
from cadre_app.history.models import Entry
from cadre_app.people import permissions as people

RELATED = (
    "trainee__person",
    "trainee__home_unit",
    "term__village",
    "interruption",
    "requested_by",
    "confirmed_by",
    "approved_by",
    "returned_by",
)


@require_GET
def leave_list(request: UserRequest) -> HttpResponse:
    """Over units, for business roles."""
    if not permissions.can_list_leaves(request.user):
        raise Http404
    table, found = lists.leave_table(request, request.user)
    context = {
        "table": table,
        "filter": found,
        "chips": leave_chips(request.user, request.GET),
        "may_enter": permissions.can_enter_leaves(request.user),
        **_tabs(),
    }
    return render(request, page_or_fragment(request, "assignments/leave_list.html"), context)


@require_GET
def leave_days(request: UserRequest) -> HttpResponse:
    """Days by person and year, a plain sum in the order of strokes."""
    if not permissions.can_list_leaves(request.user):
        raise Http404
    table, found = lists.days_table(request, request.user)
    context = {"table": table, "filter": found, "year": year_of(request.GET), **_tabs()}
    return render(request, page_or_fragment(request, "assignments/leave_days.html"), context)


@require_GET
def leave_mine(request: UserRequest) -> HttpResponse:
    """我的请销假 One's own, newest first."""
    if not permissions.can_see_own_leaves(request.user):
        raise Http404
    return render(request, "assignments/leave_mine.html", panels.own_leaves(request.user))


@require_GET
def leave_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One leave with what its reader may do next, and what of it counts against the village term."""
    user, leave = request.user, visible_leave(request, pk)
    context: dict[str, Any] = {
        "leave": leave,
        "trainee": leave.trainee,
        "mark": leave_mark(leave),
        "counted": counted(leave),
        "is_own": people.is_own(user, leave.trainee),
        "is_listed": permissions.can_list_leaves(user),
        "reads_all": permissions.reads_all(user, leave),
        "is_long": waits_for_department(leave),
        "by_unit": LEAVE_BY_UNIT_DAYS.on(leave.started_on),
        "may": acts_of(user, leave),
        "entries": Entry.objects.about(leave).told() if permissions.can_read_leave_changes(user, leave) else None,
    }
    return render(request, "assignments/leave_detail.html", context)


def acts_of(user: Any, leave: Leave) -> dict[str, bool]:
    """By act whether its reader may do it now."""
    return {
        "change": permissions.can_change_leave(user, leave),
        "withdraw": permissions.can_withdraw_leave(user, leave),
        "confirm": permissions.can_confirm_leave(user, leave),
        "approve": permissions.can_approve_leave(user, leave),
        "decline": permissions.can_decline_leave(user, leave),
        "return": permissions.can_return_leave(user, leave),
        "confirm_return": permissions.can_confirm_return(user, leave),
        "correct": permissions.can_correct_leave(user, leave),
        "void": permissions.can_void_leave(user, leave),
        "restore": permissions.can_restore_leave(user, leave),
    }


def visible_leave(request: UserRequest, pk: UUID) -> Leave:
    """A leave that one sees, or 404."""
    found: Leave = get_object_or_404(Leave.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
    return found


def _tabs() -> dict[str, Any]:
    return {"tabs": tabs.posting_tabs("assignments:leave_list"), "tabs_label": _("Postings")}
