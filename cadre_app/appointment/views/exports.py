"""The .lrmx of the people who were picked on the roster."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cadre_app.appointment import permissions
from cadre_app.appointment.exporting import EXPORT
from cadre_app.appointment.views.forms import require_desk
from cadre_app.core.http import UserRequest, require
from cadre_app.jobs import services as jobs
from cadre_app.people.roster.picks import chosen_query


@require_POST
def form_export(request: UserRequest) -> HttpResponse:
    """Asked for; its page shows how far it is."""
    require(permissions.can_export_forms(request.user))
    require_desk(request)
    job = jobs.start_job(EXPORT, {"query": chosen_query(request.POST)}, request.user)
    return redirect("jobs:job_detail", pk=job.pk)
