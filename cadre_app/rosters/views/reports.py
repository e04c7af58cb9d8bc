"""上级报表: the list, one report with its numbers, who is behind a number, print, workbook and PDF."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.report_pages import tabs_for
from cadre_app.core.submit import submit
from cadre_app.documents.pdf import NoPdfError
from cadre_app.documents.sending import file_answer, pdf_answer
from cadre_app.history import services as history
from cadre_app.history.models import Entry
from cadre_app.people.models import Trainee
from cadre_app.rosters import report_page, report_papers
from cadre_app.rosters.absence import told_on_page, told_on_paper
from cadre_app.rosters.definitions import definition_of
from cadre_app.rosters.facts import facts_of
from cadre_app.rosters.forms.reports import NewReportForm
from cadre_app.rosters.models import SuperiorReport
from cadre_app.rosters.permissions import reports as permissions
from cadre_app.rosters.report_columns import mark_of, people_table, report_table
from cadre_app.rosters.report_filters import reports_of
from cadre_app.rosters.services import reports as services
from cadre_app.rosters.sheets import REST

BOTH = require_http_methods(["GET", "POST"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def report_list(request: UserRequest) -> HttpResponse:
    """The reports of one's units by state, unit and year, voided ones apart."""
    if not permissions.can_list_reports(request.user):
        raise Http404
    found = reports_of(request.user, request.GET)
    context = {
        "table": report_table(request, found.qs),
        "filter": found,
        "tabs": tabs_for(request.user, "rosters:report_list"),
        "may_start": permissions.can_start_report(request.user),
    }
    return render(request, page_or_fragment(request, "rosters/report_list.html"), context)


@BOTH
def report_new(request: UserRequest) -> HttpResponse:
    """Which unit and which day; the numbers come by themselves."""
    if not permissions.can_list_reports(request.user):
        raise Http404
    require(permissions.can_start_report(request.user))
    form = NewReportForm(request.POST or None, user=request.user)
    if done := submit(request, form, services.start_report):
        messages.success(request, _("The draft is counted from the growth files. Look at it and submit it."))
        return redirect("rosters:report_detail", pk=done.result.pk)
    return render(request, "rosters/report_new.html", {"form": form})


@require_GET
def report_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """The numbers with their rules, the difference to last year's, sums that do not agree, and the steps."""
    report = visible_report(request, pk)
    shown, may = report_page.shown(report), report_page.acts_of(request.user, report)
    context: dict[str, Any] = {
        "report": report,
        "mark": mark_of(report),
        "absent": told_on_page(report),
        "waiting": report_page.waiting_text(report),
        "shown": shown,
        "sheet": shown.sheet,
        "notes": report_page.notes_below(report, shown),
        "facts": report_page.facts_of(report),
        "may": may,
        "is_own": permissions.holds_back(request.user, report),
        "avoids": not may["open"] and permissions.avoids_cells(request.user, report),
        "entries": Entry.objects.about(report).told(),
    }
    return render(request, "rosters/report_detail.html", context)


@require_GET
def report_cell(request: UserRequest, pk: UUID) -> HttpResponse:
    """Whom one number counts (`?line=&column=`), as far as the reader works on them."""
    report = visible_report(request, pk)
    require(permissions.can_open_cell(request.user, report))
    definition = definition_of(report.kind, report.as_of.year)
    line, column = request.GET.get("line", ""), definition.column(request.GET.get("column", ""))
    group = next((one for one in definition.groups if f"{REST}{one.key}" == line), None)
    if column is None or (line not in definition.lines and group is None):
        raise Http404
    facts = facts_of(report.unit, report.as_of)
    found = definition.left_out(group, column.key, facts) if group else definition.people(line, column.key, facts)
    rows = Trainee.objects.visible_to(request.user).filter(pk__in=[one.pk for one in found])
    table = people_table(request, rows)
    context = {
        "report": report,
        "table": table,
        "line": group.label if group else definition.lines[line].label,
        "rule": _("Stands in none of the lines of this group") if group else definition.lines[line].rule,
        "column": column,
        "counted": len(found),
        "unseen": len(found) - rows.count(),
    }
    return render(request, page_or_fragment(request, "rosters/report_cell.html"), context)


@require_GET
def report_print(request: UserRequest, pk: UUID) -> HttpResponse:
    """On A4 across, with the head that superiors ask for; that it was opened is on record first."""
    report = visible_report(request, pk)
    history.record_reading("rosters.superiorreport.printed", actor=request.user, obj=report)
    shown = report_page.shown(report)
    context = {
        "report": report,
        "sheet": shown.sheet,
        "notes": report_page.notes_below(report, shown),
        "facts": report_page.facts_of(report),
        "absent_on_paper": told_on_paper(report),
        "draft": report_papers.state_text(report),
    }
    return render(request, "rosters/report_print.html", context)


@require_GET
def report_workbook(request: UserRequest, pk: UUID) -> HttpResponse:
    """The numbers with their rules as .xlsx."""
    report = visible_report(request, pk)
    content = report_papers.workbook(report, request.user)
    history.record_reading("rosters.superiorreport.exported", actor=request.user, obj=report)
    return file_answer(content, XLSX, f"{report_papers.name_of(report)}.xlsx", saved=True)


@require_GET
def report_pdf(request: UserRequest, pk: UUID) -> HttpResponse:
    """The PDF in the page, or pictures of its pages in WeChat; back to the report where none can be made."""
    report = visible_report(request, pk)
    back_to = reverse("rosters:report_detail", kwargs={"pk": pk})
    try:
        content = report_papers.pdf(report, request.user)
    except NoPdfError as error:
        messages.error(request, str(error))
        return redirect(back_to)
    history.record_reading("rosters.superiorreport.exported", actor=request.user, obj=report)
    name = report_papers.name_of(report)
    return pdf_answer(request, content, name, title=report.get_kind_display(), back_to=back_to)


def visible_report(request: UserRequest, pk: UUID) -> SuperiorReport:
    """A report of one's units, or 404."""
    rows = SuperiorReport.objects.visible_to(request.user).select_related(*report_page.RELATED)
    found: SuperiorReport = get_object_or_404(rows, pk=pk)
    return found
