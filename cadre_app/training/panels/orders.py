"""What somebody in development sees of orders: the own page, and the card on the desk."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core.registries import DeskItem
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import own_keys
from cadre_app.stages.rules import StageKey
from cadre_app.training.filters.courses import ADVANCED, for_audience
from cadre_app.training.links import link
from cadre_app.training.lists.courses import meant_for
from cadre_app.training.lists.orders import mark_of, text_of
from cadre_app.training.models import (
    Course,
    CourseKind,
    Enrolment,
    Order,
    OrderRound,
    OrderState,
    Place,
    SessionState,
    Teacher,
)
from cadre_app.training.models.choices import COMING
from cadre_app.training.rules.orders import ANSWER_SHOWN
from cadre_app.training.services.order_checks import stage_of, stage_refusal

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest
    from cadre_app.stages.rules import Stage

AT_MOST = 100
CARDS = 12
LONGEST_TYPED = 40


@dataclass(frozen=True)
class Line:
    """One own order; `place` says which session serves it, `page` is its address."""

    order: Order
    text: str
    mark: tuple[str, str]
    place: str = ""
    page: str = ""
    may_move_up: bool = False
    may_move_down: bool = False
    may_withdraw: bool = False
    may_order_again: bool = False


@dataclass
class RoundLines:
    """A round with the own orders in it. `refusal`: why the person may not order in it."""

    round: OrderRound
    is_open: bool
    refusal: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def live(self) -> int:
        return sum(line.order.is_live for line in self.lines)

    @property
    def left(self) -> int:
        return max(self.round.most - self.live, 0)

    @property
    def takes_orders(self) -> bool:
        return self.is_open and not self.refusal and self.left > 0


@dataclass(frozen=True)
class Card:
    """A course to choose; `state` says that it is ordered already, or that one has a place in it. `audience`: whom it is
    meant for, empty for everybody; `is_for_others`: for others than oneself, which the department decides on.
    """

    course: Course
    teachers: str
    state: str
    audience: str
    is_for_others: bool


def own_trainee(user: "User") -> Trainee:
    """The own growth file of somebody who has one."""
    return Trainee.objects.select_related("person", "home_unit").standing().get(person__account=user)


def own_rounds(user: "User", day: date) -> list[RoundLines]:
    """Open rounds, the one that closes first before the others, then the closed ones in which one ordered; own orders by
    priority in each; the same queries however many.
    """
    trainee = own_trainee(user)
    opened = list(OrderRound.objects.visible_to(user).open_on(day).order_by("closes_on", "pk"))
    orders = list(_own_orders(user)[:AT_MOST])
    found = {taken.pk: RoundLines(taken, is_open=True) for taken in opened}
    why = _refusal(opened, trainee, day)
    for mine in found.values():
        mine.refusal = why if mine.round.for_advanced_only else ""
    for order in orders:
        found.setdefault(order.round_id, RoundLines(order.round, is_open=False))
    for mine in found.values():
        mine.lines = _lines([order for order in orders if order.round_id == mine.round.pk], mine)
    return list(found.values())


def current_round(rounds: Iterable[RoundLines], asked: str) -> RoundLines | None:
    """The round in which the page orders: the one asked for, else the first that takes orders."""
    takes = [mine for mine in rounds if mine.takes_orders]
    return next((mine for mine in takes if str(mine.round.pk) == asked), takes[0] if takes else None)


def cards_of(trainee: Trainee, user: "User", query: QueryDict, rounds: Iterable[RoundLines]) -> "Page[Any]":
    """A page of the offered courses as the URL narrows them, those meant for the person first; six queries."""
    rows: Any = Course.objects.visible_to(user).offered().exclude(kind=CourseKind.INDUCTION)
    is_meant = ExpressionWrapper(_meant(stage_of(trainee, timezone.localdate())), output_field=BooleanField())
    rows = rows.annotate(is_meant=is_meant).order_by("-is_meant", "kind", "title", "pk")
    rows = rows.prefetch_related(Prefetch("teachers", Teacher.objects.active().order_by("name", "pk")))
    if query.get("kind") in CourseKind.values:
        rows = rows.filter(kind=query["kind"])
    text = query.get("q", "").replace("\x00", "").strip()[:LONGEST_TYPED]
    if text:
        rows = rows.filter(title__icontains=text)
    page = Paginator(rows, CARDS).get_page(query.get("page"))
    states = _placed(user) | _states(rounds)
    page.object_list = [
        Card(
            course,
            _(", ").join(teacher.name for teacher in course.teachers.all()),
            states.get(course.pk, ""),
            meant_for(course) if course.grades or course.for_advanced or course.posts else "",
            not course.is_meant,
        )
        for course in page.object_list
    ]
    return page


def _meant(stage: "Stage") -> Q:
    """The condition that a course is meant for people of this stage, or for everybody."""
    if stage.stage is StageKey.CAMP and stage.grade is not None:
        return for_audience(str(stage.grade))
    return for_audience(ADVANCED) if stage.stage is StageKey.ADVANCED else Q(grades=[], for_advanced=False)


def desk_card(request: "UserRequest") -> dict[str, Any] | None:
    """The desk of somebody in development: open rounds with their last day, and what one has ordered; None without both."""
    today = timezone.localdate()
    rounds = own_rounds(request.user, today)
    opened = [mine for mine in rounds if mine.is_open and not mine.refusal]
    live = [line for mine in rounds for line in mine.lines if line.order.is_live]
    return {"rounds": opened, "lines": live[:CARDS]} if opened or live else None


def answer_items(request: "UserRequest") -> list[DeskItem]:
    """Answers of the last two weeks to own orders; one query."""
    since = timezone.localdate() - ANSWER_SHOWN
    rows = _own_orders(request.user).filter(state=OrderState.ANSWERED, closed_on__gte=since)
    return [
        DeskItem(
            title=_("Your order was answered"),
            why=_("Answered on %(day)s") % {"day": formats.date_format(order.closed_on)},
            url=reverse("training:order_own") + f"#order-{order.pk}",
            action=_("Read the answer"),
            subject=text_of(order),
        )
        for order in rows[:CARDS]
    ]


def _own_orders(user: "User") -> Any:
    placed = Enrolment.objects.standing().exclude(place=Place.DECLINED).select_related("session").order_by("placed_at")
    rows = Order.objects.visible_to(user).standing().filter(trainee=own_keys(user)[1])
    rows = rows.select_related("course", "round").prefetch_related(Prefetch("enrolments", placed, to_attr="places"))
    return rows.order_by("-round__opens_on", "round", "priority", "-ordered_on", "pk")


def _refusal(opened: list[OrderRound], trainee: Trainee, day: date) -> str:
    """Why the person may not order in those of the rounds that are for the advanced plan."""
    narrow = next((taken for taken in opened if taken.for_advanced_only), None)
    return stage_refusal(narrow, trainee, day) if narrow is not None else ""


def _lines(orders: list[Order], mine: RoundLines) -> list[Line]:
    """By priority those that live, then the others."""
    live = [order for order in orders if order.is_live]
    rest = [order for order in orders if not order.is_live]
    left = mine.round.most - len(live)
    found = []
    for order in [*live, *rest]:
        place, page = _place(order)
        number = live.index(order) if order in live else -1
        found.append(
            Line(
                order,
                text_of(order),
                mark_of(order),
                place,
                page,
                may_move_up=number > 0,
                may_move_down=0 <= number < len(live) - 1,
                may_withdraw=order.state in (OrderState.OPEN, OrderState.WAITING),
                may_order_again=order.state == OrderState.WITHDRAWN and mine.is_open and not mine.refusal and left > 0,
            )
        )
    return found


def _place(order: Order) -> tuple[str, str]:
    """The session that serves an order, or for which it waits, with its page."""
    places: list[Enrolment] = getattr(order, "places", [])
    if order.state not in (OrderState.SCHEDULED, OrderState.WAITING, OrderState.SERVED) or not places:
        return "", ""
    told = [place.session for place in places if place.session.state != SessionState.PLANNED]
    if not told:
        return _("A session is being planned; you will be told."), ""
    session = told[-1]
    day = {"day": formats.date_format(session.starts_on), "place": session.place}
    text = _("Session on %(day)s, %(place)s") if session.place else _("Session on %(day)s")
    return text % day, link("session_detail", pk=session.pk)


def _placed(user: "User") -> "dict[UUID, str]":
    """By course the word for those in which one has a place to come."""
    rows = Enrolment.objects.order_by().enrolled().filter(trainee=own_keys(user)[1])
    rows = rows.filter(session__state__in=COMING, session__voided_at=None)
    return dict.fromkeys(rows.values_list("session__course_id", flat=True), str(OrderState.SCHEDULED.label))


def _states(rounds: Iterable[RoundLines]) -> "dict[UUID, str]":
    """By course the word of the live order of it."""
    found: dict[UUID, str] = {}
    for mine in rounds:
        for line in mine.lines:
            if line.order.is_live and line.order.course_id is not None:
                found[line.order.course_id] = line.mark[1]
    return found
