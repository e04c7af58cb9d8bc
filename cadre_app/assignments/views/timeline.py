"""锻炼时间轴 The timeline of postings, village terms and leave."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from cadre_app.accounts.models import TextSize
from cadre_app.assignments.addresses import address
from cadre_app.assignments.forms.board import TimelineForm
from cadre_app.assignments.permissions import board as permissions
from cadre_app.assignments.tabs import posting_tabs
from cadre_app.assignments.timeline import by_fronts, by_people, on_fronts
from cadre_app.assignments.timeline_drawing import ROOMY, THINNEST, front_panel, people_panels
from cadre_app.assignments.views.board import new_url
from cadre_app.core.http import UserRequest

DIGITS = 4
PERSON, FRONT, TABLE = "person", "front", "table"


@require_GET
def timeline(request: UserRequest) -> HttpResponse:
    """Drawn by person or by front; the same as a table."""
    user, today = request.user, timezone.localdate()
    if not permissions.can_see_board(user):
        raise Http404
    form = TimelineForm(request.GET, user=user)
    asked, way = form.asked, form.asked["by"] or PERSON
    if way == FRONT:
        shown = by_fronts(user, asked, today)
        panels = front_panel(shown.groups, shown.window, today)
    else:
        shown = by_people(user, asked, today, _page(request))
        least = ROOMY if user.text_size == TextSize.XLARGE else THINNEST
        panels = people_panels(shown.lines, shown.window, today, least=least) if way == PERSON else []
    context = {
        "tabs": posting_tabs("assignments:timeline"),
        "ways": _ways(request, way),
        "way": way,
        "filter": form,
        "shown": shown,
        "panels": panels,
        "today": today,
        "there": on_fronts(user, today),
        "list_url": address("posting_list"),
        "new_url": new_url(request),
        "unit": asked["unit"],
    }
    return render(request, "assignments/timeline.html", context)


def _ways(request: UserRequest, way: str) -> list[dict[str, Any]]:
    """The same conditions drawn by person, by front, or as a table."""
    labels = (
        (PERSON, pgettext("timeline", "By person")),
        (FRONT, pgettext("timeline", "By front")),
        (TABLE, _("As a table")),
    )
    found = []
    for key, label in labels:
        query = request.GET.copy()
        query.pop("page", None)
        query["by"] = key
        found.append({"label": label, "url": f"?{query.urlencode()}", "is_current": key == way})
    return found


def _page(request: UserRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= DIGITS and int(text) > 0 else 1
