"""A session opened from orders: places by priority and day, clashes, waiting lists, two at once."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core import busy
from cadre_app.core.busy import Busy, Taken
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.models import Trainee
from cadre_app.training.models import (
    Camp,
    CampMember,
    Course,
    CourseSession,
    Enrolment,
    Order,
    OrderRound,
    OrderState,
    Place,
)
from cadre_app.training.services import sessions
from cadre_app.training.services.openings import hours_of, open_from_orders
from cadre_app.training.services.orders import withdraw_order
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UnitFactory, UserFactory
from tests.training.factories import enrol, make_course, make_session, make_teacher
from tests.training.orders.factories import make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def orders(town: Unit, taken: OrderRound, course: Course) -> list[Order]:
    """Of three people, in the order in which they are served: by priority, then by day."""
    today = timezone.localdate()
    wanted = [(1, 3), (1, 1), (2, 9)]
    return [
        make_order(
            TraineeFactory.create(home_unit=town, person=PersonFactory.create(name=f"学员{number}")),
            course,
            round=taken,
            priority=priority,
            ordered_on=today - timedelta(days=days),
        )
        for number, (priority, days) in enumerate(wanted, start=1)
    ]


def opened(course: Course, orders: list[Order], actor: User, **values: Any) -> CourseSession:
    given = {
        "picks": [(order.pk, order.version) for order in orders],
        "days": [timezone.localdate() + timedelta(days=20)],
        "starts_at": time(14, 0),
        "ends_at": time(17, 0),
        "teacher": None,
        "place": "区委党校203教室",
        "capacity": 24,
    } | values
    return open_from_orders(course, actor=actor, **given)


def states() -> list[str]:
    return list(Order.objects.order_by("trainee__person__name").values_list("state", flat=True))


def test_places_go_by_priority_and_day_and_the_rest_waits(course: Course, orders: list[Order], staff: User) -> None:
    session = opened(course, orders[::-1], staff, capacity=2)
    assert (session.is_on_demand, session.programme, session.hours, session.enrolled) == (True, "advanced", 3, 2)
    assert states() == [OrderState.SCHEDULED, OrderState.SCHEDULED, OrderState.WAITING]


def test_those_left_out_keep_their_order(course: Course, orders: list[Order], staff: User) -> None:
    opened(course, orders[:1], staff)
    assert states() == [OrderState.SCHEDULED, OrderState.OPEN, OrderState.OPEN]


def test_a_second_opening_of_the_same_group_is_refused_and_doubles_nothing(
    course: Course, orders: list[Order], staff: User
) -> None:
    opened(course, orders, staff)
    with pytest.raises(ValidationError) as caught:
        opened(course, orders, staff)
    assert "学员1、学员2、学员3" in str(caught.value).replace(", ", "、")
    assert (CourseSession.objects.count(), Enrolment.objects.count()) == (1, 3)


def test_whoever_waited_elsewhere_waits_there_no_longer(course: Course, orders: list[Order], staff: User) -> None:
    full = make_session(course, capacity=1)
    enrol(full, orders[0].trainee, Place.WAITING, order=orders[0])
    Order.objects.filter(pk=orders[0].pk).update(state=OrderState.WAITING)
    opened(course, orders[:1], staff)
    assert states()[0] == OrderState.SCHEDULED
    assert Enrolment.objects.get(session=full).place == Place.DECLINED


def test_a_session_taken_up_again_leaves_out_who_goes_to_another_one_and_who_withdrew(
    course: Course, orders: list[Order], staff: User
) -> None:
    first = opened(course, orders, staff)
    sessions.cancel_session(first, reason="台风", actor=staff)
    orders = list(Order.objects.order_by("trainee__person__name"))
    withdraw_order(orders[1], actor=staff)
    opened(course, orders[:1], staff)
    sessions.reopen_session(CourseSession.objects.get(pk=first.pk), actor=staff)
    places = Enrolment.objects.filter(session=first).order_by("trainee__person__name")
    assert list(places.values_list("place", flat=True)) == [Place.DECLINED, Place.DECLINED, Place.ENROLLED]
    assert CourseSession.objects.get(pk=first.pk).enrolled == 1
    assert states() == [OrderState.SCHEDULED, OrderState.WITHDRAWN, OrderState.SCHEDULED]


def test_whoever_gets_a_place_by_a_session_taken_up_again_waits_nowhere_else(
    course: Course, orders: list[Order], staff: User
) -> None:
    first = opened(course, orders[:1], staff)
    sessions.cancel_session(first, reason="台风", actor=staff)
    second = opened(course, list(Order.objects.order_by("trainee__person__name")), staff, capacity=1)
    Enrolment.objects.filter(session=second).update(place=Place.WAITING)
    sessions.reopen_session(CourseSession.objects.get(pk=first.pk), actor=staff)
    assert Enrolment.objects.get(session=second, trainee=orders[0].trainee).place == Place.DECLINED
    assert states()[0] == OrderState.SCHEDULED


def test_hours_are_shared_out_among_the_days(course: Course, orders: list[Order], staff: User) -> None:
    first = timezone.localdate() + timedelta(days=20)
    session = opened(course, orders, staff, days=[first, first + timedelta(days=1)])
    assert [float(hours) for hours in session.meetings.values_list("hours", flat=True)] == [1.5, 1.5]
    assert [float(hours) for hours in hours_of(make_course("四天", hours=Decimal(10)), 3)] == [3.3, 3.3, 3.4]
    with pytest.raises(ValidationError):
        hours_of(make_course("半天", hours=Decimal(1)), 4)


def taken_on(trainee: Trainee, day: Any) -> Busy:
    """Somebody who is on leave all of a day."""
    starts = timezone.make_aware(datetime.combine(day, time.min))
    one = Taken(trainee.pk, starts, starts + timedelta(days=1), "年休假", trainee.pk, is_whole=True)
    return Busy("请假", lambda trainees, since, until: [one] if one.starts < until and since < one.ends else [])


def test_whoever_is_not_free_is_left_out_and_can_be_kept(
    client: Client, course: Course, orders: list[Order], staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = timezone.localdate() + timedelta(days=20)
    monkeypatch.setitem(busy.busies._items, "test", taken_on(orders[0].trainee, day))
    client.force_login(staff)
    url = reverse("training:demand_open", kwargs={"pk": course.pk})
    data = {
        "held_on": f"{day:%Y-%m-%d}",
        "starts_at": "14:00",
        "ends_at": "17:00",
        "place": "203教室",
        "capacity": "24",
        "pick": [f"{order.pk}@1" for order in orders],
    }
    asked = client.post(url, data)
    assert (asked.status_code, asked.context["found"].unseen, CourseSession.objects.count()) == (200, ["学员1"], 0)
    assert [row.is_picked for row in asked.context["found"].rows] == [False, True, True]
    kept = client.post(url, data | {"known": str(orders[0].pk)})
    assert (kept.status_code, CourseSession.objects.get().enrolled) == (302, 3)


def test_what_is_typed_wrongly_stands_beside_its_field_and_people_stay_picked(
    client: Client, course: Course, orders: list[Order], staff: User
) -> None:
    client.force_login(staff)
    day = f"{timezone.localdate() - timedelta(days=1):%Y-%m-%d}"
    data = {"held_on": day, "second_day": day, "starts_at": "14:00", "ends_at": "13:00", "capacity": "0"}
    data |= {"pick": f"{orders[1].pk}@1", "third_day": "0001-01-01"}
    page = client.post(reverse("training:demand_open", kwargs={"pk": course.pk}), data)
    wrong = sorted(page.context["form"].errors)
    assert wrong == ["capacity", "ends_at", "held_on", "second_day", "third_day"]
    assert [row.is_picked for row in page.context["found"].rows] == [False, True, False]


def test_a_closed_course_is_still_opened_for_those_who_ordered_it(
    client: Client, course: Course, orders: list[Order], staff: User
) -> None:
    Course.objects.filter(pk=course.pk).update(is_offered=False)
    client.force_login(staff)
    page = client.get(reverse("training:demand_open", kwargs={"pk": course.pk}))
    assert (
        page.context["may_keep"],
        reverse("training:course_reopen", kwargs={"pk": course.pk}) in str(page.content),
    ) == (
        True,
        True,
    )
    assert opened(course, orders, staff).enrolled == 3


def test_whoever_only_teaches_opens_for_oneself_and_reaches_the_session(
    client: Client, town: Unit, course: Course, orders: list[Order]
) -> None:
    account = UserFactory.create(kind=AccountKind.TRAINER, unit=town)
    mine = make_teacher("温绍儒", account=account)
    course.teachers.add(mine, make_teacher("尹若蘅"))
    client.force_login(account)
    url = reverse("training:demand_open", kwargs={"pk": course.pk})
    day = f"{timezone.localdate() + timedelta(days=20):%Y-%m-%d}"
    data = {"held_on": day, "starts_at": "14:00", "ends_at": "17:00", "capacity": "9", "pick": f"{orders[0].pk}@1"}
    page = client.post(url, data)
    assert (sorted(page.context["form"].errors), list(page.context["form"].fields["teacher"].queryset)) == (
        ["teacher"],
        [mine],
    )
    assert client.post(url, data | {"teacher": mine.pk}, follow=True).status_code == 200
    assert CourseSession.objects.get().teacher == mine


def test_whoever_only_teaches_reads_that_somebody_is_not_free_and_not_why(
    client: Client, town: Unit, course: Course, orders: list[Order]
) -> None:
    account = UserFactory.create(kind=AccountKind.TRAINER, unit=town, language="en")
    course.teachers.add(make_teacher("温绍儒", account=account))
    camp = Camp.objects.create(year=timezone.localdate().year, reference_on=timezone.localdate() - timedelta(days=90))
    CampMember.objects.create(
        camp=camp, trainee=orders[0].trainee, grade=1, months=3, rule="grade", joined_on=camp.reference_on,
        paused_reason="产假",
    )  # fmt: skip
    client.force_login(account)
    found = client.get(reverse("training:demand_open", kwargs={"pk": course.pk})).context["found"]
    assert [row.clashes for row in found.rows] == [["Not free at that time"], [], []]


def test_staff_plan_for_their_own_people_and_are_told_whom_to_phone(
    client: Client, course: Course, orders: list[Order], staff: User, taken: OrderRound
) -> None:
    far = UnitFactory.create(name="潮音镇", kind=UnitKind.TOWN)
    GrantFactory.create(user=staff, role=Role.LIAISON, unit=far)
    other = make_order(TraineeFactory.create(home_unit=far), course, round=taken)
    client.force_login(staff)
    url = reverse("training:demand_open", kwargs={"pk": course.pk})
    found = client.get(url).context["found"]
    assert ([row.order for row in found.rows], found.left_out) == (orders, 0)
    day = f"{timezone.localdate() + timedelta(days=20):%Y-%m-%d}"
    picks = [f"{order.pk}@1" for order in (orders[0], other)]
    data = {"held_on": day, "starts_at": "14:00", "ends_at": "17:00", "capacity": "9", "pick": picks}
    page = client.post(url, data | {"submission": (token := str(uuid4()))}, follow=True)
    assert list(Enrolment.objects.values_list("trainee", flat=True)) == [orders[0].trainee_id]
    assert orders[0].trainee.person.name in str(next(iter(page.context["messages"])))
    assert client.post(url, data | {"submission": token}).status_code == 302


def test_a_session_is_opened_for_those_whom_the_conditions_of_the_board_keep(
    client: Client, course: Course, orders: list[Order], staff: User
) -> None:
    other = UnitFactory.create(name="区文旅局", kind=UnitKind.DEPARTMENT, parent=orders[0].trainee.home_unit)
    Trainee.objects.filter(pk=orders[0].trainee_id).update(home_unit=other)
    client.force_login(staff)
    page = client.get(reverse("training:demand_open", kwargs={"pk": course.pk}) + "?post=town")
    found = page.context["found"]
    assert ([row.order.trainee.person.name for row in found.rows], found.left_out) == (["学员2", "学员3"], 1)


def test_the_proposal_names_who_taught_most_and_where_it_was_last(
    client: Client, course: Course, orders: list[Order], staff: User
) -> None:
    often, seldom = make_teacher("唐敬之"), make_teacher("安老师")
    course.teachers.add(often, seldom)
    for days in (10, 40):
        make_session(course, on=timezone.localdate() - timedelta(days=days), teacher=often, place="党校101")
    client.force_login(staff)
    page = client.get(reverse("training:demand_open", kwargs={"pk": course.pk}))
    form = page.context["form"]
    assert (form.initial["teacher"], form.initial["place"], form.initial["capacity"]) == (often.pk, "党校101", 12)
    assert form.fields["teacher"].taught == {often.pk: 2}
