"""花名册: chosen and looked at, printed; workbook and PDF are jobs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cadre_app.core.http import UserRequest
from cadre_app.core.report_pages import tabs_for
from cadre_app.core.submit import submit
from cadre_app.history import services as history
from cadre_app.rosters import exports
from cadre_app.rosters.columns import ALWAYS, columns
from cadre_app.rosters.forms.asked import AskedForm, LayoutForm
from cadre_app.rosters.lists import SET, PrintedRoster, printed_roster
from cadre_app.rosters.models import Order, Paper
from cadre_app.rosters.permissions import rosters as permissions
from cadre_app.rosters.services.layouts import remember_layout

SHOWN, MOST_PRINTED = 20, 2_000


@require_GET
def roster(request: UserRequest) -> HttpResponse:
    """Day, unit, conditions and layout, with the head of the list as it will be printed."""
    form = _asked(request)
    found = printed_roster(request.user, request.GET, form) if form.is_valid() else None
    context: dict[str, Any] = {"form": form, "tabs": tabs_for(request.user, "rosters:roster"), "roster": found}
    if found is not None:
        context |= {
            "filter": found.filter,
            "layout": layout_form(found),
            "rows": found.shown(SHOWN),
            "total": found.count(),
            "shown": SHOWN,
            "exports": ((exports.WORKBOOK, "Excel"), (exports.PDF, "PDF")),
            "layout_order": Order(found.order).label,
            "layout_paper": Paper(found.paper).label,
        }
    return render(request, "rosters/roster.html", context)


@require_GET
def roster_print(request: UserRequest) -> HttpResponse:
    """Every row for A4 or A3 across; that it was opened is on record first."""
    form = _asked(request)
    if not form.is_valid():
        return redirect(f"{reverse('rosters:roster')}?{request.GET.urlencode()}")
    found = printed_roster(request.user, request.GET, form)
    total = found.count()
    history.record_reading("rosters.roster.printed", actor=request.user, obj=found.unit)
    context = {
        "roster": found,
        "rows": found.shown() if total <= MOST_PRINTED else None,
        "most": MOST_PRINTED,
    }
    return render(request, "rosters/roster_print.html", context)


@require_POST
def layout_save(request: UserRequest) -> HttpResponse:
    """Remember columns, order and paper, and back to the list that was asked for."""
    _asked(request)
    query = QueryDict(request.GET.urlencode(), mutable=True)
    for name in SET:
        query.pop(name, None)
    form = LayoutForm(request.POST, offered=offered_columns())
    if submit(request, form, remember_layout):
        messages.success(request, _("The layout is kept for the next time."))
    else:
        messages.error(request, _("The layout was not kept: choose at least one column, an order and a paper."))
    return redirect(f"{reverse('rosters:roster')}?{query.urlencode()}")


def offered_columns() -> list[tuple[str, str]]:
    """All but those that every roster has."""
    return [(column.key, str(column.label)) for column in columns() if column.key not in ALWAYS]


def layout_form(found: PrintedRoster) -> LayoutForm:
    keys = [column.key for column in found.columns]
    initial = {"columns": keys, "order": found.order, "paper": found.paper}
    return LayoutForm(offered=offered_columns(), initial=initial)


def _asked(request: UserRequest) -> AskedForm:
    """404 without a business role."""
    if not permissions.can_make_roster(request.user):
        raise Http404
    return AskedForm(request.GET, user=request.user)
