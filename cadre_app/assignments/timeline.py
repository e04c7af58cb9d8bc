"""锻炼时间轴 The timeline: who was, is and will be where in a window of months, by person or by front."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.assignments.models import Front, PostingKind, PostingState
from cadre_app.assignments.policies import FIGURES_SINCE
from cadre_app.assignments.scope import OTHERS, here, postings_in_scope, scope_files, sent
from cadre_app.assignments.stretches import (
    LEAVE,
    VILLAGE,
    Stretch,
    by_person,
    leave_stretches,
    leaves_within,
    posting_stretches,
    postings_within,
    term_stretches,
    terms_within,
)
from cadre_app.core.days import add_months
from cadre_app.people.models import Trainee
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

PEOPLE, A_FEW_MORE, MOST_BARS = 100, 10, 400
BACK, MONTHS, QUARTER = 27, 36, 3
OFFICIAL = ("home_unit__path", "stroke_key", "pk")


@dataclass(frozen=True)
class Window:
    """The days that are shown, both included."""

    first: date
    last: date

    @classmethod
    def of(cls, year: str | None, today: date) -> "Window":
        """A calendar year, or three years around today from the start of a quarter."""
        if year:
            return cls(date(int(year), 1, 1), date(int(year), 12, 31))
        start = add_months(today.replace(day=1), -BACK)
        start = add_months(start, -((start.month - 1) % QUARTER))
        return cls(start, add_months(start, MONTHS) - timedelta(days=1))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def text(self) -> str:
        known = {
            "since": formats.date_format(self.first, "YEAR_MONTH_FORMAT"),
            "until": formats.date_format(self.last, "YEAR_MONTH_FORMAT"),
        }
        return _("%(since)s to %(until)s") % known


@dataclass(frozen=True)
class Line:
    """One person with what takes days of the window; `unit` is empty where the line above has the same."""

    trainee: Trainee
    stretches: list[Stretch]
    opens_unit: bool = True


@dataclass
class Group:
    """One front, or one kind of posting outside the fronts, with how many are there and were sent."""

    label: str
    facts: list[str] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)


@dataclass
class Shown:
    """What one page of the timeline shows."""

    window: Window
    lines: list[Line] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    total: int = 0
    page: int = 1
    is_cut: bool = False

    @property
    def stretches(self) -> list[Stretch]:
        """Everything that is drawn, in the order of the page."""
        found = [one for line in self.lines for one in line.stretches]
        return found or [one for group in self.groups for one in group.stretches]

    @property
    def pages(self) -> int:
        return max(1, -(-(self.total - A_FEW_MORE) // PEOPLE))

    @property
    def part(self) -> slice:
        """The people of the page: a few more than a hundred do not make another one."""
        start = (self.page - 1) * PEOPLE
        return slice(start, start + PEOPLE + (A_FEW_MORE if self.page == self.pages else 0))


class Wanted:
    """Postings, village terms and leave of the window as the filters ask for them, of the files in scope."""

    def __init__(self, user: "User", asked: dict[str, Any], window: Window, today: date) -> None:
        self.asked, self.window, self.today = asked, window, today
        files = scope_files(user, asked["unit"], today)
        if asked.get("q"):
            files = files.filter(name_matches(asked["q"], "person"))
        self.files = files
        self.kind, self.front = asked.get("kind"), asked.get("front")

    @property
    def span(self) -> tuple[date, date, date]:
        return self.window.first, self.window.last, self.today

    def postings(self) -> "QuerySet[Any] | None":
        """None where only other kinds are asked for."""
        if self.kind in (VILLAGE, LEAVE):
            return None
        rows = postings_within(*self.span)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.front:
            rows = rows.filter(front=None) if self.front == OTHERS else rows.filter(front__key=self.front)
        return rows

    def terms(self) -> "QuerySet[Any] | None":
        return None if self.front or self.kind not in (None, VILLAGE) else terms_within(*self.span)

    def leaves(self) -> "QuerySet[Any] | None":
        return None if self.front or self.kind not in (None, LEAVE) else leaves_within(*self.span)

    def people(self) -> "QuerySet[Trainee]":
        """Those of whom the window shows anything, in the official order of units."""
        found = Q(pk__in=())
        for rows in (self.postings(), self.terms(), self.leaves()):
            if rows is not None:
                found |= Q(pk__in=rows.order_by().values("trainee"))
        return self.files.filter(found).order_by(*OFFICIAL)

    def stretches(self, people: dict[UUID, Trainee]) -> list[Stretch]:
        """Of these people; at most four queries."""
        found: list[Stretch] = []
        postings, terms, leaves = self.postings(), self.terms(), self.leaves()
        if postings is not None:
            found += posting_stretches(postings.filter(trainee__in=people), self.today, people)
        if terms is not None:
            found += term_stretches(terms.filter(trainee__in=people), self.today, people)
        if leaves is not None:
            found += leave_stretches(leaves.filter(trainee__in=people), self.today, people)
        return found


def by_people(user: "User", asked: dict[str, Any], today: date, page: int) -> Shown:
    """A line for each person, a hundred on a page; queries are the same however many there are."""
    window = Window.of(asked.get("year"), today)
    wanted = Wanted(user, asked, window, today)
    people = wanted.people()
    shown = Shown(window, total=people.order_by().count())
    shown.page = min(page, shown.pages)
    files = list(people.select_related("person", "home_unit")[shown.part])
    taken = by_person(wanted.stretches({one.pk: one for one in files}))
    unit = None
    for one in files:
        shown.lines.append(Line(one, taken.get(one.pk, []), opens_unit=one.home_unit_id != unit))
        unit = one.home_unit_id
    return shown


def by_fronts(user: "User", asked: dict[str, Any], today: date) -> Shown:
    """The postings of the window under their fronts, at most MOST_BARS of them; village terms and leave are not here."""
    window = Window.of(asked.get("year"), today)
    wanted = Wanted(user, asked, window, today)
    rows = wanted.postings()
    groups = _groups(user, wanted, today)
    shown = Shown(window)
    if rows is not None:
        rows = rows.filter(trainee__in=wanted.files.order_by().values("pk"))
        found = posting_stretches(rows.order_by("-started_on", "pk")[: MOST_BARS + 1], today)
        shown.is_cut, found = len(found) > MOST_BARS, found[:MOST_BARS]
        for one in sorted(found, key=lambda one: (one.starts, str(one.key))):
            groups[one.front or one.kind].stretches.append(one)
    shown.groups = [group for group in groups.values() if group.stretches]
    shown.total = sum(len(group.stretches) for group in shown.groups)
    return shown


def on_fronts(user: "User", today: date) -> dict[str, int]:
    """How many people are on the fronts now, and in other postings; one query."""
    rows = postings_in_scope(user).filter(here(today), voided_at=None).order_by()
    found: dict[str, int] = rows.aggregate(
        fronts=Count("trainee", distinct=True, filter=Q(front__isnull=False)),
        others=Count("trainee", distinct=True, filter=Q(front=None)),
    )
    return found


def _groups(user: "User", wanted: Wanted, today: date) -> dict[Any, Group]:
    """The six and the kinds, with how many are there and were sent since the day of the setting; two queries."""
    since = FIGURES_SINCE.on(today)
    here = Q(state=PostingState.APPROVED, started_on__lte=today)
    rows = postings_in_scope(user).filter(voided_at=None, trainee__in=wanted.files.order_by().values("pk"))
    counted = rows.order_by().values("front", "kind").annotate(
        here=Count("trainee", distinct=True, filter=here), sent=Count("pk", filter=sent(today) & Q(started_on__gte=since))
    )  # fmt: skip
    numbers: dict[Any, list[int]] = {}
    for row in counted:
        entry = numbers.setdefault(row["front"] or row["kind"], [0, 0])
        entry[0] += row["here"]
        entry[1] += row["sent"]
    names: dict[Any, str] = {front.pk: str(front) for front in Front.objects.visible_to(user)}
    names |= {kind.value: str(kind.label) for kind in PostingKind}
    groups = {}
    for key, name in names.items():
        now, many = numbers.get(key, [0, 0])
        texts = [
            ngettext("%(count)d there now", "%(count)d there now", now) % {"count": now},
            _("%(count)d since %(year)d") % {"count": many, "year": since.year},
        ]
        groups[key] = Group(name, texts)
    return groups
