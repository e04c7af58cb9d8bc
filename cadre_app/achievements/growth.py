"""What achievements give to the growth file: verified ones; on the own file everything that stands, with its state."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cadre_app.achievements.models import Achievement, AchievementState
from cadre_app.achievements.models.achievements import MENTOR_LEVEL
from cadre_app.achievements.words import MARKS
from cadre_app.core.growth import Access, Entries, GrowthKind, GrowthSource, Row, Words, growth_kinds, growth_sources
from cadre_app.core.roles import BUSINESS_ROLES

KIND = "achievement"
ALL, VERIFIED = "all", "verified"


def announce() -> None:
    """Called once, when the app is ready."""
    growth_kinds.register(KIND, GrowthKind(pgettext_lazy("growth file", "Achievements"), "flag", 45, tone="l"))
    growth_sources.register(
        "achievements.achievement",
        GrowthSource((KIND,), achievement_words, achievements_seen, achievements, order=70),
    )


def achievements_seen(access: Access) -> str | None:
    """The person all own ones; business roles and the mentor of a running pairing verified ones."""
    if access.is_own:
        return ALL
    return VERIFIED if access.works(*BUSINESS_ROLES) or MENTOR_LEVEL in access.levels else None


def achievements(trainee: UUID, seen: str) -> Entries:
    """By the last day of the period; one that was corrected is read beside the entry that corrects it."""
    rows = Achievement.objects.standing().filter(trainee=trainee, ended_on__isnull=False)
    if seen == ALL:
        rows = rows.exclude(state=AchievementState.SUPERSEDED)
    else:
        rows = rows.filter(state=AchievementState.VERIFIED)
    data: dict[str, Any] = {"title": "title", "role": "role", "result": "result", "verified": "verified_on"}
    return Entries(rows, day="ended_on", kind=KIND, data=data, status=F("state"))


def achievement_words(row: Row, access: Access) -> Words:
    known, state = row.data, AchievementState(row.status)
    verified = parse_date(known["verified"]) if known["verified"] else None
    by = _("verified by the department on %(day)s") % {"day": formats.date_format(verified)} if verified else ""
    return Words(
        known["title"],
        text=" · ".join(part for part in (known["role"], known["result"]) if part),
        by=by,
        state=MARKS[state],
        label=str(state.label),
        url=reverse("achievements:achievement_detail", kwargs={"pk": row.id}),
        is_held=state == AchievementState.VERIFIED,
    )
