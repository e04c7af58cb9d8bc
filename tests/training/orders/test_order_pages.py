"""The own page, the board, the lists: what they show, what one press does, and that they ask as little for many rows."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from cadre_app.accounts.models import User
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.models import Trainee, VillageTerm
from cadre_app.training.lists.demand import demanded_by_others, groups_of, limits_on, with_posts
from cadre_app.training.lists.demand_export import demand_table
from cadre_app.training.models import Course, Order, OrderRound, OrderState
from cadre_app.training.panels.orders import own_rounds
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UnitFactory, UserFactory
from tests.training.factories import enrol, make_course, make_session
from tests.training.orders.factories import make_order, make_round

pytestmark = pytest.mark.django_db
OWN = "training:order_own"
SETTINGS = 2  # group size and days of waiting, read once per request
Queries = Callable[[int], Any]


def test_one_press_orders_a_course_and_a_second_one_says_so(
    client: Client, trainee: Trainee, person: User, taken: OrderRound, course: Course
) -> None:
    client.force_login(person)
    data = {"round": taken.pk, "course": course.pk}
    assert client.post(reverse(OWN), data).status_code == 302
    again = client.post(reverse(OWN), data)
    assert (again.status_code, sorted(again.context["form"].errors), Order.objects.count()) == (200, ["course"], 1)


def test_a_course_closed_meanwhile_is_refused_on_the_page(
    client: Client, trainee: Trainee, person: User, taken: OrderRound, course: Course
) -> None:
    Course.objects.filter(pk=course.pk).update(is_offered=False)
    client.force_login(person)
    page = client.post(reverse(OWN), {"round": taken.pk, "course": course.pk})
    assert (page.status_code, sorted(page.context["form"].errors)) == (200, ["course"])


@pytest.mark.parametrize("wish", ["机\x00密", "机密★10年", "字" * 201])
def test_a_wish_that_may_not_be_kept_is_refused_and_stays_typed(
    wish: str, client: Client, trainee: Trainee, person: User, taken: OrderRound
) -> None:
    client.force_login(person)
    page = client.post(reverse(OWN), {"round": taken.pk, "kind": "outdoor", "wish": wish})
    assert (page.status_code, sorted(page.context["wish"].errors), Order.objects.count()) == (200, ["wish"], 0)
    assert page.context["wish"]["wish"].value() == wish


def test_an_empty_round_says_what_to_do_and_a_narrow_one_why_not(
    client: Client, trainee: Trainee, person: User, taken: OrderRound
) -> None:
    make_round("青竹培优点单", for_advanced_only=True)
    client.force_login(person)
    with translation.override("zh-hans"):
        page = client.get(reverse(OWN))
    refusals = {mine.round.title: bool(mine.refusal) for mine in page.context["rounds"]}
    assert refusals == {taken.title: False, "青竹培优点单": True}
    assert page.context["current"].round == taken


def test_presses_on_the_own_page_that_come_too_late_say_why(
    client: Client, trainee: Trainee, person: User, taken: OrderRound, course: Course
) -> None:
    order = make_order(trainee, course, round=taken, state=OrderState.SCHEDULED)
    client.force_login(person)
    url = reverse("training:order_withdraw", kwargs={"pk": order.pk})
    page = client.post(url, {"version": order.version}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


def asked_by(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_own_page_asks_the_same_for_one_and_for_three_orders(
    client: Client, trainee: Trainee, person: User, taken: OrderRound, django_assert_num_queries: Queries
) -> None:
    client.force_login(person)
    counts = []
    OrderRound.objects.filter(pk=taken.pk).update(most=9)
    client.get(reverse(OWN))  # what is asked once for all is known then
    for number in (1, 2, 3):
        make_order(trainee, make_course(f"课{number}"), round=taken, priority=number)
        make_order(trainee, make_course(f"完{number}"), round=taken, state=OrderState.SERVED)
        counts.append(asked_by(client, reverse(OWN)))
        with django_assert_num_queries(8):
            own_rounds(User.objects.get(pk=person.pk), timezone.localdate())
    assert counts[0] == counts[2]


def test_cards_say_whom_a_course_is_meant_for_the_own_ones_first(
    client: Client, trainee: Trainee, person: User, taken: OrderRound
) -> None:
    make_course("另一年级", grades=[2, 3])
    own = make_course("本年级", grades=[1], kind="rural_methods", posts="村党组织书记助理")
    make_course("岗前", kind="induction")
    Trainee.objects.filter(pk=trainee.pk).update(arrived_on=timezone.localdate() - timedelta(days=60))
    client.force_login(person)
    page = client.get(reverse(OWN))
    cards = page.context["page"].object_list
    assert [(card.course.title, card.audience, card.is_for_others) for card in cards] == [
        ("本年级", "一年级、村党组织书记助理", False),
        ("另一年级", "二年级、三年级", True),
    ]
    assert reverse("training:course_detail", kwargs={"pk": own.pk}) in page.content.decode()


def ordering(unit: Unit, course: Course | None, taken: OrderRound, **fields: Any) -> Order:
    return make_order(TraineeFactory.create(home_unit=unit), course, round=taken, **fields)


def test_paper_orders_are_entered_for_the_own_people_only(
    client: Client, staff: User, taken: OrderRound, course: Course
) -> None:
    far = UnitFactory.create(name="潮音镇", kind=UnitKind.TOWN)
    GrantFactory.create(user=staff, role=Role.LIAISON, unit=far)
    other = TraineeFactory.create(home_unit=far)
    client.force_login(staff)
    data = {"person": other.person_id, "round": taken.pk, "course": course.pk, "ordered_on": f"{timezone.localdate()}"}
    page = client.post(reverse("training:order_enter"), data)
    assert (list(page.context["form"].errors), Order.objects.exists()) == (["person"], False)


def test_an_order_of_a_planned_session_says_so_without_its_day(
    client: Client, trainee: Trainee, person: User, taken: OrderRound
) -> None:
    order = make_order(trainee, make_course("公文规范"), round=taken, state=OrderState.SCHEDULED)
    enrol(make_session(order.course, state="planned"), trainee, order=order)
    line = own_rounds(person, timezone.localdate())[0].lines[0]
    assert (line.page, "20" in line.place, bool(line.place)) == ("", False, True)
    client.force_login(person)
    page = client.get(reverse("training:order_detail", kwargs={"pk": order.pk}))
    assert (page.status_code, list(page.context["places"])) == (200, [])


def test_groups_stand_under_their_kinds_with_where_people_work(
    staff: User, town: Unit, taken: OrderRound, course: Course
) -> None:
    today = timezone.localdate()
    village = UnitFactory.create(kind=UnitKind.VILLAGE, parent=town)
    office = UnitFactory.create(kind=UnitKind.DEPARTMENT, parent=town)
    served = ordering(town, course, taken, state=OrderState.SERVED)
    first = ordering(town, course, taken, ordered_on=today - timedelta(days=37))
    ordering(office, course, taken, state=OrderState.WAITING)
    there = ordering(town, course, taken)
    VillageTerm.objects.create(
        trainee=there.trainee, village=village, role="director", started_on=date(2025, 1, 1), months=24
    )
    ordering(town, None, taken, kind="outdoor", wish="山地定向")
    kinds = groups_of(with_posts(demanded_by_others(staff), today), today)
    assert [(kind.kind, kind.people) for kind in kinds] == [("writing", 3), ("outdoor", 1)]
    group = kinds[0].groups[0]
    assert (group.at, group.earliest, group.waited) == (
        {"town": 1, "district": 1, "village": 1},
        first.ordered_on,
        37,
    )
    assert (group.mark[0], group.missing, group.width, group.tick, served.is_live) == ("soon", 9, 12, 50, False)


@pytest.mark.parametrize(("people", "mark"), [(11, "none"), (12, "ok")])
def test_a_group_is_ready_from_the_size_that_is_set(
    people: int, mark: str, staff: User, town: Unit, taken: OrderRound, course: Course
) -> None:
    for _each in range(people):
        ordering(town, course, taken)
    today = timezone.localdate()
    orders = with_posts(demanded_by_others(staff), today)
    assert [kind.groups[0].mark[0] for kind in groups_of(orders, today)] == [mark]
    assert len(groups_of(orders, today, ready_only=True)) == (mark == "ok")


def test_departed_people_and_oneself_are_no_demand(staff: User, town: Unit, taken: OrderRound, course: Course) -> None:
    gone = ordering(town, course, taken)
    Trainee.objects.filter(pk=gone.trainee_id).update(departed_on=timezone.localdate())
    own = TraineeFactory.create(home_unit=town, person=PersonFactory.create(account=staff))
    make_order(own, course, round=taken)
    assert list(demanded_by_others(staff)) == []


def test_the_workbook_has_what_the_board_shows(staff: User, town: Unit, taken: OrderRound, course: Course) -> None:
    ordering(town, course, taken)
    headings, *rows = demand_table(staff, QueryDict("kind=writing")).export_rows()
    assert [len(row) for row in rows] == [len(headings)]
    assert [row[1] for row in rows] == [course.title]
    assert list(demand_table(staff, QueryDict("kind=outdoor")).export_rows())[1:] == []


@pytest.mark.parametrize("name", ["demand_board", "order_list", "round_list", "demand_open"])
def test_pages_ask_the_same_for_one_and_for_three_rows(
    name: str, client: Client, staff: User, town: Unit, taken: OrderRound, course: Course
) -> None:
    client.force_login(staff)
    url = reverse(f"training:{name}", kwargs={"pk": course.pk} if name == "demand_open" else {})
    client.get(url)
    counts = []
    for number in (1, 2):
        for each in range(number):
            ordering(town, course, taken)
            ordering(town, make_course(f"课{number}{each}"), make_round(f"轮{number}{each}"))
        counts.append(asked_by(client, url))
    assert counts[0] == counts[1]


def test_groups_are_two_queries_however_many(
    staff: User, town: Unit, taken: OrderRound, django_assert_num_queries: Queries
) -> None:
    today = timezone.localdate()
    for number in (1, 2, 3):
        ordering(town, make_course(f"课{number}"), taken)
        orders = with_posts(demanded_by_others(staff), today)
        limits_on(today)
        with django_assert_num_queries(2 + SETTINGS):
            groups_of(orders, today)


def due_names(rule: str, until: date) -> list[tuple[str, date]]:
    found = reminder_rules[rule].dues(until)
    return sorted(
        (getattr(getattr(row, "person", row), "name", getattr(row, "title", "")), row.due_day) for row in found
    )


def test_whoever_may_order_and_did_not_is_told_once_before_the_round_closes(course: Course) -> None:
    today = timezone.localdate()
    last = today + timedelta(days=3)
    narrow = make_round(closes_on=last, for_advanced_only=True)

    def somebody(name: str, ended: int) -> Trainee:
        person = PersonFactory.create(name=name, account=UserFactory.create())
        return TraineeFactory.create(person=person, term_ends_on=today + timedelta(days=ended))

    somebody("可点单", -1)
    somebody("在训练营", 90)
    make_order(somebody("已点单", -1), course, round=narrow)
    assert due_names("training.round_closes", last - timedelta(days=1)) == []
    assert due_names("training.round_closes", last) == [("可点单", last)]
    make_round("普遍点单", closes_on=last, for_advanced_only=False)
    assert due_names("training.round_closes", last) == [("可点单", last), ("在训练营", last), ("已点单", last)]


def test_an_answer_rings_whoever_ordered_for_two_weeks(trainee: Trainee, person: User, taken: OrderRound) -> None:
    today = timezone.localdate()

    def answered(days: int) -> Order:
        closed = {"closed_on": today - timedelta(days=days), "answer": "明年第一季度开班"}
        return make_order(trainee, round=taken, wish=f"第{days}天", state=OrderState.ANSWERED, **closed)

    told = answered(0), answered(14)
    answered(15)
    make_order(TraineeFactory.create(), round=taken, wish="无账号", state=OrderState.ANSWERED, answer="明年")
    rule = reminder_rules["training.order_answered"]
    found = {row: (row.due_day, row.doer_key) for row in rule.dues(today)}
    assert found == {order: (order.closed_on, person.pk) for order in told}
    assert list(rule.visible(rule.rows(), UserFactory.create())) == []
    with translation.override("zh-hans"):
        assert rule.words(rule.rows().get(pk=told[0].pk), today, person).subject == "第0天"


def test_a_course_in_which_one_has_a_place_is_not_offered_for_ordering(
    client: Client, trainee: Trainee, person: User, taken: OrderRound, course: Course
) -> None:
    enrol(make_session(course), trainee)
    client.force_login(person)
    assert [bool(card.state) for card in client.get(reverse(OWN)).context["page"].object_list] == [True]


def test_staff_look_at_the_demand_of_a_closed_round_until_nothing_is_open(
    staff: User, town: Unit, course: Course
) -> None:
    today = timezone.localdate()
    closed = make_round(opens_on=today - timedelta(days=20), closes_on=today - timedelta(days=2))
    order = ordering(town, course, closed)
    ordering(town, make_course("另一门课"), make_round("正在点单", closes_on=today + timedelta(days=3)))
    assert due_names("training.demand_waits", today + timedelta(days=9)) == [(closed.title, today - timedelta(days=1))]
    rule = reminder_rules["training.demand_waits"]
    assert [rule.visible(rule.rows(), user).exists() for user in (staff, UserFactory.create())] == [True, False]
    Order.objects.filter(pk=order.pk).update(state=OrderState.SCHEDULED)
    assert due_names("training.demand_waits", today) == []
