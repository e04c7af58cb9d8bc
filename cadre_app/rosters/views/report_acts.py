"""What is done to a report: changed, submitted, numbered, returned, frozen, voided, restored."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import require_step, submit
from cadre_app.rosters import report_page
from cadre_app.rosters.absence import told_on_page
from cadre_app.rosters.forms.reports import BlankForm, NumberForm, ReportForm, RestoringForm, ReturnForm, VoidForm
from cadre_app.rosters.models import SuperiorReport
from cadre_app.rosters.permissions import reports as permissions
from cadre_app.rosters.services import reports as services
from cadre_app.rosters.views.reports import BOTH, visible_report


@BOTH
def report_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """The remark of a draft."""
    report = visible_report(request, pk)
    require(permissions.can_change_report(request.user, report))
    page = Page(_("Change the report"), pgettext("report to the superior", "The report was changed."), _("Save"))
    form = ReportForm(request.POST or None, instance=report)
    return _form(request, report, form, services.change_report, page)


@BOTH
def report_number(request: UserRequest, pk: UUID) -> HttpResponse:
    """The number under which it was filed."""
    report = visible_report(request, pk)
    require(permissions.can_number_report(request.user, report))
    page = Page(_("Filing number of the report"), _("The filing number was saved."), _("Save"))
    form = NumberForm(request.POST or None, instance=report)
    return _form(request, report, form, services.number_report, page)


@BOTH
def report_submit(request: UserRequest, pk: UUID) -> HttpResponse:
    """报送审核."""
    report = visible_report(request, pk)
    may, duty = permissions.can_submit_report(request.user, report), permissions.fills_in(request.user, report)
    require_step(request, may, report, duty=duty, page=_page_of(report))
    page = Page(
        _("Submit the report"), _("Submitted. A leader checks and freezes it."),
        pgettext("report to the superior", "Submit for checking"),
        question=_("Submit this report for checking?"),
        consequence=_("The numbers are kept as they count now. Another account, of a leader, freezes them or returns the report."),
        notices=_notices(report),
    )  # fmt: skip
    return _form(request, report, BlankForm(request.POST or None, instance=report), services.submit_report, page)


@BOTH
def report_freeze(request: UserRequest, pk: UUID) -> HttpResponse:
    """定稿."""
    report = visible_report(request, pk)
    may, duty = permissions.can_freeze_report(request.user, report), permissions.freezes(request.user, report)
    require_step(request, may, report, duty=duty, page=_page_of(report))
    page = Page(
        _("Freeze the report"), _("The report is frozen. Its numbers stay as they are."),
        pgettext("report to the superior", "Checked, freeze"),
        question=_("Freeze this report?"),
        consequence=_("The numbers that were submitted stay for good. A mistake found later is mended by voiding the report with a reason and filling it in anew."),
        notices=_notices(report),
    )  # fmt: skip
    return _form(request, report, BlankForm(request.POST or None, instance=report), services.freeze_report, page)


@BOTH
def report_return(request: UserRequest, pk: UUID) -> HttpResponse:
    """退回补充."""
    report, user = visible_report(request, pk), request.user
    duty = permissions.freezes(user, report) or permissions.fills_in(user, report)
    require_step(request, permissions.can_return_report(user, report), report, duty=duty, page=_page_of(report))
    page = Page(
        _("Return the report"), _("The report is returned for completion."), _("Return for completion"),
        question=_("Return this report for completion?"),
        consequence=_("It is a draft again and counted anew. Whoever fills it in reads what is to be completed."),
    )  # fmt: skip
    return _form(request, report, ReturnForm(request.POST or None, instance=report), services.return_report, page)


@BOTH
def report_void(request: UserRequest, pk: UUID) -> HttpResponse:
    """作废."""
    report = visible_report(request, pk)
    require(permissions.can_void_report(request.user, report))
    page = Page(
        _("Void the report"), _("The report was voided."), _("Void"), question=_("Void this report?"), danger=True,
        consequence=_("Nothing is compared with it any more. It is kept with its numbers and can be restored."),
    )  # fmt: skip
    return _form(request, report, VoidForm(request.POST or None, instance=report), services.void_report, page)


@BOTH
def report_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    report = visible_report(request, pk)
    require(permissions.can_restore_report(request.user, report))
    page = Page(
        _("Restore the report"), _("The report stands again."), _("Restore"), question=_("Restore this report?"),
        consequence=_("It stands as it did before."),
    )  # fmt: skip
    return _form(request, report, RestoringForm(request.POST or None, instance=report), services.restore_report, page)


def _notices(report: SuperiorReport) -> tuple[str, ...]:
    """What somebody should know before the next step: that the unit was not there on the day, that something is not counted."""
    return tuple(filter(None, [told_on_page(report), report_page.waiting_text(report)]))


def _page_of(report: SuperiorReport) -> str:
    return reverse("rosters:report_detail", kwargs={"pk": report.pk})


def _form(
    request: UserRequest, report: SuperiorReport, form: ChangeForm, service: Callable[..., Any], page: Page
) -> HttpResponse:
    """A form or question about a report; back on it when it is answered."""
    if submit(request, form, service, report):
        messages.success(request, page.said)
        return redirect("rosters:report_detail", pk=report.pk)
    return render(request, "rosters/report_confirm.html", {"form": form, "report": report, "page": page})
