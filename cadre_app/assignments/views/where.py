"""在外人员一览 Who is where on a day."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cadre_app.assignments.forms.board import WhereForm
from cadre_app.assignments.lists.where import EXPORT
from cadre_app.assignments.permissions import board as permissions
from cadre_app.assignments.stretches import LEAVE, VILLAGE
from cadre_app.assignments.tabs import posting_tabs
from cadre_app.assignments.whereabouts import by_host, by_unit, whereabouts_of
from cadre_app.core.days import add_months
from cadre_app.core.http import UserRequest

HOST, UNIT = "host", "unit"


@require_GET
def where(request: UserRequest) -> HttpResponse:
    """Grouped by host or by unit; a day or a month back and forward."""
    user, today = request.user, timezone.localdate()
    if not permissions.can_see_board(user):
        raise Http404
    form = WhereForm(request.GET, user=user)
    day, way = form.day, form.asked["by"] or HOST
    found = whereabouts_of(user, day, today, form.asked["unit"])
    context = {
        "tabs": posting_tabs("assignments:where"),
        "filter": form,
        "found": found,
        "way": way,
        "places": by_host(found) if way == HOST else by_unit(found),
        "steps": _steps(request, day),
        "ways": {key: _with(request, by=key) for key in (HOST, UNIT)},
        "today": today,
        "today_url": _with(request, on=str(today)),
        "village": found.count(VILLAGE),
        "leave": found.count(LEAVE),
        "export_kind": EXPORT,
        "query": request.GET.urlencode(),
    }
    return render(request, "assignments/where.html", context)


def _steps(request: UserRequest, day: date) -> dict[str, str]:
    """The same page a day and a month earlier and later."""
    days = {
        "month_back": add_months(day, -1),
        "day_back": day - timedelta(days=1),
        "day_on": day + timedelta(days=1),
        "month_on": add_months(day, 1),
    }
    return {name: _with(request, on=str(step)) for name, step in days.items()}


def _with(request: UserRequest, **values: str) -> str:
    query = request.GET.copy()
    for name, value in values.items():
        query[name] = value
    return f"?{query.urlencode()}"
