"""Pairings seen from units and from mentors."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cadre_app.core.http import UserRequest, page_or_fragment
from cadre_app.mentorship import gaps, loads
from cadre_app.mentorship.permissions import pairings as permissions
from cadre_app.mentorship.policies import MAX_LOAD, NEWCOMER_MONTHS


@require_GET
def gap_matrix(request: UserRequest) -> HttpResponse:
    """单位结对情况 Units × pairs."""
    if not permissions.can_see_board(request.user):
        raise Http404
    context = {
        "matrix": gaps.matrix_for(request.user),
        "months": NEWCOMER_MONTHS.now(),
        "may_confirm": permissions.can_see_suggestions(request.user),
    }
    return render(request, "mentorship/gap_matrix.html", context)


@require_GET
def mentor_list(request: UserRequest) -> HttpResponse:
    """导师带教情况 Who guides whom."""
    if not permissions.can_see_board(request.user):
        raise Http404
    found = loads.filtered_mentors(request.GET, user=request.user)
    context = {
        "table": loads.table_of(request, found),
        "filter": found,
        "most": MAX_LOAD.now(),
        "may_confirm": permissions.can_see_suggestions(request.user),
    }
    return render(request, page_or_fragment(request, "mentorship/mentor_list.html"), context)
