"""Figures of talks, symposiums and what was raised; staff and leaders get them, as they get the lists."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

from cadre_app.care import permissions
from cadre_app.care.models import CareVisit, Problem, ProblemState, Symposium, Talk
from cadre_app.care.models.plans import WORKERS
from cadre_app.core.figures import Asked, Figure, Part, figures
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


def talks_url(asked: Asked) -> str:
    return _list(asked, "care:talk_list", {"state": ALL_HELD}) if asked.opens_events else ""


def symposiums_url(asked: Asked) -> str:
    """Of any period: a symposium stays with the unit that held it."""
    return _list(asked, "care:symposium_list", {"state": ALL_HELD})


def problems_url(asked: Asked) -> str:
    return _list(asked, "care:problem_list", {}) if asked.opens_events else ""


def closed_url(asked: Asked) -> str:
    closed = {"state": ProblemState.CLOSED.value, "closed_until": asked.as_of.isoformat()}
    return _list(asked, "care:problem_list", closed) if asked.opens_events else ""


def _list(asked: Asked, name: str, query: dict[str, str]) -> str:
    if asked.user is None or not permissions.can_see_list(asked.user):
        return ""
    known = {**query, "since": asked.since.isoformat(), "until": asked.as_of.isoformat(), **asked.place}
    return f"{reverse(name)}?{urlencode(known)}"
