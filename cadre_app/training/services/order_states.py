"""An order follows its places: scheduled, waiting, served, or open again."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cadre_app.history import services as history
from cadre_app.training.models import (
    Enrolment,
    Order,
    OrderState,
    Outcome,
    Place,
    SessionState,
)
from cadre_app.training.models.choices import HELD, LIVE_ORDERS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

# What somebody or the department closed in words stays closed, whatever happens to places.
FOLLOWING = (*LIVE_ORDERS, OrderState.SERVED)
# Of several places of one order the furthest counts.
FURTHEST = (OrderState.SERVED, OrderState.SCHEDULED, OrderState.WAITING, OrderState.OPEN)
VERBS = {
    OrderState.OPEN: "training.order.opened_again",
    OrderState.WAITING: "training.order.waits",
    OrderState.SCHEDULED: "training.order.scheduled",
    OrderState.SERVED: "training.order.served",
}


def follow(enrolment: Enrolment, *, actor: "User | None") -> None:
    """`follow_places` for one place."""
    follow_places([enrolment], actor=actor)


@transaction.atomic
def follow_places(enrolments: Iterable[Enrolment], *, actor: "User | None") -> None:
    """Bring the orders behind these places up to date: enrolled → scheduled, waiting → waiting, completed → served;
    declined, missed, voided or of a cancelled session → open again. Call it after the places are saved; a handful of
    queries however many places.
    """
    keys = {enrolment.order_id for enrolment in enrolments if enrolment.order_id is not None}
    if not keys:
        return
    orders = list(Order.objects.standing().filter(pk__in=keys, state__in=FOLLOWING).select_for_update().order_by("pk"))
    targets = _targets({order.pk for order in orders})
    ordered_again = _ordered_again(orders)
    for state in FURTHEST:
        moved = [order for order in orders if order.state != state and targets[order.pk] == state]
        if state != OrderState.SERVED:
            moved = [order for order in moved if order.pk not in ordered_again]
        _move(moved, state, actor=actor)


def state_for(enrolment: Enrolment) -> OrderState:
    """What one place (with its session) makes of its order."""
    if enrolment.is_voided or enrolment.session.is_voided or enrolment.session.state == SessionState.CANCELLED:
        return OrderState.OPEN
    if enrolment.place == Place.ENROLLED:
        if enrolment.outcome == Outcome.COMPLETED:
            return OrderState.SERVED
        return OrderState.OPEN if enrolment.outcome else OrderState.SCHEDULED
    waits = enrolment.place == Place.WAITING and enrolment.session.state not in HELD
    return OrderState.WAITING if waits else OrderState.OPEN


def _targets(keys: set[UUID]) -> dict[UUID, OrderState]:
    """The state of each order by all of its places."""
    found = dict.fromkeys(keys, OrderState.OPEN)
    for place in Enrolment.objects.standing().filter(order__in=keys).select_related("session"):
        if place.order_id is not None:
            found[place.order_id] = min(found[place.order_id], state_for(place), key=FURTHEST.index)
    return found


def _ordered_again(orders: list[Order]) -> set[UUID]:
    """Served ones whose course the same person has ordered again since: they stay served."""
    served = [order for order in orders if order.state == OrderState.SERVED and order.course_id is not None]
    if not served:
        return set()
    live = Order.objects.live().filter(trainee__in=[order.trainee_id for order in served])
    pairs = set(live.values_list("trainee_id", "course_id"))
    return {order.pk for order in served if (order.trainee_id, order.course_id) in pairs}


def _move(orders: list[Order], state: OrderState, *, actor: "User | None") -> None:
    if not orders:
        return
    closed_on = timezone.localdate() if state == OrderState.SERVED else None
    with history.changes_many(orders, actor=actor, verb=VERBS[state]) as listed:
        for order in listed:
            order.state, order.closed_on = state, closed_on
        Order.objects.bulk_update(listed, ["state", "closed_on"])
