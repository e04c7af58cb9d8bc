"""选学需求 The orders over units: list, one order, those that came on paper, answers, wishes put to a course."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.core.forms import RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.people import permissions as people
from cadre_app.training.filters.orders import RELATED
from cadre_app.training.forms.orders import AnswerForm, AssignForm, EnterOrderForm, PickedForm
from cadre_app.training.lists import orders as lists
from cadre_app.training.lists.picks import versions_in
from cadre_app.training.models import Enrolment, Order, Place
from cadre_app.training.permissions import orders as permissions
from cadre_app.training.services import orders as services
from cadre_app.training.tabs import tabs

TAB = "training:demand_board"


@require_GET
def order_list(request: UserRequest) -> HttpResponse:
    """Everything that was ordered, in one's scope."""
    if not permissions.can_see_orders(request.user):
        raise Http404
    table, found = lists.table_of(request, request.user)
    may_run = permissions.can_run_rounds(request.user)
    context = {"table": table, "filter": found, "may_run": may_run, "tabs": tabs(TAB)}
    context["bulk"] = "training/_order_bulk.html" if may_run else ""
    return render(request, "training/order_list.html", context)


@require_GET
def order_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One order: whose, what, what became of it."""
    order = _visible(request, pk)
    user = request.user
    places = Enrolment.objects.standing().filter(order=order).exclude(place=Place.DECLINED)
    is_own = people.is_own(user, order.trainee)
    if is_own:
        places = places & Enrolment.objects.told_to(user)
    context = {
        "order": order,
        "text": lists.text_of(order),
        "mark": lists.mark_of(order),
        "places": places.select_related("session__course").order_by("-placed_at", "pk"),
        "may_answer": permissions.takes_answer(user, order),
        "may_take_back": permissions.can_take_back(user, order),
        "may_see_list": permissions.can_see_orders(user),
        "is_own": is_own,
        "entries": Entry.objects.about(order).told() if people.can_read_history(user, order.trainee) else None,
    }
    return render(request, "training/order_detail.html", context)


@require_http_methods(["GET", "POST"])
def order_enter(request: UserRequest) -> HttpResponse:
    """An order that came on paper."""
    if not permissions.can_see_orders(request.user):
        raise Http404
    require(permissions.can_run_rounds(request.user))
    form = EnterOrderForm(request.POST or None, user=request.user)
    if submit(request, form, services.place_order):
        messages.success(request, _("The order is entered."))
        return redirect("training:order_enter" if "another" in request.POST else "training:order_list")
    return render(request, "training/order_enter.html", {"form": form})


@require_POST
def order_answer(request: UserRequest) -> HttpResponse:
    """答复 Say what was picked, ask for the answer, close the orders."""

    def said(count: int) -> str:
        return ngettext("%(count)s order is answered.", "%(count)s orders are answered.", count)

    return _on_picked(request, AnswerForm, services.answer_orders, "training/order_answer.html", said)


@require_POST
def order_assign(request: UserRequest) -> HttpResponse:
    """并入课程 Wishes in own words become orders of a course."""

    def said(count: int) -> str:
        return ngettext("%(count)s wish was put to the course.", "%(count)s wishes were put to the course.", count)

    return _on_picked(request, AssignForm, services.assign_course, "training/order_assign.html", said, wishes=True)


@require_http_methods(["GET", "POST"])
def order_answer_undo(request: UserRequest, pk: UUID) -> HttpResponse:
    """The order is open again, its answer is gone."""
    order = _visible(request, pk)
    require(permissions.can_take_back(request.user, order))
    form = RestoreForm(request.POST or None, instance=order)
    if submit(request, form, services.take_answer_back, order):
        messages.success(request, _("The answer was taken back; the order is open again."))
        return redirect("training:order_detail", pk=pk)
    return render(request, "training/order_answer_undo.html", {"form": form, "order": order})


def _on_picked(
    request: UserRequest,
    form_class: type[PickedForm],
    service: Callable[..., Any],
    page: str,
    said: Callable[[int], str],
    *,
    wishes: bool = False,
) -> HttpResponse:
    """A page that names what was picked and asks what is needed; done once that is confirmed."""
    if not permissions.can_see_orders(request.user):
        raise Http404
    require(permissions.can_run_rounds(request.user))
    is_confirmed = "confirmed" in request.POST
    picks = _picked(request, wishes=wishes)
    form = form_class(request.POST if is_confirmed else None, picks=picks)
    if is_confirmed and (done := submit(request, form, service)):
        count = len(done.result) if isinstance(done.result, Sequence) else 0
        messages.success(request, said(count) % {"count": count} if count else _("This is done already."))
        return redirect("training:order_list")
    context = {
        "form": form,
        "picks": [(order, f"{order.pk}@{version}") for order, version in picks],
        "left_out": len(set(request.POST.getlist("pick"))) - len(picks),
    }
    return render(request, page, context)


def _picked(request: UserRequest, *, wishes: bool) -> list[tuple[Order, int]]:
    """Those picked that this person may answer, each with the version that was looked at; one query."""
    wanted = dict(versions_in(request.POST.getlist("pick")))
    rows = Order.objects.visible_to(request.user).filter(pk__in=wanted).select_related(*RELATED)
    found = [row for row in rows.order_by("ordered_on", "pk") if permissions.takes_answer(request.user, row)]
    if wishes:
        found = [row for row in found if row.course_id is None]
    return [(row, wanted[row.pk] or row.version) for row in found]


def _visible(request: UserRequest, pk: UUID) -> Order:
    rows = Order.objects.visible_to(request.user).standing().select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)
