"""Correcting an import in place: the cells of a row, answers where several are meant, rows with errors as a workbook."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.imports import permissions, services
from cadre_app.imports.books import shown_columns
from cadre_app.imports.forms import ChoicesForm, RowForm
from cadre_app.imports.preview import RowView
from cadre_app.imports.services.rows import cell_field
from cadre_app.imports.views.access import joined_errors, sheet_of, visible_batch
from cadre_app.imports.wording import error_lines


@require_http_methods(["GET", "POST"])
def row_edit(request: UserRequest, pk: UUID, number: int) -> HttpResponse:
    """One row as it was typed, with its errors; saving has everything checked again."""
    batch = visible_batch(request, pk)
    require(permissions.can_correct(request.user, batch))
    require(services.rows_are_readable(batch, request.user))
    stored = get_object_or_404(batch.rows, number=number)
    sheet = sheet_of(batch)
    columns = shown_columns(batch, sheet)
    form = RowForm(request.POST or None, batch=batch, stored=stored, columns=columns)
    back = _back(request, batch.pk, f"#row-{number}")
    if submit(request, form, services.correct_row, batch, stored):
        messages.success(request, _("Row %(row)s was saved. All rows are being checked again.") % {"row": number})
        return redirect(back)
    view = RowView(stored, sheet, {column.key: column for column in columns})
    problems = [(cell_field(key), line) for key, line in error_lines(view.row, view.labels)]
    context = {"batch": batch, "view": view, "problems": problems, "form": form, "back": back}
    return render(request, "imports/row_edit.html", context)


@require_POST
def choose(request: UserRequest, pk: UUID) -> HttpResponse:
    """The answers of one page of the preview."""
    batch = visible_batch(request, pk)
    require(permissions.can_correct(request.user, batch))
    form = ChoicesForm(request.POST)
    if submit(request, form, services.choose_rows, batch):
        messages.success(request, _("The answers were saved. All rows are being checked again."))
    else:
        messages.error(request, joined_errors(form))
    return redirect(_back(request, pk))


@require_POST
def errors_book(request: UserRequest, pk: UUID) -> HttpResponse:
    """Have the rows with errors written as a workbook."""
    batch = visible_batch(request, pk)
    require(permissions.can_take_rows(request.user, batch))
    require(services.rows_are_readable(batch, request.user))
    form = ChangeForm(request.POST)
    if done := submit(request, form, services.make_rows_book, batch):
        return redirect("jobs:job_detail", pk=done.result.pk)
    return redirect("imports:batch_detail", pk=pk)


def _back(request: UserRequest, pk: UUID, place: str = "") -> str:
    """The page of the preview that one came from (`next`), or its first."""
    url = reverse("imports:batch_detail", kwargs={"pk": pk})
    asked = request.POST.get("next") or request.GET.get("next") or ""
    inside = asked.startswith(f"{url}?") and url_has_allowed_host_and_scheme(asked, None)
    return (asked if inside else url) + place
