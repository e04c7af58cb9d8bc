"""One's own jobs: start, follow, cancel, start again, fetch the result."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.phones import require_desk
from cadre_app.core.registries import job_kinds
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, Table
from cadre_app.history import services as history
from cadre_app.jobs import permissions, services
from cadre_app.jobs.columns import JOB_COLUMNS
from cadre_app.jobs.forms import StartJobForm
from cadre_app.jobs.models import Job

POLL_SECONDS = 2


@require_GET
def job_list(request: UserRequest) -> HttpResponse:
    """我的任务 My tasks."""
    empty = Empty(_("No tasks yet."), _("Exports that you ask for are kept here until they expire."))
    jobs = Job.objects.visible_to(request.user)
    table = Table(request, jobs, JOB_COLUMNS, name="jobs", empty=empty, default_sort="-created_at")
    return render(request, page_or_fragment(request, "jobs/job_list.html"), {"table": table})


@require_POST
def job_start(request: UserRequest) -> HttpResponse:
    """Have a job done, with the URL parameters of the list it was asked from."""
    form = StartJobForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    kind = form.cleaned_data["kind"]
    if kind not in job_kinds:
        raise Http404
    require(permissions.can_run(request.user, kind))
    _require_desk(request, kind)
    job = services.start_job(kind, {"query": form.cleaned_data["query"]}, request.user)
    return redirect("jobs:job_detail", pk=job.pk)


@require_GET
def job_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """The progress of one job; asked again by itself while the job is active."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    context = {"job": job, "form": ChangeForm(instance=job), "poll_seconds": POLL_SECONDS}
    return render(request, page_or_fragment(request, "jobs/job_detail.html"), context)


@require_POST
def job_cancel(request: UserRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    form = ChangeForm(request.POST, instance=job)
    if submit(request, form, services.cancel_job, job):
        messages.success(request, _("The task was cancelled."))
    else:
        messages.error(request, form.errors.as_text())
    return redirect("jobs:job_detail", pk=pk)


@require_POST
def job_retry(request: UserRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    require(permissions.can_run(request.user, job.kind))
    _require_desk(request, job.kind)
    form = ChangeForm(request.POST, instance=job)
    if submit(request, form, services.retry_job, job):
        messages.success(request, _("The task was started again."))
    else:
        messages.error(request, form.errors.as_text())
    return redirect("jobs:job_detail", pk=pk)


@require_GET
def job_download(request: UserRequest, pk: UUID) -> FileResponse:
    """The result, once its reading is on record; 404 when there is none or its owner may no longer have it."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if not job.has_result:
        raise Http404
    if not services.may_deliver(job, request.user):
        services.withhold_result(job)
        raise Http404
    _require_desk(request, job.kind)
    path = services.result_path(job)
    if not path.is_file():
        raise Http404
    history.record_reading("jobs.job.downloaded", actor=request.user, obj=job)
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return FileResponse(path.open("rb"), as_attachment=True, filename=job.result_name, headers=headers)


def _require_desk(request: UserRequest, kind: str) -> None:
    """403 with the reason for what is kept off phones, as the pages are that it is made of."""
    found = job_kinds.get(kind)
    if found is not None and found.desk_alone:
        require_desk(request, title=str(found.label), back=(reverse("jobs:job_list"), _("My tasks")))
