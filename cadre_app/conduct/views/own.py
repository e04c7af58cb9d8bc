"""What somebody in development sees of the own rewards, decisions and admonitions; their own readings go unrecorded."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from cadre_app.conduct.own import own_context
from cadre_app.core.http import UserRequest
from cadre_app.core.phones import says_phone
from cadre_app.people import permissions as people


def own_conduct(request: UserRequest) -> HttpResponse:
    """Everything that stands, on phones the rewards alone; 404 for whoever has no file."""
    if not people.has_own_file(request.user):
        raise Http404
    on_phone = says_phone(request)
    context = own_context(request.user, with_restricted=not on_phone)
    return render(request, "conduct/own.html", context | {"on_phone": on_phone})
