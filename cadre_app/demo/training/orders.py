"""点单 rounds and orders of the district: 52 sessions opened from them within the year, and what is in demand now."""

from datetime import date, timedelta
from typing import Any

from cadre_app.accounts.models import User
from cadre_app.demo.training.catalogue import Catalogue
from cadre_app.demo.training.sessions import Loader, Plan, advanced_on, demand_course, demand_days
from cadre_app.people.models import Trainee
from cadre_app.people.services.bulk import write_many
from cadre_app.policy.workdays import add_workdays
from cadre_app.training.models import (
    Course,
    CourseKind,
    CourseSession,
    Order,
    OrderRound,
    OrderState,
    Programme,
    SessionState,
)
from cadre_app.training.policies import ORDERS_PER_ROUND

QUARTER = 91
LASTS = 21
# Kind, number of the course in the catalogue (None: a wish), the wish, how many order it.
DEMAND: tuple[tuple[str, int | None, str, int], ...] = (
    (CourseKind.WRITING, 3, "", 20),
    (CourseKind.WRITING, 0, "", 13),
    (CourseKind.WRITING, 1, "", 8),
    (CourseKind.SAND_TABLE, 1, "", 12),
    (CourseKind.SAND_TABLE, 10, "", 9),
    (CourseKind.SAND_TABLE, 11, "", 5),
    (CourseKind.SAND_TABLE, 8, "", 2),
    (CourseKind.OUTDOOR, 13, "", 6),
    (CourseKind.OUTDOOR, 1, "", 2),
    (CourseKind.RURAL_METHODS, None, "村集体经济项目怎样测算成本", 2),
    (CourseKind.RURAL_METHODS, None, "怎样用好无人机做巡田记录", 1),
)
ANSWER = "市里已有同类网络课程，可先行选学；人数达到后再安排面授。"


def load_orders(
    users: dict[str, User], files: dict[str, Trainee], catalogue: Catalogue, as_of: date
) -> list[CourseSession]:
    """Rounds each quarter and one that is open; returns the sessions opened from orders, oldest first."""
    rounds = _rounds(as_of)
    write_many(rounds, actor=users["staff"], verb="training.orderround.opened", reason="")
    loader = Loader(users, as_of)
    served: list[Order] = []
    made: list[tuple[Plan, dict[Any, Order]]] = []
    days = demand_days(as_of)
    for number, day in enumerate(days):
        course = demand_course(catalogue, number)
        people = _chosen(advanced_on(files.values(), day), number)
        orders = {file.pk: _order(file, course, rounds, day, number) for file in people}
        served += orders.values()
        is_last = number == len(days) - 1
        teacher = catalogue.teachers[number % len(catalogue.teachers)]
        state = SessionState.FINISHED if is_last else SessionState.POSTED
        made.append(
            (Plan(course, [day], people, Programme.ADVANCED, teacher, number, state, is_on_demand=True), orders)
        )
    waiting = _coming(files, catalogue, rounds, as_of)
    served += [order for _plan, orders in waiting for order in orders.values()]
    write_many(served, actor=users["staff"], verb="training.order.placed", reason="")
    sessions = [loader.add(plan, orders) for plan, orders in (*made, *waiting)]
    loader.write()
    _load_demand(users["staff"], files, catalogue, rounds[-1], as_of)
    return sessions[: len(made)]


def _rounds(as_of: date) -> list[OrderRound]:
    found = []
    for back in range(5, 0, -1):
        first = as_of - timedelta(days=10 + back * QUARTER)
        title = f"{first.year}年{(first.month - 1) // 3 + 1}季度点单选学"
        found.append(
            OrderRound(
                title=title, opens_on=first, closes_on=first + timedelta(days=LASTS), most=ORDERS_PER_ROUND.default
            )
        )
    first = as_of - timedelta(days=10)
    found.append(
        OrderRound(
            title=f"{first.year}年{(first.month - 1) // 3 + 1}季度点单选学",
            opens_on=first,
            closes_on=first + timedelta(days=LASTS),
            most=ORDERS_PER_ROUND.default,
            for_advanced_only=False,
            note="每人限点3门；目录里没有的，可以写下想学的内容。",
        )
    )
    return found


def _order(file: Trainee, course: Course, rounds: list[OrderRound], day: date, number: int) -> Order:
    """Of the last round that had begun two weeks before the session."""
    earlier = [each for each in rounds if each.opens_on <= day - timedelta(days=14)]
    of = earlier[-1] if earlier else rounds[0]
    return Order(
        round=of,
        trainee=file,
        course=course,
        kind=course.kind,
        priority=1 + number % 3,
        state=OrderState.SERVED,
        ordered_on=of.opens_on + timedelta(days=number % LASTS),
        closed_on=day,
    )


def _chosen(people: list[Trainee], number: int) -> list[Trainee]:
    """Two fifths of them, others each time."""
    return [file for index, file in enumerate(people) if (index * 2 + number) % 5 < 2]  # noqa: PLR2004


def _coming(
    files: dict[str, Trainee], catalogue: Catalogue, rounds: list[OrderRound], as_of: date
) -> list[tuple[Plan, dict[Any, Order]]]:
    """One session tomorrow, one full with people waiting, one that takes sign-ups."""
    people = advanced_on(files.values(), as_of)
    found: list[tuple[Plan, dict[Any, Order]]] = []
    for number, (kind, index, ahead) in enumerate(
        ((CourseKind.WRITING, 14, 1), (CourseKind.SAND_TABLE, 15, 9), (CourseKind.OUTDOOR, 3, 16))
    ):
        course = catalogue.courses[kind][index]
        chosen = _chosen(people, number + 60)
        waiting = people[-3:] if number == 1 else []
        placed = [file for file in chosen if file not in waiting]
        orders = {file.pk: _order(file, course, rounds[:-1], as_of, number) for file in (*placed, *waiting)}
        for file in (*placed, *waiting):
            orders[file.pk].state = OrderState.WAITING if file in waiting else OrderState.SCHEDULED
            orders[file.pk].closed_on = None
        plan = Plan(
            course,
            [add_workdays(as_of, ahead)],
            placed,
            Programme.ADVANCED,
            catalogue.teachers[number % 2],
            number,
            SessionState.OPEN,
            capacity=len(placed) if number == 1 else 40,
            is_on_demand=True,
            takes_sign_ups=number == 2,  # noqa: PLR2004
            waiting=waiting,
        )
        found.append((plan, orders))
    return found


def _load_demand(staff: User, files: dict[str, Trainee], catalogue: Catalogue, of: OrderRound, as_of: date) -> None:
    """Open orders as the demand board groups them; nobody orders more than the round takes."""
    people = advanced_on(files.values(), as_of)
    counts = dict.fromkeys((file.pk for file in people), 0)
    rows = []
    for number, (kind, index, wish, wanted) in enumerate(DEMAND):
        course = catalogue.courses[kind][index] if index is not None else None
        turn = people[number * 7 % len(people) :] + people[: number * 7 % len(people)]
        takers = [file for file in turn if counts[file.pk] < of.most][:wanted]
        for step, file in enumerate(takers):
            counts[file.pk] += 1
            rows.append(
                Order(
                    round=of,
                    trainee=file,
                    course=course,
                    kind=kind,
                    wish=wish,
                    priority=counts[file.pk],
                    ordered_on=min(of.opens_on + timedelta(days=(step + number) % 9), as_of),
                )
            )
    write_many(rows, actor=staff, verb="training.order.placed", reason="")
