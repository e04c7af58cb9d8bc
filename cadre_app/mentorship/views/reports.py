"""导师工作小结 Half-year reports: the mentor makes, edits and sends them; staff and leaders read what was sent."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.mentorship import report_lists, report_papers
from cadre_app.mentorship.forms.reports import GenerateForm, OneButtonForm, ReportForm
from cadre_app.mentorship.models import MentorReport
from cadre_app.mentorship.permissions import reports as permissions
from cadre_app.mentorship.report_text import latest_record
from cadre_app.mentorship.services import reports as services
from cadre_app.people.models import Person
from cadre_app.people.models.persons import own_keys

MOST_OWN = 60


@require_GET
def report_list(request: UserRequest) -> HttpResponse:
    """For staff and leaders the table of those sent; for a mentor the own ones, one below the other."""
    user = request.user
    if not permissions.can_see_list(user):
        raise Http404
    if permissions.reads_sent(user):
        table, found = report_lists.table_of(request, user)
        context = {"table": table, "filter": found, "may_write": permissions.writes_own(user)}
        return render(request, page_or_fragment(request, "mentorship/report_list.html"), context)
    own = MentorReport.objects.visible_to(user).standing().order_by("-first_day", "pk")[:MOST_OWN]
    return render(request, "mentorship/report_own.html", {"reports": own})


@require_http_methods(["GET", "POST"])
def report_new(request: UserRequest) -> HttpResponse:
    """Make the report of a half-year from the own records."""
    if not permissions.writes_own(request.user):
        raise Http404
    mentor = get_object_or_404(Person, pk=own_keys(request.user)[0])
    form = GenerateForm(request.POST or None, latest=latest_record(mentor, timezone.localdate()))
    if done := submit(request, form, services.generate_report, mentor):
        messages.success(request, _("The report was made from your records. Read it, and add what you make of it."))
        return redirect("mentorship:report_detail", pk=done.result.pk)
    return render(request, "mentorship/report_new.html", {"form": form})


@require_GET
def report_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One report as it reads, with what its reader can do."""
    user, report = request.user, visible_report(request, pk)
    is_own = permissions.is_own(user, report)
    context = {
        "report": report,
        "sections": report_papers.sections_of(report.text),
        "is_own": is_own,
        "paper_url": report_papers.paper_url(report),
        "may_change": permissions.can_change(user, report),
        "may_send": permissions.can_send(user, report),
        "may_take_back": permissions.can_take_back(user, report),
        "entries": Entry.objects.about(report).told() if is_own else None,
    }
    return render(request, "mentorship/report_detail.html", context)


@require_http_methods(["GET", "POST"])
def report_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """The mentor's own words."""
    report = visible_report(request, pk)
    require(permissions.can_change(request.user, report))
    form = ReportForm(request.POST or None, instance=report)
    if submit(request, form, services.change_report, report):
        return _done(request, report, _("The report was changed."))
    return render(request, "mentorship/report_edit.html", {"form": form, "report": report})


@require_http_methods(["GET", "POST"])
def report_regenerate(request: UserRequest, pk: UUID) -> HttpResponse:
    """Made anew; the page says that what was edited is replaced."""
    report = visible_report(request, pk)
    require(permissions.can_change(request.user, report))
    form = OneButtonForm(request.POST or None, instance=report)
    if submit(request, form, services.regenerate_report, report):
        return _done(request, report, _("The report was made anew. The text before it is kept below."))
    return render(request, "mentorship/report_regenerate.html", {"form": form, "report": report})


@require_http_methods(["GET", "POST"])
def report_send(request: UserRequest, pk: UUID) -> HttpResponse:
    """报送 To the department."""
    report = visible_report(request, pk)
    require(permissions.can_send(request.user, report))
    form = OneButtonForm(request.POST or None, instance=report)
    if submit(request, form, services.send_report, report):
        return _done(request, report, _("The report was sent to the department."))
    return render(request, "mentorship/report_send.html", {"form": form, "report": report})


@require_http_methods(["GET", "POST"])
def report_take_back(request: UserRequest, pk: UUID) -> HttpResponse:
    """撤回 To change it once more."""
    report = visible_report(request, pk)
    require(permissions.can_take_back(request.user, report))
    form = OneButtonForm(request.POST or None, instance=report)
    if submit(request, form, services.take_back_report, report):
        return _done(request, report, _("The report was taken back."))
    return render(request, "mentorship/report_take_back.html", {"form": form, "report": report})


def visible_report(request: UserRequest, pk: UUID) -> MentorReport:
    """A standing report that one may read, or 404."""
    rows = MentorReport.objects.visible_to(request.user).standing().select_related("mentor")
    found: MentorReport = get_object_or_404(rows, pk=pk)
    return found


def _done(request: UserRequest, report: MentorReport, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("mentorship:report_detail", pk=report.pk)
