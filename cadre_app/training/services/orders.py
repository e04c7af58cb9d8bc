"""点单: placed, withdrawn, placed again, sorted; answered and put to a course by the department.

Everything of one person waits in the line of their file, so that two posts at one moment never double an order.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import clean, lock_open_file, refusal
from cadre_app.training.models import Course, Enrolment, Order, OrderRound, OrderState
from cadre_app.training.models.choices import LIVE_ORDERS
from cadre_app.training.models.orders import MOST_ORDERS
from cadre_app.training.services import news
from cadre_app.training.services.one_place import leave_waiting_lists
from cadre_app.training.services.order_checks import (
    check_course,
    check_doubled,
    check_priority,
    check_round,
    check_slots,
    hold,
    placed_in,
    slots_of,
)
from cadre_app.training.services.seats import lock_sessions_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

UP, DOWN = "up", "down"
BY_PRIORITY = ("priority", "ordered_on", "created_at", "pk")


@transaction.atomic
def place_order(
    trainee: Trainee,
    *,
    round: OrderRound,  # noqa: A002 - the field's name
    course: Course | None = None,
    kind: str = "",
    wish: str = "",
    priority: int | None = None,
    ordered_on: date | None = None,
    actor: "User",
) -> Order:
    """Order a course of the catalogue, or a `wish` of a `kind`; `ordered_on` is given for what came on paper.

    Raises ValidationError by field: a closed round or course, an order for others than it is for, doubled, too many.
    """
    hold(round, course)
    trainee = lock_open_file(trainee.pk)
    today = timezone.localdate()
    day = ordered_on or today
    if day > today:
        raise refusal("ordered_on", _("This day has not come yet. Record it on that day."), code="future")
    taken = OrderRound.objects.get(pk=round.pk)
    check_round(taken, trainee, day, on_paper=ordered_on is not None)
    check_course(course)
    order = Order(trainee=trainee, round=taken, course=course, wish=" ".join(wish.split()), ordered_on=day)
    order.kind = course.kind if course is not None else kind
    slots = slots_of(taken, trainee.pk)
    check_doubled(order)
    check_slots(slots)
    if priority is not None:
        check_priority(slots, priority)
    order.priority = priority or _after_all(order, actor=actor)
    with history.change(order, actor=actor, verb="training.order.placed"):
        clean(order)
        order.save(force_insert=True)
    return order


@transaction.atomic
def withdraw_order(order: Order, *, version: int | None = None, actor: "User") -> Order:
    """Withdraw an order that has no place yet, and with it the turn on a waiting list; it can be placed again.

    Raises Stale, ValidationError.
    """
    lock_sessions_of(order.course_id)
    lock_open_file(order.trainee_id)
    order = Order.objects.lock(order.pk, version)
    if order.is_voided or order.state not in LIVE_ORDERS:
        raise ValidationError(_("This order is closed already."), code="closed")
    if order.state == OrderState.SCHEDULED:
        message = _("A session holds a place for this order. Say there that you do not come; then withdraw the order.")
        raise ValidationError(message, code="has_place")
    _set_state(order, OrderState.WITHDRAWN, verb="training.order.withdrawn", actor=actor)
    _close_gaps(order, actor=actor)
    left = leave_waiting_lists([order.pk], reason=_("Order withdrawn"), actor=actor)
    Enrolment.objects.filter(pk__in=[row.pk for row in left]).update(told_at=timezone.now())
    news.close(left)  # nobody is told what they did themselves
    return order


@transaction.atomic
def order_again(order: Order, *, version: int | None = None, actor: "User") -> Order:
    """Undo `withdraw_order` while the round is open, after the other orders. Raises Stale, ValidationError."""
    hold(order.round, order.course)
    trainee = lock_open_file(order.trainee_id)
    order = Order.objects.lock(order.pk, version)
    if order.is_voided or order.state != OrderState.WITHDRAWN:
        raise ValidationError(_("This order was not withdrawn."), code="not_withdrawn")
    check_round(order.round, trainee, timezone.localdate())
    check_course(order.course)
    check_doubled(order)
    slots = slots_of(order.round, trainee.pk, but=order.pk)
    check_slots(slots)
    after = _after_all(order, actor=actor)
    return _set_state(order, OrderState.OPEN, verb="training.order.placed_again", actor=actor, priority=after)


@transaction.atomic
def move_order(order: Order, *, direction: str, version: int | None = None, actor: "User") -> Order:
    """Swap priorities with the live order of the round before or after it; at the end of the list nothing happens.

    Raises Stale, ValidationError.
    """
    lock_open_file(order.trainee_id)
    order = Order.objects.lock(order.pk, version)
    if not order.is_live:
        raise ValidationError(_("This order is closed already."), code="closed")
    rows = Order.objects.live().filter(trainee=order.trainee_id, round=order.round_id).exclude(pk=order.pk)
    if direction == UP:
        other = rows.filter(priority__lt=order.priority).order_by("-priority").first()
    else:
        other = rows.filter(priority__gt=order.priority).order_by("priority").first()
    if other is None:
        return order
    with history.changes_many([order, other], actor=actor, verb="training.order.moved") as listed:
        order.priority, other.priority = other.priority, order.priority
        Order.objects.bulk_update(listed, ["priority"])
    return order


@transaction.atomic
def answer_orders(*, picks: Sequence[tuple[Order, int]], answer: str, actor: "User") -> list[Order]:
    """Answer orders that no session will serve: each is closed with the text that the person reads.

    Raises ValidationError where one of them is no longer as it was looked at (`picks`: the order and its version).
    """
    orders = _locked(picks)
    with history.changes_many(orders, actor=actor, verb="training.order.answered") as listed:
        for order in listed:
            order.state, order.answer, order.closed_on = OrderState.ANSWERED, answer.strip(), timezone.localdate()
            clean(order)
        Order.objects.bulk_update(listed, ["state", "answer", "closed_on"])
    return orders


@transaction.atomic
def take_answer_back(order: Order, *, reason: str = "", version: int | None = None, actor: "User") -> Order:
    """Undo `answer_orders` for one: it is open again, before those that came after it.

    Raises Stale; ValidationError where it was ordered again since.
    """
    lock_open_file(order.trainee_id)
    order = Order.objects.lock(order.pk, version)
    if order.is_voided or order.state != OrderState.ANSWERED:
        raise ValidationError(_("This order was not answered."), code="not_answered")
    check_doubled(order)
    verb = "training.order.answer_taken_back"
    _set_state(order, OrderState.OPEN, verb=verb, reason=reason, actor=actor, answer="")
    _close_gaps(order, actor=actor)
    return Order.objects.get(pk=order.pk)


@transaction.atomic
def assign_course(*, picks: Sequence[tuple[Order, int]], course: Course, actor: "User") -> list[Order]:
    """并入课程 Wishes in own words become orders of a course; the words stay.

    Raises ValidationError for a closed course, for one that has a course, or whose person ordered this course already.
    """
    hold(None, course)
    check_course(course)
    orders = _locked(picks)
    if any(order.course_id is not None for order in orders):
        raise ValidationError(_("Only wishes in own words are put to a course."), code="has_course")
    live = Order.objects.live().filter(course=course, trainee__in=[order.trainee_id for order in orders])
    doubled = {
        *live.values_list("trainee_id", flat=True),
        *placed_in(course.pk, [order.trainee_id for order in orders]),
    }
    people = [order.trainee_id for order in orders]
    names = [order.trainee.person.name for order in orders if order.trainee_id in doubled]
    names += [order.trainee.person.name for order in orders if people.count(order.trainee_id) > 1]
    if names:
        message = _(
            "Ordered this course already, or have a place in it: %(names)s. Leave them out, or answer their wish."
        )
        raise ValidationError(message % {"names": _(", ").join(dict.fromkeys(names))}, code="doubled")
    with history.changes_many(orders, actor=actor, verb="training.order.assigned") as listed:
        for order in listed:
            order.course, order.kind = course, course.kind
        Order.objects.bulk_update(listed, ["course", "kind"])
    return orders


def _locked(picks: Sequence[tuple[Order, int]]) -> list[Order]:
    """The picked orders, locked in one order; all of them are open and as they were looked at."""
    wanted: dict[UUID, int] = {order.pk: version for order, version in picks}
    rows = Order.objects.filter(pk__in=wanted).select_for_update(of=("self",)).order_by("pk")
    orders = list(rows.select_related("trainee__person"))
    if not orders:
        raise ValidationError(_("Pick one order at least."), code="none_picked")
    changed = [
        order
        for order in orders
        if order.is_voided or order.state != OrderState.OPEN or order.version != wanted[order.pk]
    ]
    if changed:
        message = ngettext(
            "Meanwhile an order of this person was changed: %(names)s. Look at the list again.",
            "Meanwhile orders of these people were changed: %(names)s. Look at the list again.",
            len(changed),
        )
        names = _(", ").join(order.trainee.person.name for order in changed)
        raise ValidationError(message % {"names": names}, code="changed")
    return orders


def _close_gaps(order: Order, *, actor: "User") -> int:
    """The live orders of the person in the round get the priorities from 1 on, in the order they have; how many there are."""
    rows = Order.objects.live().filter(trainee=order.trainee_id, round=order.round_id)
    with history.changes_many(rows.order_by(*BY_PRIORITY), actor=actor, verb="training.order.moved") as listed:
        for number, row in enumerate(listed, start=1):
            row.priority = min(number, MOST_ORDERS)
        Order.objects.bulk_update(listed, ["priority"])
    return len(listed)


def _after_all(order: Order, *, actor: "User") -> int:
    """The priority after all live orders of the round; orders that were answered or served leave no gap to fall into."""
    return _close_gaps(order, actor=actor) + 1


def _set_state(order: Order, state: OrderState, *, verb: str, actor: "User", reason: str = "", **values: Any) -> Order:
    with history.change(order, actor=actor, verb=verb, reason=reason):
        for name, value in values.items():
            setattr(order, name, value)
        order.state = state
        order.closed_on = None if state in LIVE_ORDERS else timezone.localdate()
        clean(order)
        order.save()
    return order
