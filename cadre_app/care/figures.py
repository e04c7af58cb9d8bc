"""Figures of talks, symposiums and what was raised; staff and leaders get them, as they get the lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

from cadre_app.care import permissions
from cadre_app.care.models import CareVisit, Problem, ProblemState, Symposium, Talk, TalkPlan
from cadre_app.care.models.plans import WORKERS
from cadre_app.care.wording import SOON
from cadre_app.core.days import last_of_month
from cadre_app.core.figures import Asked, Breakdown, Figure, Part, Share, breakdowns, figures, summed
from cadre_app.org.paths import any_of
from cadre_app.people.conditions import of_unit
from cadre_app.people.figures import files_of
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from cadre_app.care.models.problems import ProblemQuerySet
    from cadre_app.care.models.symposiums import SymposiumQuerySet
    from cadre_app.care.models.talks import TalkQuerySet
    from cadre_app.org.models import Unit

GROUP = "care"
ALL_HELD = "all_held"
TALKS = npgettext_lazy("unit of a figure", "talk", "talks")
SYMPOSIUMS = npgettext_lazy("unit of a figure", "symposium", "symposiums")
PEOPLE = npgettext_lazy("unit of a figure", "person", "people")
PROBLEMS = npgettext_lazy("unit of a figure", "problem", "problems")


def announce() -> None:
    """Called once, when the app is ready."""
    lines: tuple[
        tuple[str, _StrPromise, _StrPromise | str, Callable[[Asked], int], Callable[[Asked], str], _StrPromise], ...
    ] = (
        (
            "talks",
            pgettext_lazy("figure", "Talks held"),
            TALKS,
            count_talks,
            talks_url,
            _("By the day of the talk; each talk counts, voided ones never"),
        ),
        (
            "symposiums",
            pgettext_lazy("figure", "Symposiums held"),
            SYMPOSIUMS,
            count_symposiums,
            symposiums_url,
            _("By the day of the symposium, at the unit that held it"),
        ),
        (
            "problems",
            pgettext_lazy("figure", "Problems raised"),
            PROBLEMS,
            Part(problem_counts, "problems"),
            problems_url,
            _("By the day of the talk, symposium or visit; without a name at the unit of the symposium"),
        ),
        (
            "problems_closed",
            pgettext_lazy("figure", "Of these closed"),
            PROBLEMS,
            Part(problem_counts, "problems_closed"),
            closed_url,
            _("Raised in the period and closed by its last day; explained ones are not closed"),
        ),
    )
    for order, (key, label, word, count, url, rule) in enumerate(lines):
        figures.register(key, Figure(label, GROUP, order, word, count, url, rule, seen_by=permissions.can_see_list))
    due: tuple[tuple[str, _StrPromise, _StrPromise], ...] = (
        ("talks_late", pgettext_lazy("figure", "Talks overdue"), _("The next talk should have been by today")),
        ("talks_near", pgettext_lazy("figure", "Talks due within 30 days"), _("Overdue ones among them")),
    )
    for order, (key, label, rule) in enumerate(due, start=len(lines)):
        count, url = Part(due_counts, key), partial(plans_url, case=key.removeprefix("talks_"))
        figures.register(
            key,
            Figure(label, GROUP, order, PEOPLE, count, url, rule, seen_by=permissions.can_see_list, is_of_today=True),
        )
    breakdowns.register(
        "talks_by_month",
        Breakdown(
            label=_("Talks by month"),
            group=GROUP,
            order=0,
            unit_word=TALKS,
            heading=_("Month"),
            columns=(pgettext_lazy("talks", "Held"),),
            rows=by_month,
            sums=month_sums,
            rule=_("By the day of the talk; each talk counts, voided ones never"),
            seen_by=permissions.can_see_list,
        ),
    )


def talks_held(asked: Asked) -> "TalkQuerySet":
    """Held in the period with people of the scope."""
    rows = Talk.objects.held().filter(held_on__range=(asked.since, asked.as_of)).order_by()
    return rows.filter(trainee__in=files_of(asked, *WORKERS).values("pk"))


def symposiums_held(asked: Asked) -> "SymposiumQuerySet":
    """Held in the period by the unit or one below it."""
    rows = Symposium.objects.took_place().filter(day__range=(asked.since, asked.as_of)).order_by()
    if asked.user is not None:
        rows = rows.worked_on(asked.user)
    return rows if asked.unit is None else rows.filter(any_of((asked.unit.range,), "unit__path"))


def problems_raised(asked: Asked) -> "ProblemQuerySet":
    """Raised in the period; of a unit as the list has it."""
    rows = Problem.objects.standing().filter(talk__voided_at=None, symposium__voided_at=None, visit__voided_at=None)
    rows = rows.filter(raised_between(asked.since, asked.as_of), trainee__voided_at=None).order_by()
    if asked.user is not None:
        rows = rows.visible_to(asked.user)
    return rows if asked.unit is None else rows.filter(raised_in(asked.unit, asked.as_of))


def raised_between(first: date, last: date) -> Q:
    """By the day of what it was raised in."""
    days = (first, last)
    return (
        Q(talk__in=Talk.objects.order_by().filter(held_on__range=days).values("pk"))
        | Q(symposium__in=Symposium.objects.order_by().filter(day__range=days).values("pk"))
        | Q(visit__in=CareVisit.objects.order_by().filter(held_on__range=days).values("pk"))
    )


def raised_in(unit: "Unit", day: date) -> Q:
    """By somebody who was of the unit on a day; those without a name where the symposium was held."""
    files = of_unit(Trainee.objects.order_by(), unit, day)
    nobody = Q(trainee=None) & any_of((unit.range,), "symposium__unit__path")
    return Q(trainee__in=files.values("pk")) | nobody


def count_talks(asked: Asked) -> int:
    return talks_held(asked).count()


def count_symposiums(asked: Asked) -> int:
    return symposiums_held(asked).count()


def problem_counts(asked: Asked) -> dict[str, int]:
    """Raised, and of these closed by the day that is asked; one query."""
    closed = Q(state=ProblemState.CLOSED, closed_on__lte=asked.as_of)
    found: dict[str, int] = problems_raised(asked).aggregate(
        problems=Count("pk"), problems_closed=Count("pk", filter=closed)
    )
    return found


def due_counts(asked: Asked) -> dict[str, int]:
    """Of those in development whose next talk is due; one query. Plans say when it is due now."""
    plans = TalkPlan.objects.in_development().filter(trainee__in=files_of(asked, *WORKERS).values("pk")).order_by()
    found: dict[str, int] = plans.aggregate(
        talks_late=Count("pk", filter=Q(next_on__lt=asked.as_of)),
        talks_near=Count("pk", filter=Q(next_on__lte=asked.as_of + SOON)),
    )
    return found


def by_month(asked: Asked) -> list[Share]:
    """Months in which talks were held, in one query."""
    months = talks_held(asked).annotate(month=TruncMonth("held_on")).values_list("month")
    shares = []
    for month, count in months.annotate(count=Count("pk")).order_by("month"):
        since, until = max(month, asked.since), min(last_of_month(month), asked.as_of)
        url = talks_url(asked, {"since": since.isoformat(), "until": until.isoformat()})
        shares.append(Share(formats.date_format(month, "YEAR_MONTH_FORMAT"), (count,), url, month=month))
    return shares


def month_sums(asked: Asked, rows: Sequence[Share]) -> Share:
    """All talks of the period."""
    return summed(rows, 1, talks_url(asked))


def plans_url(asked: Asked, case: str) -> str:
    """The list of people with their plans."""
    return _list(asked, "care:plan_list", {"case": case})


def talks_url(asked: Asked, days: Mapping[str, str] | None = None) -> str:
    return _list(asked, "care:talk_list", {"state": ALL_HELD, **asked.period, **(days or {})})


def symposiums_url(asked: Asked) -> str:
    """A symposium stays with the unit that held it."""
    unit = {"unit": str(asked.unit.pk)} if asked.unit is not None else {}
    return _reading(asked, "care:symposium_list", {"state": ALL_HELD, **asked.period, **unit})


def problems_url(asked: Asked) -> str:
    return _list(asked, "care:problem_list", asked.period)


def closed_url(asked: Asked) -> str:
    closed = {"state": ProblemState.CLOSED.value, "closed_until": asked.as_of.isoformat()}
    return _list(asked, "care:problem_list", {**asked.period, **closed})


def _list(asked: Asked, name: str, query: Mapping[str, str]) -> str:
    return _reading(asked, name, {**query, **asked.place})


def _reading(asked: Asked, name: str, query: Mapping[str, str]) -> str:
    """The list, for those who have it."""
    return asked.opens(name, query) if asked.user is not None and permissions.can_see_list(asked.user) else ""
