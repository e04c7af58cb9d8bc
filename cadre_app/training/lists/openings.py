"""Before a session is opened from orders: who gets a place, who waits, whose time is taken; and who could teach."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.busy import clashes
from cadre_app.core.roles import Role
from cadre_app.people.models import of_scope
from cadre_app.people.models.persons import avoided_persons
from cadre_app.training.lists.demand import demanded_by_others
from cadre_app.training.lists.picks import versions_in
from cadre_app.training.models import Course, CourseSession, Order, SessionState, Teacher
from cadre_app.training.permissions.orders import gives
from cadre_app.training.permissions.rooms import works_here
from cadre_app.training.services.openings import SERVED_FIRST

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

AT_MOST = 300
A_YEAR = timedelta(days=365)
Times = Iterable[tuple[date, time, time]]


@dataclass
class Candidate:
    """Somebody who ordered; `clashes` is what takes the time, `gets` the place they would get if all is confirmed."""

    order: Order
    clashes: list[str] = field(default_factory=list)
    is_picked: bool = True
    gets: str = ""

    @property
    def key(self) -> str:
        """As the page posts it: with the version that was looked at."""
        return f"{self.order.pk}@{self.order.version}"

    @property
    def mark(self) -> tuple[str, str]:
        if not self.is_picked:
            return ("soon", _("Left out: not free")) if self.clashes else ("idle", _("Left out"))
        return ("ok", _("Gets a place")) if self.gets == "place" else ("wait", _("Waits"))


@dataclass
class Candidates:
    """Those who ordered, in the order in which they get places. `unseen`: not free, and the page had not said so yet.

    `left_out` ordered the course too, and the conditions of the board leave them out.
    """

    rows: list[Candidate]
    more: int = 0
    left_out: int = 0
    unseen: list[str] = field(default_factory=list)

    @property
    def picked(self) -> int:
        return sum(row.is_picked for row in self.rows)

    @property
    def placed(self) -> int:
        return sum(row.gets == "place" for row in self.rows)

    @property
    def waiting(self) -> int:
        return self.picked - self.placed

    @property
    def clashing(self) -> list[Candidate]:
        return [row for row in self.rows if row.clashes]

    @property
    def moved_out(self) -> int:
        return sum(bool(row.clashes) and not row.is_picked for row in self.rows)


def plannable(user: "User", course: Course, posted: Iterable[str]) -> set[UUID]:
    """Of the orders posted those of the course that `user` may plan for, also if they have got a place meanwhile."""
    keys = [key for key, _version in versions_in(posted)]
    rows = Order.objects.visible_to(user).filter(pk__in=keys, course=course)
    return set(planned_for(user, course, rows).values_list("pk", flat=True))


def planned_for(user: "User", course: Course, orders: Any) -> Any:
    """Of orders of a course those that `user` plans for: of people whom they work for as staff, or all where they give the
    course themselves; never of oneself or a relative (回避).
    """
    if not gives(user, course):
        orders = orders.filter(of_scope(user, Role.STAFF, prefix="trainee__"))
    return orders.exclude(trainee__person_id__in=avoided_persons(user))


def candidates_of(
    user: "User",
    group: Any,
    course: Course,
    times: Times,
    capacity: int,
    *,
    picked: Collection[UUID] | None = None,
    known: Collection[UUID] = (),
) -> Candidates:
    """Who of `group` (orders of `course`) could come, with clashes at `times`; `picked` None: everybody who is free. Whoever
    only teaches reads that somebody is not free, not why.

    Somebody who is not free is left out until the page has shown that (`known`) and was sent with them picked; whoever
    was left out for a clash that is gone is picked again.
    """
    rows = group.select_related("trainee__person", "trainee__home_unit").order_by(*SERVED_FIRST)
    orders = list(rows[: AT_MOST + 1])
    found = Candidates([Candidate(order) for order in orders[:AT_MOST]], more=len(orders) - len(orders[:AT_MOST]))
    every = planned_for(user, course, demanded_by_others(user).filter(course=course))
    found.left_out = every.exclude(pk__in=group.order_by().values("pk")).count()
    taken = _taken([order.trainee_id for order in orders[:AT_MOST]], times)
    if not works_here(user):
        taken = {key: [_("Not free at that time")] for key in taken}
    for row in found.rows:
        key, row.clashes = row.order.pk, taken.get(row.order.trainee_id, [])
        if picked is None:
            row.is_picked = not row.clashes
            continue
        row.is_picked = key in picked and (not row.clashes or key in known)
        row.is_picked |= key in known and not row.clashes
        if key in picked and row.clashes and key not in known:
            found.unseen.append(row.order.trainee.person.name)
    for row in [row for row in found.rows if row.is_picked][: max(capacity, 0)]:
        row.gets = "place"
    return found


def _taken(trainees: list[UUID], times: Times) -> dict[UUID, list[str]]:
    """What takes the time of each of them, in words, each once."""
    found: dict[UUID, list[str]] = {}
    for day, starts_at, ends_at in times:
        starts, ends = (timezone.make_aware(datetime.combine(day, at)) for at in (starts_at, ends_at))
        for trainee, texts in clashes(trainees, starts, ends).items():
            mine = found.setdefault(trainee, [])
            mine += [each.text for each in texts if each.text not in mine]
    return found


def teachers_for(user: "User", course: Course) -> "QuerySet[Teacher]":
    """Active teachers, those of the course first; whoever only teaches opens sessions for oneself alone."""
    if not works_here(user):
        return Teacher.objects.standing().filter(account=user)
    through = Course.teachers.through.objects.filter(course=course, teacher=OuterRef("pk"))
    return Teacher.objects.active().annotate(gives=Exists(through)).order_by("-gives", "name", "pk")


def first_teacher(user: "User", course: Course, taught: dict[UUID, int]) -> Teacher | None:
    """Oneself where one gives the course, else whoever of its teachers gave most of the kind lately."""
    own = list(course.teachers.filter(is_active=True, voided_at=None).order_by("name", "pk"))
    mine = [teacher for teacher in own if teacher.account_id == user.pk]
    return next(iter(mine or sorted(own, key=lambda teacher: -taught.get(teacher.pk, 0))), None)


def taught_lately(kind: str, day: date) -> dict[UUID, int]:
    """How many sessions of a kind of course each teacher gave in the year up to `day`; one query."""
    rows = CourseSession.objects.standing().filter(kind=kind, starts_on__range=(day - A_YEAR, day))
    rows = rows.exclude(state=SessionState.CANCELLED).exclude(teacher=None).order_by()
    return dict(rows.values_list("teacher_id").annotate(many=Count("pk")))


def last_place(course: Course) -> str:
    """Where the course was held last."""
    rows = CourseSession.objects.standing().filter(course=course).exclude(place="").order_by("-starts_on", "pk")
    return rows.values_list("place", flat=True).first() or ""
