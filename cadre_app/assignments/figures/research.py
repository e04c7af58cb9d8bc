"""Research reports: how many were handed in, and won a first or second prize of the city; with the lists behind them."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

from cadre_app.assignments.models import (
    PrizeLevel,
    PrizeRank,
    ProjectKind,
    ProjectState,
    ResearchMember,
    ResearchPrize,
    ResearchProject,
)
from cadre_app.assignments.models.research import OVERSEERS
from cadre_app.assignments.permissions.rooms import is_department
from cadre_app.assignments.policies import FIGURES_SINCE
from cadre_app.core.figures import Asked, Breakdown, Figure, Share, breakdowns, figures, summed
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.assignments.models.research import ProjectQuerySet

GROUP = "research"
REPORTS = npgettext_lazy("unit of a figure", "report", "reports")
ALIVE = "alive"  # the list's word for everything that was not dropped
TOP = (PrizeRank.FIRST, PrizeRank.SECOND)


def announce() -> None:
    """Called once, when the app is ready."""
    figures.register(
        "research_prizes",
        Figure(
            pgettext_lazy("figure", "City first or second prizes for research reports"),
            GROUP,
            0,
            REPORTS,
            research_prizes,
            prizes_url,
            _("Announced since the day in the settings; a report counts once"),
            in_briefing=True,
            seen_by=is_department,
        ),
    )
    figures.register(
        "reports",
        Figure(
            pgettext_lazy("figure", "Research reports handed in"),
            GROUP,
            1,
            REPORTS,
            reports_in,
            reports_url,
            _("First version since the day in the settings; personal reports and team topics that were not dropped"),
            seen_by=is_department,
        ),
    )
    breakdowns.register(
        "research_by_stage",
        Breakdown(
            label=_("Research by stage"),
            group=GROUP,
            order=0,
            unit_word=npgettext_lazy("unit of a figure", "project", "projects"),
            heading=pgettext_lazy("research", "Stage"),
            columns=(*[kind.label for kind in ProjectKind], pgettext_lazy("research", "In all")),
            rows=by_stage,
            sums=stage_sums,
            rule=_("Team topics and personal reports as they stand today; dropped ones never"),
            seen_by=is_department,
            is_of_today=True,
        ),
    )


def by_stage(asked: Asked) -> list[Share]:
    """Each stage that holds a project with somebody of the scope in the team, in one query."""
    members = ResearchMember.objects.standing().filter(trainee__in=files_of(asked, *OVERSEERS).values("pk"))
    rows = ResearchProject.objects.standing().filter(pk__in=members.values("project")).order_by()
    found: Counter[tuple[str, str]] = Counter()
    for state, kind, number in rows.values_list("state", "kind").annotate(number=Count("pk")):
        found[state, kind] = number
    shares = []
    for state in ProjectState:
        numbers = [found[state.value, kind.value] for kind in ProjectKind]
        if state != ProjectState.DROPPED and any(numbers):
            url, urls = stage_url(asked, state.value), _kinds(asked, state.value)
            shares.append(Share(state.label, (*numbers, sum(numbers)), url, urls))
    return shares


def stage_sums(asked: Asked, rows: Sequence[Share]) -> Share:
    """Everything that was not dropped."""
    return summed(rows, len(ProjectKind) + 1, stage_url(asked, ALIVE), _kinds(asked, ALIVE))


def stage_url(asked: Asked, state: str, **query: str) -> str:
    """The list of one stage."""
    return asked.opens("assignments:research_list", {"state": state, **query, **asked.place})


def _kinds(asked: Asked, state: str) -> tuple[str, ...]:
    return tuple(stage_url(asked, state, kind=kind) for kind in ProjectKind.values)


def handed_in(asked: Asked) -> "ProjectQuerySet":
    """First handed in from the day in the settings to the day that is asked, with somebody of the scope in the team."""
    members = ResearchMember.objects.standing().filter(trainee__in=files_of(asked, *OVERSEERS).values("pk"))
    rows = ResearchProject.objects.handed_in_from(FIGURES_SINCE.on(asked.as_of)).handed_in_until(asked.as_of)
    return rows.filter(pk__in=members.values("project")).order_by()


def reports_in(asked: Asked) -> int:
    """One query beside the setting."""
    return handed_in(asked).count()


def reports_url(asked: Asked) -> str:
    """The list of exactly these."""
    days = {"handed_since": FIGURES_SINCE.on(asked.as_of).isoformat(), "handed_until": asked.as_of.isoformat()}
    return asked.opens("assignments:research_list", {**days, **asked.place})


def won(asked: Asked) -> "QuerySet[ResearchPrize]":
    """City first and second prizes since the day in the settings, of reports with somebody of the scope in the team."""
    members = ResearchMember.objects.standing().filter(trainee__in=files_of(asked).values("pk"))
    since = FIGURES_SINCE.on(asked.as_of)
    rows = ResearchPrize.objects.standing().filter(level=PrizeLevel.CITY, rank__in=TOP, project__voided_at=None)
    return rows.filter(awarded_on__range=(since, asked.as_of), project__in=members.values("project")).order_by()


def research_prizes(asked: Asked) -> int:
    """Reports, each once; one query beside the setting."""
    return won(asked).values("project").distinct().count()


def prizes_url(asked: Asked) -> str:
    """The list of prizes."""
    days = {"since": FIGURES_SINCE.on(asked.as_of).isoformat(), "until": asked.as_of.isoformat()}
    query = {"level": PrizeLevel.CITY.value, "rank": "top", **days, **asked.place}
    return asked.opens("assignments:prize_list", query)
