"""The person page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cadre_app.core.http import UserRequest
from cadre_app.people import sections
from cadre_app.people.views.files import visible_trainee


@require_GET
def trainee_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One growth file: what is recorded about the person, section by section."""
    user, trainee = request.user, visible_trainee(request, pk)
    context = {
        "trainee": trainee,
        "terms": sections.term_section(user, trainee),
        "transfers": sections.transfer_section(user, trainee),
        "arrival": sections.arrival_section(user, trainee),
        "offices": sections.office_section(user, trainee),
    }
    return render(request, "people/trainee_detail.html", context)
