"""Achievements in words and marks, as pages, the desk and the growth file say it."""

from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.achievements.models import AchievementState

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.achievements.models import Achievement

MARKS = {
    AchievementState.DRAFT: "none",
    AchievementState.UNIT: "wait",
    AchievementState.DEPARTMENT: "wait",
    AchievementState.VERIFIED: "ok",
    AchievementState.RETURNED: "soon",
    AchievementState.SUPERSEDED: "idle",
}


def mark_of(achievement: "Achievement") -> tuple[str, str]:
    """The mark and the word of its state (demo-texts A3)."""
    if achievement.is_voided:
        return "none", _("Voided")
    state = AchievementState(achievement.state)
    return MARKS[state], str(state.label)


def span_of(first: "date | None", last: "date | None") -> str:
    """Both days in the viewer's language; what a draft lacks is left open."""
    if first is None or last is None or first == last:
        day = first or last
        return formats.date_format(day) if day is not None else ""
    known = {"first": formats.date_format(first), "last": formats.date_format(last)}
    return pgettext("days", "%(first)s to %(last)s") % known
