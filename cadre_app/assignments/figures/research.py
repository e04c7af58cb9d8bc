"""Research reports: how many were handed in, and won a first or second prize of the city; with the lists behind them."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

from cadre_app.assignments.models import PrizeLevel, PrizeRank, ResearchMember, ResearchPrize, ResearchProject
from cadre_app.assignments.models.research import OVERSEERS
from cadre_app.assignments.permissions.rooms import is_department
from cadre_app.assignments.policies import FIGURES_SINCE
from cadre_app.core.figures import Asked, Figure, figures
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.assignments.models.research import ProjectQuerySet

GROUP = "research"
REPORTS = npgettext_lazy("unit of a figure", "report", "reports")
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
    if not asked.opens_events:
        return ""
    since = FIGURES_SINCE.on(asked.as_of).isoformat()
    query = {"handed_since": since, "handed_until": asked.as_of.isoformat(), **asked.place}
    return f"{reverse('assignments:research_list')}?{urlencode(query)}"


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
    """The list of prizes, for those who have it."""
    if asked.user is None or not asked.is_today or not is_department(asked.user):
        return ""
    since = FIGURES_SINCE.on(asked.as_of).isoformat()
    query = {"level": PrizeLevel.CITY.value, "rank": "top", "since": since, "until": asked.as_of.isoformat()}
    if asked.unit is not None:
        query["unit"] = str(asked.unit.pk)
    return f"{reverse('assignments:prize_list')}?{urlencode(query)}"
