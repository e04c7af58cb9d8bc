"""An order follows its places."""

import pytest

from cadre_app.training.models import CourseSession, Enrolment, Order, OrderState, Outcome, Place, SessionState
from cadre_app.training.services.order_states import follow_places
from tests.factories import TraineeFactory, UserFactory
from tests.training.factories import enrol, make_course, make_session
from tests.training.orders.factories import make_order, make_round

pytestmark = pytest.mark.django_db


def state_after(place: Place, *, before: str = "open", outcome: str = "", **session: str) -> str:
    """The state of an order with one such place once it has followed."""
    trainee = TraineeFactory.create()
    order = make_order(trainee, make_course(), round=make_round(), state=before)
    reason = "当日值班" if place == Place.DECLINED else ""
    placed = enrol(make_session(order.course), trainee, place, order=order, outcome=outcome, decline_reason=reason)
    CourseSession.objects.filter(pk=placed.session_id).update(**session)
    follow_places([placed], actor=UserFactory.create())
    order.refresh_from_db()
    assert (order.closed_on is not None) == (order.state == OrderState.SERVED)
    return order.state


@pytest.mark.parametrize(
    ("place", "outcome", "session", "expected"),
    [
        (Place.ENROLLED, "", {}, OrderState.SCHEDULED),
        (Place.WAITING, "", {}, OrderState.WAITING),
        (Place.DECLINED, "", {}, OrderState.OPEN),
        (Place.ENROLLED, Outcome.COMPLETED, {}, OrderState.SERVED),
        (Place.ENROLLED, Outcome.ABSENT, {}, OrderState.OPEN),
        (Place.WAITING, "", {"state": SessionState.FINISHED}, OrderState.OPEN),
        (Place.ENROLLED, "", {"state": SessionState.CANCELLED, "cancel_reason": "台风"}, OrderState.OPEN),
    ],
)
def test_an_order_follows_its_place(place: Place, outcome: str, session: dict[str, str], expected: str) -> None:
    assert state_after(place, outcome=outcome, **session) == expected


def test_a_served_order_whose_outcome_is_taken_back_is_scheduled_again() -> None:
    assert state_after(Place.ENROLLED, before=OrderState.SERVED) == OrderState.SCHEDULED


def test_an_order_that_was_ordered_again_stays_served() -> None:
    trainee, course, taken = TraineeFactory.create(), make_course(), make_round()
    served = make_order(trainee, course, round=taken, state=OrderState.SERVED)
    make_order(trainee, course, round=taken)
    placed = enrol(make_session(course), trainee, order=served)
    follow_places([placed], actor=None)
    served.refresh_from_db()
    assert served.state == OrderState.SERVED


@pytest.mark.parametrize("state", [OrderState.WITHDRAWN, OrderState.ANSWERED])
def test_withdrawn_and_answered_orders_stay_closed(state: str) -> None:
    trainee = TraineeFactory.create()
    order = make_order(trainee, make_course(), round=make_round(), state=state, answer="明年再开")
    placed = enrol(make_session(order.course), trainee, order=order)
    follow_places([placed], actor=None)
    assert Order.objects.get(pk=order.pk).state == state


def test_many_orders_follow_in_the_same_number_of_queries(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    course, taken = make_course(), make_round()
    session = make_session(course)
    places: list[Enrolment] = []
    for number in (1, 3):
        for _each in range(number):
            trainee = TraineeFactory.create()
            places.append(enrol(session, trainee, order=make_order(trainee, course, round=taken)))
        with django_assert_num_queries(7):
            follow_places(places, actor=None)
        places = []
    assert Order.objects.filter(state=OrderState.SCHEDULED, closed_on=None).count() == 4
