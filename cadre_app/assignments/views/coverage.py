"""锻炼覆盖情况 Which fronts each has served."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cadre_app.assignments.lists.coverage import coverage_table
from cadre_app.assignments.permissions import board as permissions
from cadre_app.assignments.tabs import posting_tabs
from cadre_app.core.http import UserRequest, page_or_fragment


@require_GET
def coverage(request: UserRequest) -> HttpResponse:
    """Fronts across, people down, months in the cells; by unit or name, never by amount."""
    if not permissions.can_see_board(request.user):
        raise Http404
    table, found = coverage_table(request, request.user)
    context = {"tabs": posting_tabs("assignments:coverage"), "table": table, "filter": found}
    return render(request, page_or_fragment(request, "assignments/coverage.html"), context)
