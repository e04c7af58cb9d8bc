"""How pages name a briefing, its period and its state."""

from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.briefings.models import Briefing, BriefingState

if TYPE_CHECKING:
    from datetime import date


MARKS = {BriefingState.DRAFT: "idle", BriefingState.SUBMITTED: "wait", BriefingState.ISSUED: "ok"}


def mark_of(briefing: Briefing) -> tuple[str, str]:
    """Its sign and word."""
    if briefing.is_voided:
        return "idle", str(_("Voided"))
    state = BriefingState(briefing.state)
    return MARKS[state], str(state.label)


def serial_of(briefing: Briefing) -> str:
    """No. 3 of 2026; nothing for a draft."""
    if briefing.number is None:
        return ""
    return pgettext("briefing", "No. %(number)s of %(year)s") % {"number": briefing.number, "year": briefing.year}


def period_of(briefing: Briefing) -> str:
    """Its days in the viewer's language."""
    return days_text(briefing.since, briefing.as_of)


def days_text(since: "date", as_of: "date") -> str:
    """1 January 2026 to 23 November 2026."""
    if since == as_of:
        return formats.date_format(since)
    known = {"since": formats.date_format(since), "until": formats.date_format(as_of)}
    return _("%(since)s to %(until)s") % known
