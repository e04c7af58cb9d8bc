"""Figures of training: grades of the camp, sessions and visits held in a period, hours a person; with their lists.

Sessions and visits are the district's: they count for a unit when somebody of it was on the roster.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

from cadre_app.core.days import last_of_month
from cadre_app.core.figures import Asked, Breakdown, Figure, Part, Share, breakdowns, figures, summed
from cadre_app.people import conditions
from cadre_app.people.figures import files_of
from cadre_app.training.models import (
    Camp,
    CampMember,
    CourseKind,
    CourseSession,
    HoursEntry,
    Mode,
    Programme,
    StudyVisit,
    VisitState,
)
from cadre_app.training.models.choices import HELD
from cadre_app.training.of_unit import on_roster, on_visit

if TYPE_CHECKING:
    from cadre_app.org.models import Unit
    from cadre_app.training.models.sessions import CourseSessionQuerySet
    from cadre_app.training.models.visits import StudyVisitQuerySet

GROUP = "training"
GRADES = npgettext_lazy("unit of a figure", "grade", "grades")
SESSIONS = npgettext_lazy("unit of a figure", "session", "sessions")
ORDERED = npgettext_lazy("unit of a figure, opened from orders", "session", "sessions")
VISITS = npgettext_lazy("unit of a figure", "visit", "visits")
HOURS = npgettext_lazy("unit of a figure", "training hour", "training hours")
COLUMNS_OF_KINDS = 4
MINE, OF_MINE = "mine", "1"  # the condition of the lists for all units of their reader
BESIDE_CAMP = "beside_camp"  # the list's word for sessions that are not the camp's
VISITED = (VisitState.HELD, VisitState.POSTED)


def announce() -> None:
    """Called once, when the app is ready."""
    lines: tuple[tuple[str, Any, Any, Any, Any, Any], ...] = (
        (
            "camp_grades",
            pgettext_lazy("figure", "Grades of the camp"),
            GRADES,
            camp_grades,
            camp_url,
            _("Grades of the present camp with people in them"),
        ),
        (
            "camp_sessions",
            pgettext_lazy("figure", "Camp sessions held"),
            SESSIONS,
            Part(session_counts, "camp_sessions"),
            lambda asked: sessions_url(asked, programme=Programme.CAMP.value),
            _("Begun in the period and finished by now"),
        ),
        (
            "on_demand_sessions",
            pgettext_lazy("figure", "Sessions opened from orders"),
            ORDERED,
            Part(session_counts, "on_demand_sessions"),
            lambda asked: sessions_url(asked, demand="1"),
            _("Begun in the period and finished by now"),
        ),
        (
            "study_visits",
            pgettext_lazy("figure", "Study visits"),
            VISITS,
            study_visits,
            visits_url,
            _("Held in the period"),
        ),
        (
            "avg_hours",
            pgettext_lazy("figure", "Classroom hours a person"),
            HOURS,
            avg_hours,
            avg_hours_url,
            _("Earned in the period by those in development on its last day, divided by their number; whole hours"),
        ),
    )
    for order, (key, label, word, count, url, rule) in enumerate(lines):
        in_briefing = key in ("camp_grades", "on_demand_sessions")
        figures.register(key, Figure(label, GROUP, order, word, count, url, rule, in_briefing))
    breakdowns.register(
        "sessions_by_kind",
        Breakdown(
            label=_("Sessions by kind of course"),
            group=GROUP,
            order=0,
            unit_word=SESSIONS,
            heading=_("Kind of course"),
            columns=(
                pgettext_lazy("training programme", "Setting Sail youth camp"),
                pgettext_lazy("sessions", "Opened from orders"),
                pgettext_lazy("sessions", "Others"),
                _("In all"),
            ),
            rows=by_kind,
            sums=kind_sums,
            rule=_("Begun in the period and finished by now"),
        ),
    )
    breakdowns.register(
        "hours_by_month",
        Breakdown(
            label=_("Training hours by month"),
            group=GROUP,
            order=1,
            unit_word=HOURS,
            heading=_("Month"),
            columns=(*[mode.label for mode in Mode], _("In all")),
            rows=by_month,
            sums=month_sums,
            rule=_("Earned in the period, by the day of earning; whole hours"),
        ),
    )


def held_sessions(asked: Asked) -> "CourseSessionQuerySet":
    """Begun in the period and finished; of a unit: with somebody of it on the roster."""
    rows = CourseSession.objects.standing().filter(state__in=HELD, starts_on__range=(asked.since, asked.as_of))
    if asked.user is not None:
        rows = rows.visible_to(asked.user)
    if units := units_asked(asked):
        rows = rows.filter(on_roster(units, asked.as_of))
    return rows.order_by()


def units_asked(asked: Asked) -> "list[Unit]":
    """The unit, or those that its reader works for; none for the whole district."""
    if asked.unit is not None:
        return [asked.unit]
    return asked.user.parts if asked.user is not None else []


def held_visits(asked: Asked) -> "StudyVisitQuerySet":
    """Held in the period; of a unit: with somebody of it taking part."""
    rows = StudyVisit.objects.standing().filter(state__in=VISITED, visited_on__range=(asked.since, asked.as_of))
    if asked.user is not None:
        rows = rows.visible_to(asked.user)
    if units := units_asked(asked):
        rows = rows.filter(on_visit(units, asked.as_of))
    return rows.order_by()


def camp_grades(asked: Asked) -> int:
    """Grades of the camp under way on the day that have somebody of the scope in them."""
    day = asked.as_of
    camp = Camp.objects.begun(day).filter(applied_on__isnull=False)[:1]
    rows = CampMember.objects.standing().filter(camp=Subquery(camp.values("pk")), joined_on__lte=day).order_by()
    rows = rows.filter(Q(left_on=None) | Q(left_on__gt=day), trainee__in=files_of(asked).values("pk"))
    found: int = rows.aggregate(many=Count("grade", distinct=True))["many"]
    return found


def session_counts(asked: Asked) -> dict[str, int]:
    """Sessions held of the camp, and those opened from orders; one query."""
    found: dict[str, int] = held_sessions(asked).aggregate(
        camp_sessions=Count("pk", filter=Q(programme=Programme.CAMP)),
        on_demand_sessions=Count("pk", filter=Q(is_on_demand=True)),
    )
    return found


def study_visits(asked: Asked) -> int:
    return held_visits(asked).count()


def avg_hours(asked: Asked) -> int:
    """Classroom hours earned in the period by those in development, for each of them; 0 without anybody.

    Two queries: one over both tables asks for the hours of each file, which takes seconds in a large district.
    """
    files = files_of(asked).filter(conditions.here(asked.as_of))
    earned = HoursEntry.objects.standing().filter(
        mode=Mode.CLASSROOM, earned_on__range=(asked.since, asked.as_of), trainee__in=files.values("pk")
    )
    hours = earned.order_by().aggregate(sum=Coalesce(Sum("hours"), Decimal(0)))["sum"]
    people = files.count()
    return rounded(hours / people) if people else 0


def by_kind(asked: Asked) -> list[Share]:
    """Sessions held by kind of course, in one query; kinds without any are left out."""
    rows: QuerySet[Any, Any] = held_sessions(asked).values("kind")
    demand = Count("pk", filter=Q(is_on_demand=True) & ~Q(programme=Programme.CAMP))
    counted = rows.annotate(all=Count("pk"), camp=Count("pk", filter=Q(programme=Programme.CAMP)), demand=demand)
    found = {row["kind"]: row for row in counted}
    return [
        Share(
            kind.label,
            (row["camp"], row["demand"], row["all"] - row["camp"] - row["demand"], row["all"]),
            sessions_url(asked, kind=kind.value),
            _programmes(asked, kind=kind.value),
        )
        for kind in CourseKind
        if (row := found.get(kind.value)) is not None
    ]


def kind_sums(asked: Asked, rows: Sequence[Share]) -> Share:
    """All that were held, by programme."""
    return summed(rows, COLUMNS_OF_KINDS, sessions_url(asked), _programmes(asked))


def by_month(asked: Asked) -> list[Share]:
    """Hours of the scope by month and mode, in one query."""
    rows: Any = HoursEntry.objects.standing().filter(
        earned_on__range=(asked.since, asked.as_of), trainee__in=files_of(asked).values("pk")
    )
    found: dict[Any, dict[str, Decimal]] = {}
    months = rows.order_by().annotate(month=TruncMonth("earned_on")).values_list("month", "mode")
    for month, mode, hours in months.annotate(sum=Sum("hours")):
        found.setdefault(month, {})[mode] = hours
    shares: list[Share] = []
    for month in sorted(found):
        numbers = [found[month].get(mode.value, Decimal(0)) for mode in Mode]
        since, until = max(month, asked.since), min(last_of_month(month), asked.as_of)
        shares.append(_hours(asked, month, numbers, {"since": since.isoformat(), "until": until.isoformat()}))
    return shares


def month_sums(asked: Asked, rows: Sequence[Share]) -> Share:
    """Hours of the whole period, rounded once they are added up."""
    exact = [row.exact for row in rows]
    numbers = [sum((each[place] for each in exact), Decimal(0)) for place in range(len(Mode))]
    return _hours(asked, None, numbers, {})


def _hours(asked: Asked, month: date | None, numbers: list[Decimal], days: dict[str, str]) -> Share:
    """By mode and in all; each number opens its entries."""
    label = formats.date_format(month, "YEAR_MONTH_FORMAT") if month is not None else _("In all")
    counts = (*map(rounded, numbers), rounded(sum(numbers, Decimal(0))))
    urls = tuple(entries_url(asked, {**days, "mode": mode}) for mode in Mode.values)
    return Share(label, counts, entries_url(asked, days), urls, month, tuple(numbers))


def camp_url(asked: Asked) -> str:
    """The camp of the day."""
    return asked.opens("training:camp_current", {"state": "present", **asked.place, **asked.day})


def sessions_url(asked: Asked, **query: str) -> str:
    """The sessions held in the period, narrowed by `query`."""
    return asked.opens("training:session_list", {"state": "held", **query, **asked.period, **_place(asked)})


def visits_url(asked: Asked) -> str:
    return asked.opens("training:visit_list", {"state": "held", **asked.period, **_place(asked)})


def _place(asked: Asked) -> dict[str, str]:
    """As `Asked.place`; for several units those of whoever reads the list."""
    return asked.place or ({MINE: OF_MINE, **asked.day} if units_asked(asked) else {})


def entries_url(asked: Asked, query: Mapping[str, str]) -> str:
    """The entries of the period, narrowed by `query`; the list adds them up."""
    return asked.opens("training:hours_entries", {**asked.period, **query, **asked.place})


def avg_hours_url(asked: Asked) -> str:
    """The entries that were added up, with the number of people."""
    return entries_url(asked, {"mode": Mode.CLASSROOM.value, "people": "here", **asked.day})


def _programmes(asked: Asked, **query: str) -> tuple[str, ...]:
    """Of the camp, opened from orders beside it, and the others."""
    beside = {"programme": BESIDE_CAMP, **query}
    return (
        sessions_url(asked, **{"programme": Programme.CAMP.value, **query}),
        sessions_url(asked, **{"demand": "1", **beside}),
        sessions_url(asked, **{"demand": "0", **beside}),
    )


def rounded(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))
