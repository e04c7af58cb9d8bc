"""Two posts at one moment: nothing is ordered or opened twice."""

import threading
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.training.models import Course, CourseSession, Enrolment, Order, OrderRound
from cadre_app.training.services import orders
from cadre_app.training.services.courses import void_course
from cadre_app.training.services.openings import open_from_orders
from cadre_app.training.services.orders import place_order
from cadre_app.training.services.rounds import void_round
from tests.accounts.test_races import at_once
from tests.factories import TraineeFactory
from tests.training.orders.factories import make_order

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_four_presses_on_one_course_one_orders_it(staff: User, taken: OrderRound, course: Course) -> None:
    trainee = TraineeFactory.create()

    def press() -> object:
        return place_order(trainee, round=taken, course=course, actor=staff).pk

    outcomes = at_once(*[press] * 4)
    assert (outcomes.count("refused"), Order.objects.count()) == (3, 1)


@pytest.mark.parametrize("void", [void_course, void_round])
def test_what_somebody_orders_at_that_moment_is_not_voided(
    staff: User, taken: OrderRound, course: Course, void: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order has passed its checks and is not written yet."""
    checked, real = threading.Event(), orders.check_slots
    trainee = TraineeFactory.create()

    def slowly(slots: Any) -> None:
        real(slots)
        checked.set()
        time_to_void.wait(0.5)

    def voiding() -> object:
        checked.wait(5)
        return void(course if void is void_course else taken, reason="误录", actor=staff).pk

    time_to_void = threading.Event()
    monkeypatch.setattr(orders, "check_slots", slowly)
    outcomes = at_once(lambda: place_order(trainee, round=taken, course=course, actor=staff).pk, voiding)
    assert (outcomes.count("refused"), Order.objects.standing().count()) == (1, 1)


def test_of_two_who_open_the_same_group_one_does(staff: User, taken: OrderRound, course: Course) -> None:
    orders = [make_order(TraineeFactory.create(), course, round=taken) for _each in range(3)]
    day = timezone.localdate() + timedelta(days=20)

    def opening() -> Callable[[], object]:
        return lambda: (
            open_from_orders(
                course,
                picks=[(order.pk, order.version) for order in orders],
                days=[day],
                starts_at=time(14, 0),
                ends_at=time(17, 0),
                teacher=None,
                place="203教室",
                capacity=2,
                actor=staff,
            ).pk
        )

    outcomes = at_once(opening(), opening())
    assert (outcomes.count("refused"), CourseSession.objects.count(), Enrolment.objects.count()) == (1, 1, 3)
