"""搜索 Search from anywhere: a page of results, and the few that are offered while one types."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cadre_app.core.http import UserRequest
from cadre_app.search import permissions, services


@require_GET
def results(request: UserRequest) -> HttpResponse:
    """Everything found, by kind."""
    _must_search(request)
    text = services.clean(request.GET.get("q", ""))
    found = services.find(request.user, text, services.LISTED)
    context = {"text": text, "found": found, "typed": request.GET.get("q", "").strip()[: services.LONGEST]}
    return render(request, "search/results.html", context)


@require_GET
def suggestions(request: UserRequest) -> HttpResponse:
    """The first few of each kind, for the list under the search box."""
    _must_search(request)
    text = services.clean(request.GET.get("q", ""))
    found = services.find(request.user, text, services.SUGGESTED)
    return render(request, "search/_suggestions.html", {"text": text, "found": found})


def _must_search(request: UserRequest) -> None:
    if not permissions.can_search(request.user):
        raise Http404
