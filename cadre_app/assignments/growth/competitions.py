"""What comparisons give to the growth file: that somebody's team or front had a part in them, never points, never a place."""

from typing import Any
from uuid import UUID

from django.db.models import CharField, F
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from cadre_app.assignments.growth.kind import POSTING
from cadre_app.assignments.models import CompetitionMember, CompetitionState
from cadre_app.core.growth import Access, Entries, GrowthSource, Row, Words, growth_sources
from cadre_app.core.roles import BUSINESS_ROLES

MENTOR_LEVEL = "mentor"


def announce() -> None:
    """Called once, when the app is ready."""
    growth_sources.register(
        "assignments.competition", GrowthSource((POSTING,), team_words, teams_seen, teams, order=48)
    )


def teams_seen(access: Access) -> bool | None:
    """Business roles and the own file; mentors too, who read what is published."""
    return True if access.reads(*BUSINESS_ROLES) or MENTOR_LEVEL in access.levels else None


def teams(trainee: UUID, seen: bool) -> Entries:
    """Teams and fronts whose results are published, by the day of the publication."""
    rows = CompetitionMember.objects.standing().filter(trainee=trainee, shown_on__isnull=False, team__voided_at=None)
    data: dict[str, Any] = {
        "competition": Cast("team__competition_id", CharField()),
        "title": "team__competition__title",
        "team": "team__name",
        "unit": "team__unit__name",
        "front_zh": "team__front__name_zh",
        "front_en": "team__front__name_en",
    }
    return Entries(rows, day="shown_on", kind=POSTING, data=data, status=F("team__competition__state"))


def team_words(row: Row, access: Access) -> Words:
    known = row.data
    front = known["front_zh"] if (get_language() or "").startswith("zh") else known["front_en"]
    if known["team"]:
        title = pgettext("growth file", "Took part in the results of the team “%(team)s”") % known
    else:
        title = pgettext("growth file", "Took part in the results of the front “%(front)s”") % {"front": front}
    return Words(
        title,
        text=" · ".join(part for part in (known["title"], known["unit"]) if part),
        by=_("Results by front and team"),
        state="none",
        label=str(CompetitionState(row.status).label),
        url=reverse("assignments:competition_detail", kwargs={"pk": known["competition"]}),
    )
