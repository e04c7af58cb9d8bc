"""我的点单 One's own orders: what is open, what one ordered, the catalogue to choose from, a wish in own words."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.training.forms.orders import CourseOrderForm, MoveForm, WishForm
from cadre_app.training.models import Order
from cadre_app.training.models.choices import ORDERED_KINDS
from cadre_app.training.panels import orders as panels
from cadre_app.training.permissions import orders as permissions
from cadre_app.training.services import orders as services


@require_http_methods(["GET", "POST"])
def order_own(request: UserRequest) -> HttpResponse:
    """Order a course with one press, or a wish; everything one ordered, with its state."""
    if not permissions.can_order(request.user):
        raise Http404
    rounds = panels.own_rounds(request.user, timezone.localdate())
    opened = [mine for mine in rounds if mine.takes_orders]
    is_wish = request.method == "POST" and "wish" in request.POST
    wish = WishForm(request.POST if is_wish else None, rounds=[mine.round for mine in opened])
    course = CourseOrderForm(request.POST or None) if not is_wish else CourseOrderForm()
    form = wish if is_wish else course
    trainee = panels.own_trainee(request.user)
    if done := submit(request, form, services.place_order, trainee):
        _say_ordered(request, done.result)
        return redirect("training:order_own")
    current = panels.current_round(rounds, request.GET.get("round", ""))
    context = {
        "rounds": rounds,
        "opened": opened,
        "current": current,
        "form": course if course.is_bound else None,
        "wish": wish,
        "page": panels.cards_of(trainee, request.user, request.GET, rounds) if current is not None else None,
        "kinds": ORDERED_KINDS,
        "typed": {"kind": request.GET.get("kind", ""), "q": request.GET.get("q", "")},
    }
    return render(request, "training/order_own.html", context)


@require_POST
def order_withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    """Withdraw; the page offers to order again."""
    order = _own(request, pk)
    text = _("“%(order)s” is withdrawn. You can order it again as long as the round is open.") % {"order": order}
    return _acted(request, ChangeForm(request.POST, instance=order), services.withdraw_order, order, text)


@require_POST
def order_again(request: UserRequest, pk: UUID) -> HttpResponse:
    order = _own(request, pk)
    text = _("“%(order)s” is ordered again.") % {"order": order}
    return _acted(request, ChangeForm(request.POST, instance=order), services.order_again, order, text)


@require_POST
def order_move(request: UserRequest, pk: UUID) -> HttpResponse:
    """Up or down in the own list of the round."""
    order = _own(request, pk)
    return _acted(request, MoveForm(request.POST, instance=order), services.move_order, order, "")


def _own(request: UserRequest, pk: UUID) -> Order:
    rows = Order.objects.visible_to(request.user).standing().select_related("course", "round")
    order = get_object_or_404(rows, pk=pk)
    require(permissions.can_change_own(request.user, order))
    return order


def _acted(request: UserRequest, form: ChangeForm, service: Any, order: Order, text: str) -> HttpResponse:
    """One press on the own page: back to it, with a word on what was done or why not."""
    if submit(request, form, service, order):
        if text:
            messages.success(request, text)
    else:
        for error in _texts(form):
            messages.error(request, error)
    return redirect("training:order_own")


def _texts(form: ChangeForm) -> list[str]:
    return [str(text) for errors in form.errors.values() for text in errors]


def _say_ordered(request: UserRequest, order: Order | None) -> None:
    """What was ordered and until when it can be changed."""
    if order is None:
        messages.success(request, _("This is ordered already."))
        return
    text = _("“%(order)s” is ordered with priority %(number)s. You can change it until %(day)s.")
    known = {"order": order, "number": order.priority, "day": _day(order)}
    messages.success(request, text % known)


def _day(order: Order) -> str:
    return formats.date_format(order.round.closes_on)
