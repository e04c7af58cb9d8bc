"""Two posts at one moment: nothing is ordered or opened twice."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.training.models import Course, CourseSession, Enrolment, Order, OrderRound
from cadre_app.training.services.openings import open_from_orders
from cadre_app.training.services.orders import place_order
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
