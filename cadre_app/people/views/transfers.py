"""调动离职: transfers, departures, and taking either back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.probation import cancelling_of
from cadre_app.core.registries import departure_notes
from cadre_app.core.roles import Role
from cadre_app.core.submit import submit
from cadre_app.org.models import Unit
from cadre_app.people import permissions
from cadre_app.people.file.sections import term_section
from cadre_app.people.forms.transfers import DepartureForm, TransferForm
from cadre_app.people.models import OfficeHolding, Trainee, Transfer
from cadre_app.people.models.transfers import ENDS_OF_PROBATION
from cadre_app.people.services import transfers as services
from cadre_app.people.views.files import require_edit, visible_trainee


@require_http_methods(["GET", "POST"])
def transfer(request: UserRequest, pk: UUID) -> HttpResponse:
    """To another unit of one's scope; from then on its staff and liaison see the file."""
    trainee = visible_trainee(request, pk)
    require_edit(request, trainee)
    today = timezone.localdate()
    units = Unit.objects.standing().open_on(today).within(request.user.unit_ranges(Role.STAFF))
    form = TransferForm(
        request.POST or None,
        instance=trainee,
        units=units.exclude(pk=trainee.home_unit_id),
        initial={"effective_on": today},
    )
    if done := submit(request, form, services.transfer_trainee, trainee):
        messages.success(request, _("The transfer to %(unit)s is recorded.") % {"unit": done.result.to_unit})
        return redirect("people:trainee_detail", pk=pk)
    context = {"form": form, "trainee": trainee, "service": services.service_of(trainee)}
    return render(request, "people/transfer.html", context | {"running": _running_term(request, trainee)})


@require_http_methods(["GET", "POST"])
def transfer_undo(request: UserRequest, pk: UUID) -> HttpResponse:
    """The latest transfer was entered by mistake: the file goes back."""
    found = Transfer.objects.visible_to(request.user).standing()
    row = get_object_or_404(found.select_related("trainee__person", "trainee__home_unit", "from_unit"), pk=pk)
    require_edit(request, row.trainee)
    form = ReasonForm(request.POST or None, instance=row)
    if submit(request, form, services.undo_transfer, row):
        messages.success(request, _("The transfer was taken back."))
        return redirect("people:trainee_detail", pk=row.trainee_id)
    return render(request, "people/transfer_undo.html", {"form": form, "trainee": row.trainee, "transfer": row})


@require_http_methods(["GET", "POST"])
def depart(request: UserRequest, pk: UUID) -> HttpResponse:
    """The person leaves the programme; the page says what will happen."""
    trainee = visible_trainee(request, pk)
    require_edit(request, trainee)
    cancelling = cancelling_of(trainee)
    cancelled = ENDS_OF_PROBATION[trainee.status] if cancelling is not None else ""
    initial: dict[str, Any] = {"effective_on": timezone.localdate()}
    if cancelling is not None:
        initial |= {"kind": cancelled, "document_number": cancelling.document_number}
    form = DepartureForm(request.POST or None, instance=trainee, initial=initial, cancelled=cancelled)
    if submit(request, form, services.record_departure, trainee):
        messages.success(request, _("The departure is recorded. The growth file is closed and can be read."))
        return redirect("people:trainee_detail", pk=pk)
    held = OfficeHolding.objects.visible_to(request.user).current().filter(person=trainee.person)
    context = {
        "form": form,
        "trainee": trainee,
        "cancelling": cancelling,
        "service": services.service_of(trainee),
        "running": _running_term(request, trainee),
        "offices": list(held.select_related("office__unit")),
        "left_open": [text for part in departure_notes.values() for text in part(request.user, trainee.pk)],
    }
    return render(request, "people/depart.html", context)


@require_http_methods(["GET", "POST"])
def departure_undo(request: UserRequest, pk: UUID) -> HttpResponse:
    """A departure entered by mistake: the file opens again as it was."""
    trainee = visible_trainee(request, pk)
    require(permissions.can_undo_departure(request.user, trainee))
    form = ReasonForm(request.POST or None, instance=trainee)
    if submit(request, form, services.undo_departure, trainee):
        messages.success(request, _("The departure was taken back. The growth file is open again."))
        return redirect("people:trainee_detail", pk=pk)
    return render(request, "people/departure_undo.html", {"form": form, "trainee": trainee})


def _running_term(request: UserRequest, trainee: Trainee) -> object:
    """The village term without a last day, in words; None without one."""
    rows = term_section(request.user, trainee)["rows"]
    return next((row for row in rows if row.term.ended_on is None), None)
