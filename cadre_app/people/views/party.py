"""党员发展与转正: the list of Party stages."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cadre_app.core.http import UserRequest, page_or_fragment
from cadre_app.people import permissions
from cadre_app.people.roster.party import stage_table


@require_GET
def party_list(request: UserRequest) -> HttpResponse:
    """Over units, for business roles."""
    if not permissions.can_see_roster(request.user):
        raise Http404
    table, found = stage_table(request, request.user)
    context = {"table": table, "filter": found}
    return render(request, page_or_fragment(request, "people/party_list.html"), context)
