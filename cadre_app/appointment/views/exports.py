"""The .lrmx of the people who were picked on the roster."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cadre_app.appointment import permissions
from cadre_app.appointment.exporting import EXPORT, MOST, chosen_people, forms_of
from cadre_app.appointment.views.forms import IN_CLEAR, require_desk
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.jobs import services as jobs
from cadre_app.people.roster.picks import ALL, chosen_query, picked_keys, roster_query

CONFIRMED = "confirmed"


@require_POST
def form_export(request: UserRequest) -> HttpResponse:
    """Says how many have a form that was issued and asks why; once told, a job is asked for, whose page shows how far it is."""
    require(permissions.can_export_forms(request.user))
    require_desk(request)
    picks = picked_keys(request.POST)
    back = f"{reverse('people:trainee_list')}?{roster_query(QueryDict(request.POST.get('query', '')))}"
    if not picks and not request.POST.get(ALL):
        return redirect(back)
    query = chosen_query(request.POST)
    try:
        people = chosen_people(request.user, query)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("people:trainee_list")
    why = ReasonForm(request.POST if CONFIRMED in request.POST else None)
    if why.is_bound and why.is_valid():
        job = jobs.start_job(EXPORT, {"query": query, "reason": why.cleaned_data["reason"]}, request.user)
        return redirect("jobs:job_detail", pk=job.pk)
    page = Page(
        _("Appointment forms (.lrmx)"),
        "",
        _("Export"),
        question=_("Take these forms as .lrmx?"),
        consequence=str(IN_CLEAR),
    )
    context = {
        "form": why,
        "page": page,
        "people_count": len(people),
        "form_count": len(forms_of(request.user, people)),
        "query": request.POST.get("query", ""),
        "all_of_list": ALL if request.POST.get(ALL) else "",
        "picks": [] if request.POST.get(ALL) else picks,
        "most": MOST,
        "back": back,
    }
    return render(request, "appointment/export.html", context)
