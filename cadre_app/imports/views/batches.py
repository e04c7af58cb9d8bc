"""数据导入: the list, uploading, the template, and the page of one import."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.http import UserRequest, page_or_fragment
from cadre_app.core.registries import import_sheets
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, Table
from cadre_app.imports import permissions, services
from cadre_app.imports.columns import BATCH_COLUMNS
from cadre_app.imports.forms import UploadForm
from cadre_app.imports.intake import CLASSIFIED
from cadre_app.imports.models import Batch, BatchStatus
from cadre_app.imports.policies import KEEP_DAYS, MOST_ROWS
from cadre_app.imports.preview import chips, listed, preview_table
from cadre_app.imports.reading.template import template_book
from cadre_app.imports.views.access import must_import, named_sheet, sheet_of, visible_batch

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

POLL_SECONDS = 2
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def batch_list(request: UserRequest) -> HttpResponse:
    """The tables that can be imported, with their templates, and one's own imports."""
    must_import(request)
    empty = Empty(_("Nothing imported yet."), _("Download a template, fill it in and upload it."))
    batches = Batch.objects.visible_to(request.user)
    table = Table(request, batches, BATCH_COLUMNS, name="imports", empty=empty, default_sort="-created_at")
    context = {"table": table, "keep_days": KEEP_DAYS.now()}
    context["sheets"] = sorted(
        (sheet for key, sheet in import_sheets.items() if permissions.can_import_sheet(request.user, key)),
        key=lambda sheet: sheet.order,
    )
    return render(request, page_or_fragment(request, "imports/batch_list.html"), context)


@require_http_methods(["GET", "POST"])
def upload(request: UserRequest, sheet: str) -> HttpResponse:
    """A filled-in template; its rows are checked and shown before anything is written."""
    asked = named_sheet(request, sheet)
    form = UploadForm(request.POST or None, request.FILES or None, sheet=asked, user=request.user)
    if done := submit(request, form, services.upload_batch, sheet=asked):
        to_match = done.result.status == BatchStatus.UNMATCHED
        return redirect("imports:match" if to_match else "imports:batch_detail", pk=done.result.pk)
    context: dict[str, Any] = {"form": form, "sheet": asked, "most_rows": MOST_ROWS.now()}
    for error in form.errors.as_data().get("file", ()):
        if error.code == "repeated":
            context["earlier"] = (error.params or {}).get("batch")
            if not (error.params or {}).get("waits"):
                form.offer_again()
        if error.code == CLASSIFIED:
            services.note_refusal(form.digest, actor=request.user)
    return render(request, "imports/upload.html", context)


@require_GET
def template(request: UserRequest, sheet: str) -> HttpResponse:
    """The empty workbook to fill in, in the language of the page."""
    asked = named_sheet(request, sheet)
    response = HttpResponse(template_book(asked), content_type=WORKBOOK)
    response.headers["Content-Disposition"] = _attachment(_("%(table)s, template.xlsx") % {"table": asked.label})
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
def batch_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One import: its progress while it is worked on, then its rows and what can be done."""
    batch = visible_batch(request, pk)
    if request.headers.get("X-Poll") == "1":
        return _progress(request, batch)
    readable = services.rows_are_readable(batch, request.user)
    context = _context(batch, request.user) | {"readable": readable, "show": request.GET.get("show", "")}
    if not readable:
        context["may"]["take_rows"], context["obstacles"] = False, []
    if batch.definition is not None and batch.columns and batch.emptied_at is None and readable:
        context["table"] = preview_table(request, batch, sheet_of(batch))
        context["chips"] = chips(batch, context["show"])
    return render(request, page_or_fragment(request, "imports/batch_detail.html"), context)


def _progress(request: UserRequest, batch: Batch) -> HttpResponse:
    """Asked every two seconds while a job is at it; afterwards the page is loaded anew."""
    if batch.job is None or not batch.job.is_active:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "imports/_progress.html", _context(batch, request.user) | {"polled": True})


def _context(batch: Batch, user: "User") -> dict[str, Any]:
    busy = batch.job is not None and batch.job.is_active
    writing = busy and batch.job is not None and batch.job.kind in services.BUSY
    may = {
        "match": permissions.can_match(user, batch),
        "correct": permissions.can_correct(user, batch) and not writing,
        "confirm": permissions.can_confirm(user, batch) and not busy and batch.to_import > 0,
        "undo": permissions.can_undo(user, batch) and not busy,
        "withdraw": permissions.can_withdraw(user, batch) and not busy,
        "take_rows": permissions.can_take_rows(user, batch),
    }
    return {
        "batch": batch,
        "job": batch.job,
        "busy": busy,
        "may": may,
        "poll_seconds": POLL_SECONDS,
        "remarks": listed(batch.remarks),
        "obstacles": listed(batch.obstacles) if batch.status == BatchStatus.DONE else [],
        "list_url": reverse(batch.definition.list_url_name)
        if batch.definition is not None and batch.definition.list_url_name
        else "",
    }


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
