"""结对协议 The agreement of a pairing: signed on a day; its signed copy attached, removed and put back by staff."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.files.models import StoredFile
from cadre_app.files.policies import KEEP_REMOVED_DAYS
from cadre_app.mentorship.forms.pairings import AgreementForm, SignForm
from cadre_app.mentorship.models import Pairing
from cadre_app.mentorship.permissions import pairings as permissions
from cadre_app.mentorship.services import agreements
from cadre_app.mentorship.views.pairings import visible_pairing


@require_http_methods(["GET", "POST"])
def agreement_sign(request: UserRequest, pk: UUID) -> HttpResponse:
    """登记签订 The day on the paper, with its copy where there is one already."""
    pairing = visible_pairing(request, pk)
    require(permissions.can_attach(request.user, pairing))
    form = SignForm(request.POST or None, request.FILES or None, instance=pairing)
    if submit(request, form, agreements.sign_agreement, pairing):
        messages.success(request, _("The signing of the agreement is recorded."))
        return redirect("mentorship:pairing_detail", pk=pk)
    return render(request, "mentorship/agreement_sign.html", {"form": form, "pairing": pairing})


@require_http_methods(["GET", "POST"])
def agreement_unsign(request: UserRequest, pk: UUID) -> HttpResponse:
    """撤回登记 It was recorded by mistake."""
    pairing = visible_pairing(request, pk)
    require(permissions.can_unsign(request.user, pairing))
    form = ReasonForm(request.POST or None, instance=pairing)
    if submit(request, form, agreements.unsign_agreement, pairing):
        messages.success(request, _("The signing was taken back; the copies are kept."))
        return redirect("mentorship:pairing_detail", pk=pk)
    return render(request, "mentorship/agreement_unsign.html", {"form": form, "pairing": pairing})


@require_http_methods(["GET", "POST"])
def agreement_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Attach scans; see those that are there and those that were removed."""
    pairing = _changeable(request, pk)
    form = AgreementForm(request.POST or None, request.FILES or None)
    if submit(request, form, agreements.attach_agreement, pairing):
        messages.success(request, _("The signed agreement was attached."))
        return redirect("mentorship:pairing_detail", pk=pk)
    context = {
        "form": form,
        "pairing": pairing,
        "files": agreements.agreement_of(pairing),
        "removed": agreements.removed_of(pairing),
    }
    return render(request, "mentorship/agreement_edit.html", context)


@require_http_methods(["GET", "POST"])
def agreement_remove(request: UserRequest, pk: UUID, file: UUID) -> HttpResponse:
    pairing = _changeable(request, pk)
    found = get_object_or_404(StoredFile.objects.of(agreements.AGREEMENT, [pairing.pk]), pk=file)
    form = ReasonForm(request.POST or None, instance=found)
    if submit(request, form, agreements.remove_agreement, pairing, file=found):
        messages.success(request, _("The file was removed."))
        return redirect("mentorship:agreement_edit", pk=pk)
    context = {"form": form, "pairing": pairing, "file": found, "keep_days": KEEP_REMOVED_DAYS.now()}
    return render(request, "mentorship/agreement_remove.html", context)


@require_http_methods(["GET", "POST"])
def agreement_restore(request: UserRequest, pk: UUID, file: UUID) -> HttpResponse:
    pairing = _changeable(request, pk)
    removed = StoredFile.objects.filter(kind=agreements.AGREEMENT, owner_id=pairing.pk, emptied_at=None)
    found = get_object_or_404(removed, pk=file)
    form = RestoreForm(request.POST or None, instance=found)
    if submit(request, form, agreements.restore_agreement, pairing, file=found):
        messages.success(request, _("The file was put back."))
        return redirect("mentorship:agreement_edit", pk=pk)
    return render(request, "mentorship/agreement_restore.html", {"form": form, "pairing": pairing, "file": found})


def _changeable(request: UserRequest, pk: UUID) -> Pairing:
    pairing = visible_pairing(request, pk)
    require(permissions.can_attach(request.user, pairing))
    return pairing
