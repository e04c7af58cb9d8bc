"""The steps of an import: check again, leave out, confirm, undo, withdraw, result."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.imports import permissions, services
from cadre_app.imports.views.access import joined_errors, require_open, visible_batch


@require_POST
def check(request: UserRequest, pk: UUID) -> HttpResponse:
    """Have all rows checked again."""
    batch = visible_batch(request, pk)
    require(permissions.can_withdraw(request.user, batch))
    form = ChangeForm(request.POST)
    if not submit(request, form, services.ask_again, batch):
        messages.error(request, joined_errors(form))
    return redirect("imports:batch_detail", pk=pk)


@require_http_methods(["GET", "POST"])
def leave_out(request: UserRequest, pk: UUID) -> HttpResponse:
    """Import the rest: the rows with errors are left out."""
    batch = visible_batch(request, pk)
    require_open(request, batch, permissions.can_correct(request.user, batch))
    form = ChangeForm(request.POST or None, instance=batch)
    if submit(request, form, services.leave_out_errors, batch):
        messages.success(request, _("The rows with errors are left out. The others are being checked again."))
        return redirect("imports:batch_detail", pk=pk)
    return render(request, "imports/leave_out.html", {"batch": batch, "form": form})


@require_http_methods(["GET", "POST"])
def confirm(request: UserRequest, pk: UUID) -> HttpResponse:
    """Asked once, with the counts; then a job writes all rows or none."""
    batch = visible_batch(request, pk)
    require_open(request, batch, permissions.can_confirm(request.user, batch))
    form = ChangeForm(request.POST or None, instance=batch)
    if submit(request, form, services.confirm_batch, batch):
        return redirect("imports:batch_detail", pk=pk)
    return render(request, "imports/confirm.html", {"batch": batch, "form": form})


@require_http_methods(["GET", "POST"])
def undo(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take the whole import back, with a reason."""
    batch = visible_batch(request, pk)
    require_open(request, batch, permissions.can_undo(request.user, batch))
    form = ReasonForm(request.POST or None, instance=batch)
    if submit(request, form, services.undo_batch, batch):
        return redirect("imports:batch_detail", pk=pk)
    return render(request, "imports/undo.html", {"batch": batch, "form": form})


@require_http_methods(["GET", "POST"])
def withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    """Give the import up before it is confirmed."""
    batch = visible_batch(request, pk)
    require_open(request, batch, permissions.can_withdraw(request.user, batch))
    form = ChangeForm(request.POST or None, instance=batch)
    if submit(request, form, services.withdraw_batch, batch):
        messages.success(request, _("The import was withdrawn and its rows were removed."))
        return redirect("imports:batch_list")
    return render(request, "imports/withdraw.html", {"batch": batch, "form": form})


@require_POST
def result(request: UserRequest, pk: UUID) -> HttpResponse:
    """Have the result file written once more."""
    batch = visible_batch(request, pk)
    require(permissions.can_take_rows(request.user, batch) and batch.confirmed_at is not None)
    require(services.rows_are_readable(batch, request.user))
    if done := submit(request, ChangeForm(request.POST), services.make_result, batch):
        return redirect("jobs:job_detail", pk=done.result.result_job_id)
    return redirect("imports:batch_detail", pk=pk)
