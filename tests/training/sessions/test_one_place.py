"""One place in a course: whoever gets it waits in no other session of it, and the order follows."""

from datetime import date, time

import pytest

from cadre_app.training.models import CourseSession, Enrolment, OrderState, Place
from cadre_app.training.services import orders as ordering
from cadre_app.training.services import rosters
from cadre_app.training.services.openings import open_from_orders
from cadre_app.training.services.orders import withdraw_order
from tests.training.factories import make_session
from tests.training.orders.factories import make_order, make_round
from tests.training.sessions.test_rosters import refused

GONE, FIRST = "林安", "林博"


def places(room):
    """Day of the session and place of whoever waited first."""
    rows = Enrolment.objects.filter(trainee=room.person(FIRST)).order_by("session__starts_on")
    return {row.session.starts_on.day: row.place for row in rows.select_related("session")}


def give_up(room):
    row = Enrolment.objects.get(session=room.session, trainee=room.person(GONE))
    rosters.decline(row, reason="下乡防汛", actor=room.user(GONE))


@pytest.fixture
def full(room):
    """One place, taken; the second person waits, by an order where the test made one before."""
    CourseSession.objects.update(capacity=1)
    rosters.place_many(room.session, trainees=[room.person(GONE)], actor=room.staff)
    return room


@pytest.mark.parametrize("by", ["sign_up", "staff"])
def test_whoever_waits_and_gets_a_place_elsewhere_waits_no_longer(full, by):
    order = make_order(full.person(FIRST), full.session.course, round=make_round())
    rosters.place_many(full.session, trainees=[full.person(FIRST)], actor=full.staff)
    other = make_session(full.session.course, on=date(2026, 12, 10), takes_sign_ups=True)
    if by == "sign_up":
        rosters.sign_up(other, trainee=full.person(FIRST), actor=full.user(FIRST))
    else:
        rosters.place_many(other, trainees=[full.person(FIRST)], actor=full.staff)
    give_up(full)
    order.refresh_from_db()
    assert (places(full), order.state) == ({3: Place.DECLINED, 10: Place.ENROLLED}, OrderState.SCHEDULED)


def test_whoever_waits_in_two_sessions_moves_up_in_one(full):
    taken, first = make_round(), full.person("林丹")
    wanted = enumerate((first, full.person(FIRST)), start=1)
    made = [make_order(one, full.session.course, round=taken, priority=number) for number, one in wanted]
    rosters.place_many(full.session, trainees=[full.person(FIRST)], actor=full.staff)
    for order in made:
        order.refresh_from_db()
    other = open_from_orders(
        full.session.course, picks=[(order.pk, order.version) for order in made], days=[date(2026, 12, 10)],
        starts_at=time(14), ends_at=time(17), teacher=None, place="203教室", capacity=1, actor=full.staff,
    )  # fmt: skip
    assert places(full) == {3: Place.WAITING, 10: Place.WAITING}
    give_up(full)
    rosters.leave(Enrolment.objects.get(session=other, trainee=first), reason="调整", actor=full.staff)
    made[1].refresh_from_db()
    assert (places(full), made[1].state) == ({3: Place.ENROLLED, 10: Place.DECLINED}, OrderState.SCHEDULED)


def test_an_order_placed_while_waiting_is_scheduled_by_moving_up(full):
    rosters.sign_up(full.session, trainee=full.person(FIRST), actor=full.user(FIRST))
    order = ordering.place_order(
        full.person(FIRST), round=make_round(), course=full.session.course, actor=full.user(FIRST)
    )
    give_up(full)
    order.refresh_from_db()
    assert (order.state, full.row(FIRST).order) == (OrderState.SCHEDULED, order)


def test_a_second_place_is_refused_to_oneself_and_staff_are_warned(full, client_of):
    other = make_session(full.session.course, on=date(2026, 12, 10), takes_sign_ups=True)
    assert refused(rosters.sign_up, other, trainee=full.person(GONE), actor=full.user(GONE)) == ["has_place"]
    assert client_of(full.user(GONE)).get("/training/").context["offers"] == []
    client, url = client_of(full.staff), f"/training/sessions/{other.pk}/people/"
    assert list(client.post(url, {"names": GONE}).context["form"].errors["go_on"]) == [
        "A place in another session of this course already:",
        "林安: 3 Dec 2026",
    ]
    assert client.post(url, {"names": GONE, "go_on": "on"}).status_code == 302


def test_whoever_was_taken_off_by_the_department_does_not_sign_up_again(full, client_of):
    rosters.leave(full.row(GONE), reason="不属于本班对象", actor=full.staff)
    client = client_of(full.user(GONE))
    page = client.get(f"/training/sessions/{full.session.pk}/")
    assert (page.context["may_sign_up"], client.get("/training/").context["offers"]) == (False, [])
    assert "不属于本班对象. Ask there" in page.context["refusal"]
    assert refused(rosters.sign_up, full.session, trainee=full.person(GONE), actor=full.user(GONE)) == ["kept_off"]
    rosters.place_many(full.session, trainees=[full.person(GONE)], actor=full.staff)
    give_up(full)
    assert rosters.sign_up(full.session, trainee=full.person(GONE), actor=full.user(GONE)).has_place


def test_whoever_withdrew_an_order_may_sign_up_later(full):
    order = make_order(full.person(FIRST), full.session.course, round=make_round())
    rosters.place_many(full.session, trainees=[full.person(FIRST)], actor=full.staff)
    order.refresh_from_db()
    withdraw_order(order, actor=full.user(FIRST))
    assert rosters.sign_up(full.session, trainee=full.person(FIRST), actor=full.user(FIRST)).place == Place.WAITING
