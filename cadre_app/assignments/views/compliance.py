"""合规提示 The weekly list of notes."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cadre_app.assignments.forms.board import AskedForm
from cadre_app.assignments.lists.compliance import EXPORT, weekly_list
from cadre_app.assignments.permissions import board as permissions
from cadre_app.assignments.tabs import posting_tabs
from cadre_app.core.http import UserRequest


@require_GET
def compliance(request: UserRequest) -> HttpResponse:
    """What stands against postings today, by kind, with the text of each rule; made for printing."""
    user = request.user
    if not permissions.can_see_board(user):
        raise Http404
    form = AskedForm(request.GET, user=user)
    context = {
        "tabs": posting_tabs("assignments:compliance"),
        "filter": form,
        "unit": form.asked["unit"],
        "found": weekly_list(user, timezone.localdate(), form.asked["unit"]),
        "export_kind": EXPORT,
        "query": request.GET.urlencode(),
    }
    return render(request, "assignments/compliance.html", context)
