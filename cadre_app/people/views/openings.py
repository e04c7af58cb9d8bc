"""谁查阅过我的档案: for the person concerned, by year and role, without names; nobody else has such a page."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cadre_app.core.http import UserRequest
from cadre_app.people import permissions
from cadre_app.people.models.openings import Opener, Opening


@require_GET
def own_openings(request: UserRequest) -> HttpResponse:
    """How often each role opened the own file in each year."""
    if not permissions.has_own_file(request.user):
        raise Http404
    counts: dict[int, dict[str, int]] = {}
    for year, role, count in Opening.objects.visible_to(request.user).by_year():
        counts.setdefault(year, {})[role] = count
    shown = [role for role in Opener if any(role.value in found for found in counts.values())]
    lines = [
        (year, [(role.label, found.get(role.value, 0)) for role in shown], sum(found.values()))
        for year, found in counts.items()
    ]
    return render(request, "people/openings.html", {"roles": [role.label for role in shown], "lines": lines})
