"""What may be ordered, and what is refused with which words beside which field."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.people.models import Trainee
from cadre_app.training.models import Course, Enrolment, Order, OrderRound, OrderState, Place
from cadre_app.training.services import orders as services
from cadre_app.training.services import rounds
from tests.factories import TraineeFactory
from tests.training.factories import enrol, make_course, make_session
from tests.training.orders.factories import make_order, make_round

pytestmark = pytest.mark.django_db
LONG_AGO, DAY = timedelta(days=30), timedelta(days=1)


def codes(error: ValidationError) -> dict[str, list[str]]:
    """The codes of what was refused, by field."""
    found = getattr(error, "error_dict", {"__all__": getattr(error, "error_list", [])})
    return {name: [str(single.code) for single in errors] for name, errors in found.items()}


def refused(trainee: Trainee, actor: User, **values: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        services.place_order(trainee, actor=actor, **values)
    return codes(caught.value)


def test_a_course_and_a_wish_get_the_next_priorities(
    trainee: Trainee, person: User, taken: OrderRound, course: Course
) -> None:
    first = services.place_order(trainee, round=taken, course=course, actor=person)
    second = services.place_order(trainee, round=taken, kind="outdoor", wish=" 山地  救护 ", actor=person)
    assert (first.kind, first.priority, first.ordered_on) == ("writing", 1, timezone.localdate())
    assert (second.course, second.kind, second.wish, second.priority) == (None, "outdoor", "山地 救护", 2)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"is_offered": False}, {"course": ["course_closed"]}),
        ({"voided_at": timezone.now()}, {"course": ["course_closed"]}),
    ],
)
def test_a_course_closed_since_the_page_was_opened_is_refused(
    change: dict[str, Any],
    expected: dict[str, list[str]],
    trainee: Trainee,
    person: User,
    taken: OrderRound,
    course: Course,
) -> None:
    Course.objects.filter(pk=course.pk).update(**change)
    assert refused(trainee, person, round=taken, course=course) == expected


def test_a_round_that_has_closed_is_refused(trainee: Trainee, person: User, course: Course) -> None:
    closed = make_round(opens_on=timezone.localdate() - LONG_AGO, closes_on=timezone.localdate() - DAY)
    assert refused(trainee, person, round=closed, course=course) == {"round": ["round_closed"]}


def test_the_same_course_twice_is_refused(trainee: Trainee, person: User, taken: OrderRound, course: Course) -> None:
    make_order(trainee, course, round=make_round("上一轮"))
    assert refused(trainee, person, round=taken, course=course) == {"course": ["course"]}


def test_more_than_the_round_takes_is_refused_until_one_is_withdrawn(
    trainee: Trainee, person: User, taken: OrderRound, course: Course
) -> None:
    live = [make_order(trainee, make_course(f"课{n}"), round=taken, priority=n) for n in (1, 2, 3)]
    assert refused(trainee, person, round=taken, course=course) == {"__all__": ["too_many"]}
    services.withdraw_order(live[1], actor=person)
    assert services.place_order(trainee, round=taken, course=course, actor=person).priority == 3


@pytest.mark.parametrize(("wanted", "code"), [(1, "priority_taken"), (4, "priority")])
def test_a_priority_that_is_taken_or_too_high_is_refused(
    wanted: int, code: str, trainee: Trainee, person: User, taken: OrderRound, course: Course
) -> None:
    make_order(trainee, make_course("课一"), round=taken, priority=1)
    assert refused(trainee, person, round=taken, course=course, priority=wanted) == {"priority": [code]}


def test_what_is_ordered_after_an_answer_comes_after_all_others(
    trainee: Trainee, person: User, staff: User, taken: OrderRound, course: Course
) -> None:
    live = [make_order(trainee, make_course(f"课{n}"), round=taken, priority=n) for n in (1, 2, 3)]
    services.answer_orders(picks=[(live[0], 1)], answer="明年开班", actor=staff)
    assert services.place_order(trainee, round=taken, course=course, actor=person).priority == 3
    services.take_answer_back(live[0], actor=staff)
    rows = Order.objects.order_by("priority").values_list("course__title", "priority")
    assert list(rows) == [("课1", 1), ("课2", 2), ("课3", 3), (course.title, 4)]


def test_a_round_of_the_advanced_plan_says_by_which_rule_it_refuses(
    trainee: Trainee, person: User, course: Course
) -> None:
    narrow = make_round(for_advanced_only=True)
    with pytest.raises(ValidationError) as caught:
        services.place_order(trainee, round=narrow, course=course, actor=person)
    assert codes(caught.value) == {"round": ["not_advanced"]}
    assert "程砚书" in str(caught.value)
    Trainee.objects.filter(pk=trainee.pk).update(term_ends_on=timezone.localdate() - DAY)
    assert services.place_order(trainee, round=narrow, course=course, actor=person).round == narrow


def test_a_paper_order_counts_on_its_day_also_after_the_round_has_closed(
    trainee: Trainee, staff: User, course: Course
) -> None:
    today = timezone.localdate()
    closed = make_round(opens_on=today - LONG_AGO, closes_on=today - DAY)
    order = services.place_order(trainee, round=closed, course=course, ordered_on=today - 2 * DAY, actor=staff)
    assert order.ordered_on == today - 2 * DAY
    other = TraineeFactory.create()
    assert refused(other, staff, round=closed, course=course, ordered_on=today + DAY) == {"ordered_on": ["future"]}


def test_on_the_day_a_round_is_closed_only_paper_orders_of_that_day_are_taken(
    trainee: Trainee, person: User, staff: User, taken: OrderRound, course: Course
) -> None:
    closed = rounds.close_round(taken, actor=staff)
    with pytest.raises(ValidationError, match=r"2026年第四季度点单.*closed on|已于"):
        services.place_order(trainee, round=closed, course=course, actor=person)
    today = timezone.localdate()
    assert services.place_order(trainee, round=closed, course=course, ordered_on=today, actor=staff).round == closed


def test_withdrawing_and_ordering_again_takes_a_free_priority(
    trainee: Trainee, person: User, taken: OrderRound, course: Course
) -> None:
    order = make_order(trainee, course, round=taken, priority=1)
    services.withdraw_order(order, actor=person)
    make_order(trainee, make_course("课一"), round=taken, priority=1)
    again = services.order_again(order, actor=person)
    assert (again.state, again.priority, again.closed_on) == (OrderState.OPEN, 2, None)


@pytest.mark.parametrize(
    ("state", "code"),
    [(OrderState.SCHEDULED, "has_place"), (OrderState.SERVED, "closed")],
)
def test_what_has_a_place_is_not_withdrawn(
    state: str, code: str, trainee: Trainee, person: User, taken: OrderRound, course: Course
) -> None:
    order = make_order(trainee, course, round=taken, state=state)
    with pytest.raises(ValidationError) as caught:
        services.withdraw_order(order, actor=person)
    assert codes(caught.value) == {"__all__": [code]}


@pytest.mark.parametrize("days", [10, 0, -21])
def test_whoever_withdraws_an_order_that_waits_waits_no_longer_also_once_the_session_has_begun(
    days: int, trainee: Trainee, person: User, taken: OrderRound, course: Course
) -> None:
    order = make_order(trainee, course, round=taken, state=OrderState.WAITING)
    session = make_session(course, on=timezone.localdate() + days * DAY, capacity=1)
    row = enrol(session, trainee, Place.WAITING, order=order)
    assert services.withdraw_order(order, actor=person).state == OrderState.WITHDRAWN
    row.refresh_from_db()
    assert (row.place, row.told_at is not None) == (Place.DECLINED, True)
    assert services.order_again(order, actor=person).state == OrderState.OPEN


def test_whoever_has_a_place_in_a_coming_session_does_not_order_its_course(
    trainee: Trainee, person: User, staff: User, taken: OrderRound, course: Course
) -> None:
    session = make_session(course)
    placed = enrol(session, trainee)
    wish = make_order(trainee, round=taken, wish="想学公文")
    assert refused(trainee, person, round=taken, course=course) == {"course": ["has_place"]}
    with pytest.raises(ValidationError) as caught:
        services.assign_course(picks=[(wish, 1)], course=course, actor=staff)
    assert codes(caught.value) == {"__all__": ["doubled"]}
    Enrolment.objects.filter(pk=placed.pk).update(place=Place.WAITING)
    assert services.place_order(trainee, round=taken, course=course, actor=person).course == course


def test_moving_swaps_with_the_neighbour(trainee: Trainee, person: User, taken: OrderRound) -> None:
    first, second, third = (make_order(trainee, make_course(f"课{n}"), round=taken, priority=n) for n in (1, 2, 3))
    services.move_order(third, direction=services.UP, actor=person)
    services.move_order(first, direction=services.UP, actor=person)
    rows = Order.objects.order_by("priority").values_list("pk", flat=True)
    assert list(rows) == [first.pk, third.pk, second.pk]


def test_an_answer_closes_orders_and_is_taken_back(trainee: Trainee, staff: User, taken: OrderRound) -> None:
    order = make_order(trainee, round=taken, wish="乡村电商直播")
    services.answer_orders(picks=[(order, order.version)], answer="明年第一季度开班", actor=staff)
    answered = Order.objects.get(pk=order.pk)
    assert (answered.state, answered.answer) == (OrderState.ANSWERED, "明年第一季度开班")
    again = services.take_answer_back(answered, actor=staff)
    assert (again.state, again.answer, again.closed_on) == (OrderState.OPEN, "", None)


def test_an_answer_to_what_changed_meanwhile_is_refused_whole(
    trainee: Trainee, staff: User, person: User, taken: OrderRound
) -> None:
    order = make_order(trainee, round=taken, wish="乡村电商直播")
    other = make_order(TraineeFactory.create(), round=taken, wish="乡村电商直播")
    services.withdraw_order(order, actor=person)
    with pytest.raises(ValidationError) as caught:
        services.answer_orders(picks=[(order, 1), (other, 1)], answer="明年开班", actor=staff)
    assert codes(caught.value) == {"__all__": ["changed"]}
    assert Order.objects.get(pk=other.pk).state == OrderState.OPEN


def test_wishes_put_to_a_course_join_its_group(
    trainee: Trainee, staff: User, taken: OrderRound, course: Course
) -> None:
    wish = make_order(trainee, round=taken, wish="调研报告怎么写", kind="rural_methods")
    services.assign_course(picks=[(wish, wish.version)], course=course, actor=staff)
    wish.refresh_from_db()
    assert (wish.course, wish.kind, wish.wish) == (course, "writing", "调研报告怎么写")
    doubled = make_order(trainee, round=taken, wish="再来一次")
    with pytest.raises(ValidationError) as caught:
        services.assign_course(picks=[(doubled, 1)], course=course, actor=staff)
    assert codes(caught.value) == {"__all__": ["doubled"]}


@pytest.mark.parametrize("days", [7, 0])
def test_a_round_closes_at_once_also_on_its_first_day_and_opens_again(
    days: int, trainee: Trainee, staff: User, taken: OrderRound, course: Course
) -> None:
    today = timezone.localdate()
    OrderRound.objects.filter(pk=taken.pk).update(opens_on=today - days * DAY)
    make_order(TraineeFactory.create(), course, round=taken)
    closed = rounds.close_round(taken, actor=staff)
    assert (closed.closes_on, closed.is_open, OrderRound.objects.open_on(today).exists()) == (today, False, False)
    assert refused(trainee, staff, round=closed, course=course) == {"round": ["round_closed"]}
    same = {"opens_on": closed.opens_on, "closes_on": today, "most": 3, "for_advanced_only": False}
    assert not rounds.change_round(closed, title="改名", **same, actor=staff).is_open
    assert rounds.reopen_round(closed, closes_on=today, actor=staff).is_open


def test_a_round_in_which_somebody_ordered_is_not_voided_and_holds_their_days(
    trainee: Trainee, staff: User, taken: OrderRound, course: Course
) -> None:
    make_order(trainee, course, round=taken)
    with pytest.raises(ValidationError) as caught:
        rounds.void_round(taken, reason="误建", actor=staff)
    assert codes(caught.value) == {"__all__": ["has_orders"]}
    with pytest.raises(ValidationError) as caught:
        tomorrow = timezone.localdate() + DAY
        rounds.change_round(taken, title="改", opens_on=tomorrow, closes_on=tomorrow, most=3, actor=staff)
    assert codes(caught.value) == {"opens_on": ["orders_before"]}
    for number in (1, 2):
        make_order(trainee, make_course(f"课{number}"), round=taken, priority=number + 1)
    with pytest.raises(ValidationError) as caught:
        rounds.change_round(taken, title="改", opens_on=taken.opens_on, closes_on=taken.closes_on, most=2, actor=staff)
    assert codes(caught.value) == {"most": ["orders_above"]}
