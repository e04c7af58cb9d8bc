"""调研报告 Personal reports by village term; versions handed in, read, compared; what the mentor says."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.assignments.comparing_reports import compare, counts, paragraphs
from cadre_app.assignments.forms.reports import ReadingForm, VersionForm
from cadre_app.assignments.lists import reports as lists
from cadre_app.assignments.models import MentorReading, ReportVersion
from cadre_app.assignments.permissions import reports as permissions
from cadre_app.assignments.permissions import research as research_permissions
from cadre_app.assignments.services import reports as services
from cadre_app.assignments.services.research_states import WRITABLE, latest_version
from cadre_app.assignments.views.research_pages import Act, followed, form_page, tabs, visible_project
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.files.models import StoredFile
from cadre_app.people.models.persons import own_keys

LEAST, DIGITS = 2, 5
READ = Act(
    gettext_lazy("Read, with a comment"), gettext_lazy("It is recorded that you have read the report."),
    services.read_report, ReadingForm,
)  # fmt: skip


@require_GET
def report_list(request: UserRequest) -> HttpResponse:
    """Village terms with their report, also those without one."""
    followed(request)
    table, found = lists.report_table(request, request.user)
    context = {"table": table, "filter": found, **tabs("report_list")}
    return render(request, page_or_fragment(request, "assignments/report_list.html"), context)


@require_http_methods(["GET", "POST"])
def version_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """Hand in the next version; the page begins with the text of the one before."""
    project = visible_project(request, pk)
    require(research_permissions.can_write(request.user, project))
    if request.method == "GET" and project.state not in WRITABLE:
        text = _("No version is handed in at the stage “%(state)s”.") % {"state": project.get_state_display()}
        messages.info(request, text)
        return redirect("assignments:project_detail", pk=pk)
    before = latest_version(project)
    initial = {"title": before.title, "body": before.body} if before else {"title": project.title}
    form = VersionForm(request.POST or None, request.FILES or None, project=project, initial=initial)
    if done := submit(request, form, services.hand_in, project):
        messages.success(request, _("Version %(number)s is handed in.") % {"number": done.result.number})
        return redirect("assignments:project_detail", pk=pk)
    remarks = before.remarks.standing().order_by("created_at", "pk") if before is not None else []
    context = {"form": form, "project": project, "number": project.versions_count + 1, "remarks": list(remarks)}
    return render(request, "assignments/report_hand_in.html", context)


@require_GET
def version_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One version with its file and what the mentor says of it."""
    version = _version(request, pk)
    project = version.project
    require(research_permissions.can_open(request.user, project))
    readings = MentorReading.objects.visible_to(request.user).standing().filter(report=version).select_related("mentor")
    context = {
        "version": version,
        "project": project,
        "paragraphs": paragraphs(version.body),
        "files": StoredFile.objects.of(services.FILE, [version.pk]),
        "readings": list(readings.order_by("read_on", "pk")),
        "others": _others(request, version),
        "may_read": permissions.can_read_for_mentee(request.user, project),
    }
    return render(request, "assignments/report_version.html", context)


@require_GET
def version_compare(request: UserRequest, pk: UUID) -> HttpResponse:
    """Two versions of a project side by side: the latest two, unless others are asked for."""
    project = visible_project(request, pk)
    rows = ReportVersion.objects.visible_to(request.user).standing().filter(project=project)
    found = {version.number: version for version in rows.select_related("handed_in_by")}
    if len(found) < LEAST:
        raise Http404
    before, after = _asked(request, max(found))
    old, new = found.get(before), found.get(after)
    if old is None or new is None:
        raise Http404
    pairs = compare(old.body, new.body)
    context = {
        "project": project,
        "old": old,
        "new": new,
        "pairs": pairs,
        "counts": counts(pairs),
        "numbers": sorted(found),
    }
    return render(request, "assignments/report_compare.html", context)


@require_http_methods(["GET", "POST"])
def reading_write(request: UserRequest, pk: UUID) -> HttpResponse:
    """The mentor has read a version, and says what to better."""
    version = _version(request, pk)
    require(permissions.can_read_for_mentee(request.user, version.project))
    mine = MentorReading.objects.standing().filter(report=version, mentor=own_keys(request.user)[0]).first()
    form = ReadingForm(request.POST or None, initial={"comment": mine.comment} if mine else {})
    back = reverse("assignments:version_detail", kwargs={"pk": pk})
    return form_page(request, form, READ, version, back=back, sub=str(version))


def _version(request: UserRequest, pk: UUID) -> ReportVersion:
    rows = ReportVersion.objects.visible_to(request.user).standing().select_related("project", "handed_in_by")
    version: ReportVersion = get_object_or_404(rows.filter(project__voided_at=None), pk=pk)
    return version


def _others(request: UserRequest, version: ReportVersion) -> list[Any]:
    rows = ReportVersion.objects.visible_to(request.user).standing().filter(project=version.project_id)
    return list(rows.exclude(pk=version.pk).order_by("-number").values_list("number", flat=True))


def _asked(request: UserRequest, newest: int) -> tuple[int, int]:
    """The numbers of the earlier and the later version; one beside the other where only one is meant."""
    new = _number(request, "new", newest)
    earlier, later = sorted((_number(request, "old", new - 1), new))
    if earlier != later:
        return max(earlier, 1), max(later, LEAST)
    return max(later - 1, 1), max(later, LEAST)


def _number(request: UserRequest, name: str, default: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else default
