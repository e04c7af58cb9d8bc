"""Interruptions of a village term: entering, correcting and voiding them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.people.forms.terms import InterruptionForm
from cadre_app.people.models import Interruption
from cadre_app.people.services import interruptions as services
from cadre_app.people.views.files import require_edit
from cadre_app.people.views.terms import changeable_term


@require_http_methods(["GET", "POST"])
def interruption_add(request: UserRequest, pk: UUID) -> HttpResponse:
    """Days on which this term stands still."""
    term = changeable_term(request, pk)
    fresh = {"started_on": None, "ended_on": None, "document_number": ""}
    form = InterruptionForm(request.POST or None, instance=term, initial=fresh)
    if submit(request, form, services.interrupt_term, term):
        messages.success(request, _("The interruption is recorded; the end of the term has moved."))
        return redirect("people:trainee_detail", pk=term.trainee_id)
    context = {"form": form, "term": term, "trainee": term.trainee}
    return render(request, "people/interruption_add.html", context)


@require_http_methods(["GET", "POST"])
def interruption_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    item = _changeable(request, pk)
    form = InterruptionForm(request.POST or None, instance=item)
    if submit(request, form, services.change_interruption, item):
        messages.success(request, _("The interruption was changed; the end of the term follows."))
        return redirect("people:trainee_detail", pk=item.term.trainee_id)
    context = {"form": form, "term": item.term, "trainee": item.term.trainee, "interruption": item}
    return render(request, "people/interruption_edit.html", context)


@require_http_methods(["GET", "POST"])
def interruption_void(request: UserRequest, pk: UUID) -> HttpResponse:
    item = _changeable(request, pk)
    form = ReasonForm(request.POST or None, instance=item, initial={"reason": ""})
    if submit(request, form, services.void_interruption, item):
        messages.success(request, _("The interruption was voided."))
        return redirect("people:trainee_detail", pk=item.term.trainee_id)
    context = {"form": form, "term": item.term, "trainee": item.term.trainee, "interruption": item}
    return render(request, "people/interruption_void.html", context)


def _changeable(request: UserRequest, pk: UUID) -> Interruption:
    found = Interruption.objects.visible_to(request.user).standing()
    related = ("term__village", "term__trainee__person", "term__trainee__home_unit")
    item = get_object_or_404(found.select_related(*related), pk=pk)
    require_edit(request, item.term.trainee)
    return item
