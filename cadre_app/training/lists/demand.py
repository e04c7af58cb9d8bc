"""需求汇总 The demand board: orders without a place, grouped by course under their kinds; and what was opened from them."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, Min, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from cadre_app.core.tables import joined
from cadre_app.org.models import UnitKind
from cadre_app.people.conditions import in_village
from cadre_app.people.models import Trainee
from cadre_app.training.models import Course, CourseKind, CourseSession, Order, SessionState
from cadre_app.training.models.choices import COMING, HELD
from cadre_app.training.permissions.rooms import oversees
from cadre_app.training.policies import GROUP_SIZE, WAIT_DAYS

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

VILLAGE, TOWN, DISTRICT, OTHER = "village", "town", "district", "other"
TOWNS = (UnitKind.TOWN, UnitKind.TOWNSHIP, UnitKind.SUBDISTRICT)
DEPARTMENTS = (UnitKind.DISTRICT, UnitKind.DEPARTMENT, UnitKind.INSTITUTION)
POSTS = {
    TOWN: pgettext_lazy("where somebody works", "Towns and subdistricts"),
    DISTRICT: pgettext_lazy("where somebody works", "District departments"),
    VILLAGE: pgettext_lazy("where somebody works", "In a village"),
    OTHER: pgettext_lazy("where somebody works", "Elsewhere"),
}
# In the line under a course there is room for one word each.
SHORT_POSTS = {
    TOWN: pgettext_lazy("where somebody works, short", "towns"),
    DISTRICT: pgettext_lazy("where somebody works, short", "district"),
    VILLAGE: pgettext_lazy("where somebody works, short", "in villages"),
    OTHER: pgettext_lazy("where somebody works, short", "elsewhere"),
}


@dataclass(frozen=True)
class Limits:
    """The settings of a day by which groups are judged."""

    day: date
    size: int
    wait_days: int


@dataclass
class Group:
    """People who ordered one course, or (`course` None) wishes of one kind in own words."""

    course: Course | None
    kind: str
    limits: Limits
    earliest: date
    at: dict[str, int] = field(default_factory=dict)
    top: int = 1

    @property
    def people(self) -> int:
        return sum(self.at.values())

    @property
    def title(self) -> str:
        return self.course.title if self.course is not None else _("Wishes in own words")

    @property
    def format(self) -> str:
        return str(self.course.get_format_display()) if self.course is not None else ""

    @property
    def missing(self) -> int:
        return max(self.limits.size - self.people, 0)

    @property
    def is_ready(self) -> bool:
        return self.missing == 0

    @property
    def waited(self) -> int:
        """Days since the first order."""
        return (self.limits.day - self.earliest).days

    @property
    def mark(self) -> tuple[str, str]:
        """Mark and words of its state."""
        if self.course is None:
            return "wait", _("To be read")
        if self.is_ready:
            return "ok", _("Can be opened")
        if self.waited >= self.limits.wait_days:
            text = ngettext("Waiting for %(count)s day", "Waiting for %(count)s days", self.waited)
            return "soon", text % {"count": self.waited}
        text = ngettext("%(count)s person short", "%(count)s people short", self.missing)
        return "none", text % {"count": self.missing}

    @property
    def posts(self) -> str:
        """Where those who ordered work, in a line."""
        return joined(f"{SHORT_POSTS[key]}\u00a0{count}" for key, count in self.at.items())

    @property
    def width(self) -> int:
        """Of its bar, in percent."""
        return max(round(100 * self.people / self.top), 1)

    @property
    def tick(self) -> int:
        """Where the bar has the mark of the group size, in percent."""
        return round(100 * self.limits.size / self.top)


@dataclass(frozen=True)
class KindGroups:
    """The groups of one kind of course, the largest first."""

    kind: str
    groups: list[Group]

    @property
    def label(self) -> str:
        return str(CourseKind(self.kind).label)

    @property
    def people(self) -> int:
        return sum(group.people for group in self.groups)


def limits_on(day: date) -> Limits:
    return Limits(day, GROUP_SIZE.on(day), WAIT_DAYS.on(day))


def demanded_by_others(user: "User") -> Any:
    """Orders without a place that `user` plans for: of those still in development, without the own ones."""
    rows: Any = Order.objects.visible_to(user).demanded()
    return rows.filter(trainee__departed_on=None, trainee__voided_at=None).exclude(trainee__person__account=user)


def with_posts(orders: Any, day: date) -> Any:
    """Annotate `at`: where the person works on `day`."""
    there = Q(trainee__in=Trainee.objects.order_by().filter(in_village(day)).values("pk"))
    return orders.annotate(
        at=Case(
            When(there, then=Value(VILLAGE)),
            When(trainee__home_unit__kind__in=TOWNS, then=Value(TOWN)),
            When(trainee__home_unit__kind__in=DEPARTMENTS, then=Value(DISTRICT)),
            default=Value(OTHER),
            output_field=CharField(),
        )
    )


def groups_of(orders: Any, day: date, *, ready_only: bool = False) -> list[KindGroups]:
    """Orders with `at` (`with_posts`) as groups under their kinds, by number of people; two queries however many."""
    limits = limits_on(day)
    rows = (
        orders.order_by()
        .values("course_id", "kind", "at")
        .annotate(people=Count("trainee", distinct=True), earliest=Min("ordered_on"))
    )
    found: dict[tuple[UUID | None, str], Group] = {}
    listed = list(rows)
    courses = Course.objects.in_bulk({row["course_id"] for row in listed if row["course_id"]})
    for row in listed:
        course = courses.get(row["course_id"])
        kind = course.kind if course is not None else row["kind"]
        key = (course.pk if course is not None else None, kind)
        group = found.setdefault(key, Group(course, kind, limits, row["earliest"]))
        group.earliest = min(group.earliest, row["earliest"])
        group.at[row["at"]] = group.at.get(row["at"], 0) + row["people"]
    groups = [group for group in found.values() if group.is_ready or not ready_only]
    return _under_kinds(groups, limits)


def _under_kinds(groups: list[Group], limits: Limits) -> list[KindGroups]:
    top = max([2 * limits.size, *(group.people for group in groups)])
    for group in groups:
        group.top = top
        group.at = {key: group.at[key] for key in POSTS if key in group.at}
    groups.sort(key=lambda group: (group.course is None, -group.people, group.earliest, group.title))
    kinds = [
        KindGroups(kind, mine) for kind in CourseKind.values if (mine := [one for one in groups if one.kind == kind])
    ]
    return sorted(kinds, key=lambda kind: -kind.people)


def sessions_on_demand(user: "User") -> Any:
    """Sessions opened from orders that `user` oversees or gives."""
    rows: Any = CourseSession.objects.visible_to(user).standing().filter(is_on_demand=True)
    return rows if oversees(user) else rows.given_by(user)


def scheduled(user: "User") -> Any:
    """On demand, planned or open."""
    return sessions_on_demand(user).filter(state__in=COMING)


def held(user: "User", day: date) -> Any:
    """On demand, held in the year of `day`."""
    return sessions_on_demand(user).filter(
        state__in=HELD, starts_on__range=(date(day.year, 1, 1), date(day.year, 12, 31))
    )


def opened_in(user: "User", year: int) -> Any:
    """On demand in a year and not cancelled."""
    rows = sessions_on_demand(user).filter(starts_on__range=(date(year, 1, 1), date(year, 12, 31)))
    return rows.exclude(state=SessionState.CANCELLED)
