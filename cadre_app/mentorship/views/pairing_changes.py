"""What staff do with a pairing: change its terms, end it, take the end back, void and restore it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.mentorship.forms.pairings import EndPairingForm, PairingForm
from cadre_app.mentorship.models import EndKind, Pairing
from cadre_app.mentorship.permissions import pairings as permissions
from cadre_app.mentorship.services import pairings as services
from cadre_app.mentorship.views.pairings import visible_pairing


@require_http_methods(["GET", "POST"])
def pairing_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """The planned last day, the days between check-ins, the goals."""
    pairing = visible_pairing(request, pk)
    require(permissions.can_change(request.user, pairing))
    form = PairingForm(request.POST or None, instance=pairing)
    if submit(request, form, services.change_pairing, pairing):
        return _done(request, pairing, _("The pairing was changed."))
    return render(request, "mentorship/pairing_edit.html", {"form": form, "pairing": pairing})


@require_http_methods(["GET", "POST"])
def pairing_end(request: UserRequest, pk: UUID) -> HttpResponse:
    """Completed, or ended early with a reason."""
    pairing = visible_pairing(request, pk)
    require(permissions.can_end(request.user, pairing))
    form = EndPairingForm(request.POST or None, instance=pairing, initial=_last_day(pairing))
    if submit(request, form, services.end_pairing, pairing):
        return _done(request, pairing, _("The end of the pairing is recorded."))
    return render(request, "mentorship/pairing_end.html", {"form": form, "pairing": pairing})


@require_http_methods(["GET", "POST"])
def pairing_reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    """撤回结束 The end was a mistake."""
    pairing = visible_pairing(request, pk)
    require(permissions.can_reopen(request.user, pairing))
    form = RestoreForm(request.POST or None, instance=pairing, initial={"reason": ""})
    if submit(request, form, services.reopen_pairing, pairing):
        return _done(request, pairing, _("The pairing runs again."))
    return render(request, "mentorship/pairing_reopen.html", {"form": form, "pairing": pairing})


@require_http_methods(["GET", "POST"])
def pairing_void(request: UserRequest, pk: UUID) -> HttpResponse:
    pairing = visible_pairing(request, pk)
    require(permissions.can_void(request.user, pairing))
    form = ReasonForm(request.POST or None, instance=pairing)
    if submit(request, form, services.void_pairing, pairing):
        return _done(request, pairing, _("The pairing was voided. It can be restored."))
    return render(request, "mentorship/pairing_void.html", {"form": form, "pairing": pairing})


@require_http_methods(["GET", "POST"])
def pairing_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    pairing = visible_pairing(request, pk)
    require(permissions.can_restore(request.user, pairing))
    form = RestoreForm(request.POST or None, instance=pairing, initial={"reason": ""})
    if submit(request, form, services.restore_pairing, pairing):
        return _done(request, pairing, _("The pairing was restored."))
    return render(request, "mentorship/pairing_restore.html", {"form": form, "pairing": pairing})


def _last_day(pairing: Pairing) -> dict[str, object]:
    """The day planned where it has passed, the departure where the trainee left, else today."""
    today, left = timezone.localdate(), pairing.trainee.departed_on
    day = min(day for day in (today, left, pairing.due_on) if day is not None)
    kind = EndKind.COMPLETED if pairing.due_on <= day else EndKind.EARLY
    return {"ended_on": max(day, pairing.started_on), "end_kind": kind, "reason": ""}


def _done(request: UserRequest, pairing: Pairing, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("mentorship:pairing_detail", pk=pairing.pk)
