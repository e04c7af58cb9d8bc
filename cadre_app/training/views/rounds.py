"""点单征集 Order rounds: the list, new, changed, closed early, opened again, voided."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.training.forms.rounds import CloseRoundForm, ReopenRoundForm, RoundForm
from cadre_app.training.lists import rounds as lists
from cadre_app.training.models import OrderRound
from cadre_app.training.permissions import orders as permissions
from cadre_app.training.policies import ORDERS_PER_ROUND
from cadre_app.training.services import rounds as services
from cadre_app.training.tabs import tabs

TAB = "training:demand_board"


@require_GET
def round_list(request: UserRequest) -> HttpResponse:
    """All rounds, the latest first."""
    _readable(request)
    live = Q(orders__voided_at=None)
    rows = (
        OrderRound.objects.visible_to(request.user)
        .standing()
        .annotate(ordered=Count("orders", filter=live), people=Count("orders__trainee", filter=live, distinct=True))
    )
    may_run = permissions.can_run_rounds(request.user)
    context = {"table": lists.table_of(request, rows, may_run=may_run), "may_run": may_run, "tabs": tabs(TAB)}
    return render(request, "training/round_list.html", context)


@require_http_methods(["GET", "POST"])
def round_new(request: UserRequest) -> HttpResponse:
    _readable(request)
    require(permissions.can_run_rounds(request.user))
    form = RoundForm(request.POST or None, initial={"opens_on": timezone.localdate(), "most": ORDERS_PER_ROUND.now()})
    if submit(request, form, services.create_round):
        messages.success(request, _("The round is set. Those who may order see it on their page while it is open."))
        return redirect("training:round_list")
    return render(request, "training/round_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def round_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _changeable(request, pk)
    form = RoundForm(request.POST or None, instance=found)
    if submit(request, form, services.change_round, found):
        messages.success(request, _("The round was changed."))
        return redirect("training:round_list")
    return render(request, "training/round_edit.html", {"form": form, "round": found})


@require_http_methods(["GET", "POST"])
def round_close(request: UserRequest, pk: UUID) -> HttpResponse:
    """No more orders from now on; those that were taken stay."""
    found = _changeable(request, pk)
    form = CloseRoundForm(request.POST or None, instance=found)
    if submit(request, form, services.close_round, found):
        messages.success(request, _("The round is closed. Its orders stand on the demand board."))
        return redirect("training:round_list")
    return render(request, "training/round_close.html", {"form": form, "round": found})


@require_http_methods(["GET", "POST"])
def round_reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _changeable(request, pk)
    form = ReopenRoundForm(request.POST or None, instance=found, initial={"closes_on": None})
    if submit(request, form, services.reopen_round, found):
        messages.success(request, _("The round takes orders again."))
        return redirect("training:round_list")
    return render(request, "training/round_reopen.html", {"form": form, "round": found})


@require_http_methods(["GET", "POST"])
def round_void(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _changeable(request, pk)
    form = ReasonForm(request.POST or None, instance=found)
    if submit(request, form, services.void_round, found):
        messages.success(request, _("The round was voided."))
        return redirect("training:round_list")
    return render(request, "training/round_void.html", {"form": form, "round": found})


def _readable(request: UserRequest) -> None:
    if not permissions.can_see_rounds(request.user):
        raise Http404


def _changeable(request: UserRequest, pk: UUID) -> OrderRound:
    found = get_object_or_404(OrderRound.objects.visible_to(request.user).standing(), pk=pk)
    require(permissions.can_run_rounds(request.user))
    return found
