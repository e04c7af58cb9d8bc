"""教育培训统计 What training came to in a period: sessions, people times and hours, by kind, format, grade and month."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import TruncMonth
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.figures import Asked
from cadre_app.people import conditions
from cadre_app.people.figures import files_of
from cadre_app.stages.labels import GRADE_LABELS
from cadre_app.training.figures.training import held_sessions, held_visits
from cadre_app.training.models import (
    CampMember,
    CourseFormat,
    CourseKind,
    CourseSession,
    Enrolment,
    HoursEntry,
    HoursSource,
    Mode,
    Outcome,
)

WHOLE = 100
TOOK_PART = (Outcome.COMPLETED, Outcome.WITHDRAWN)


@dataclass
class Line:
    """One share: sessions held, people times (人次: places with which somebody took part) and hours earned."""

    label: str
    sessions: int | None = 0
    times: int = 0
    hours: Decimal = Decimal(0)
    width: str = "0"

    @property
    def hours_text(self) -> str:
        return plain(self.hours)


@dataclass
class Division:
    """One way to divide the whole; where people are divided, sessions belong to no share and are left out."""

    key: str
    label: str
    heading: str
    lines: list[Line]
    has_sessions: bool = True
    note: str = ""

    def __post_init__(self) -> None:
        longest = max((line.hours for line in self.lines), default=Decimal(0)) or Decimal(1)
        for line in self.lines:
            line.width = f"{WHOLE * line.hours / longest:.1f}"

    @property
    def sums(self) -> Line:
        sessions = sum(line.sessions or 0 for line in self.lines)
        times, hours = sum(line.times for line in self.lines), sum((line.hours for line in self.lines), Decimal(0))
        return Line(_("In all"), sessions if self.has_sessions else None, times, hours)

    @property
    def in_words(self) -> str:
        """The chart read aloud."""
        return _("; ").join(f"{line.label} {plain(line.hours)}" for line in self.lines)


@dataclass
class Statistics:
    asked: Asked
    people: int = 0
    sessions: int = 0
    visits: int = 0
    times: int = 0
    hours: dict[str, Decimal] = field(default_factory=dict)
    divisions: list[Division] = field(default_factory=list)

    @cached_property
    def total(self) -> Decimal:
        return sum(self.hours.values(), Decimal(0))

    @property
    def average(self) -> Decimal:
        """Hours for each of those in development."""
        return (self.total / self.people).quantize(Decimal("0.1")) if self.people else Decimal(0)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The whole, as label and number."""
        return [
            (_("In development"), f"{self.people:,}"),
            (_("Sessions held"), f"{self.sessions:,}"),
            (_("Study visits held"), f"{self.visits:,}"),
            (_("People times"), f"{self.times:,}"),
            (_("Classroom hours"), plain(self.hours.get(Mode.CLASSROOM, Decimal(0)))),
            (_("Online hours"), plain(self.hours.get(Mode.ONLINE, Decimal(0)))),
            (_("Hours a person"), plain(self.average)),
        ]


def plain(number: Decimal) -> str:
    """Without a zero behind the point."""
    return f"{number:,.1f}".removesuffix(".0")


def statistics_of(asked: Asked) -> Statistics:
    """Everything for the people of the scope; sessions as `held_sessions` has them. Seven queries."""
    files = files_of(asked)
    sessions = _session_rows(held_sessions(asked))
    seats = _seat_rows(files, asked)
    entries = _entry_rows(files, asked)
    found = Statistics(
        asked,
        people=files.filter(conditions.here(asked.as_of)).count(),
        sessions=sum(row["many"] for row in sessions),
        visits=held_visits(asked).count(),
        times=sum(row["many"] for row in seats),
    )
    for row in entries:
        found.hours[row["mode"]] = found.hours.get(row["mode"], Decimal(0)) + row["sum"]
    kinds = dict(CourseKind.choices)
    forms = dict(CourseFormat.choices)
    found.divisions = [
        _divided("kind", _("By kind of course"), _("Kind of course"), (sessions, seats, entries), kinds),
        _divided("format", _("By format"), _("Format"), (sessions, seats, entries), forms),
        _by_grade(seats, entries),
        _by_month(asked, (sessions, seats, entries)),
    ]
    return found


Rows = list[dict[str, Any]]


def _session_rows(rows: "QuerySet[CourseSession]") -> Rows:
    grouped: Any = rows.values("kind", "course__format", month=TruncMonth("starts_on"))
    return _renamed(grouped.annotate(many=Count("pk")))


def _seat_rows(files: "QuerySet[Any]", asked: Asked) -> Rows:
    """Places with which somebody took part in a session begun in the period, with the grade of the first day."""
    rows: Any = Enrolment.objects.enrolled().order_by().filter(
        trainee__in=files.values("pk"),
        outcome__in=TOOK_PART,
        session__voided_at=None,
        session__starts_on__range=(asked.since, asked.as_of),
    )  # fmt: skip
    rows = rows.annotate(grade=_grade_on("session__starts_on"), month=TruncMonth("session__starts_on"))
    return _renamed(
        rows.values("session__kind", "session__course__format", "grade", "month").annotate(many=Count("pk"))
    )


def _entry_rows(files: "QuerySet[Any]", asked: Asked) -> Rows:
    """Hours earned in the period, with the grade of that day."""
    rows: Any = HoursEntry.objects.standing().order_by().filter(
        trainee__in=files.values("pk"), earned_on__range=(asked.since, asked.as_of)
    )  # fmt: skip
    rows = rows.annotate(grade=_grade_on("earned_on"), month=TruncMonth("earned_on"))
    kind, form = "enrolment__session__kind", "enrolment__session__course__format"
    return _renamed(rows.values(kind, form, "grade", "month", "mode", "source").annotate(sum=Sum("hours")))


def _grade_on(day: str) -> Subquery:
    """The grade of the latest camp that the person had joined by then; NULL where they had left it."""
    rows = CampMember.objects.standing().filter(trainee=OuterRef("trainee"), joined_on__lte=OuterRef(day))
    present = Case(When(Q(left_on=None) | Q(left_on__gt=OuterRef(day)), then=F("grade")))
    return Subquery(rows.order_by("-joined_on").values(there=present)[:1])


def _renamed(rows: Iterable[dict[str, Any]]) -> Rows:
    """Keys without the way that leads to them."""
    return [{key.rpartition("__")[2]: value for key, value in row.items()} for row in rows]


def _divided(key: str, label: str, heading: str, parts: tuple[Rows, Rows, Rows], words: dict[str, Any]) -> Division:
    """By a choice of the course; hours without a course stand under where they come from."""
    sources = {HoursSource.OUTSIDE: _("Outside courses"), HoursSource.VISIT: _("Study visits")}
    names = words | sources
    lines = _summed(parts, lambda row: row[key] or row["source"], {code: str(names[code]) for code in names})
    return Division(key, label, heading, lines)


def _by_grade(seats: Rows, entries: Rows) -> Division:
    """By the grade of the camp on the day; whoever was in none, as in the advanced plan, comes last."""
    names: dict[Any, str] = {grade: str(label) for grade, label in GRADE_LABELS.items()}
    names[None] = pgettext("camp", "Not in the camp")
    lines = _summed(([], seats, entries), lambda row: row["grade"], names)
    for line in lines:
        line.sessions = None
    note = _("By the grade on the day; those in the advanced plan are in no grade.")
    return Division("grade", _("By grade"), pgettext("camp", "Grade"), lines, has_sessions=False, note=note)


def _by_month(asked: Asked, parts: tuple[Rows, Rows, Rows]) -> Division:
    months = sorted({row["month"] for rows in parts for row in rows})
    names = {month: formats.date_format(month, "YEAR_MONTH_FORMAT") for month in months}
    lines = _summed(parts, lambda row: row["month"], names)
    note = _("Sessions by their first day, hours by the day on which they were earned.")
    return Division("month", _("By month"), _("Month"), lines, note=note)


def _summed(
    parts: tuple[Rows, Rows, Rows], share: Callable[[dict[str, Any]], Any], names: dict[Any, str]
) -> list[Line]:
    """The shares of `names` in their order that have anything."""
    sessions, times = Counter[Any](), Counter[Any]()
    hours: defaultdict[Any, Decimal] = defaultdict(Decimal)
    for counter, rows in ((sessions, parts[0]), (times, parts[1])):
        for row in rows:
            counter[share(row)] += row["many"]
    for row in parts[2]:
        hours[share(row)] += row["sum"]
    known = [key for key in names if sessions[key] or times[key] or hours[key]]
    return [Line(names[key], sessions[key], times[key], hours[key]) for key in known]
