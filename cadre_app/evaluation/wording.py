"""Evaluations in words and marks, as pages, the desk and the growth file say them."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.evaluation.models import CampaignState, Outcome

if TYPE_CHECKING:
    from cadre_app.evaluation.models import Campaign, Subject

MARKS = {
    CampaignState.PLANNED: "none",
    CampaignState.OPEN: "idle",
    CampaignState.CLOSED: "wait",
    CampaignState.VALID: "ok",
    CampaignState.SMALL: "miss",
}


def campaign_mark(campaign: "Campaign") -> tuple[str, str]:
    """The mark and the word of its state (demo texts A3)."""
    if campaign.is_voided:
        return "none", _("Voided")
    state = CampaignState(campaign.state)
    return MARKS[state], str(state.label)


def outcome_mark(subject: "Subject") -> tuple[str, str] | None:
    """The mark and the word of one person's result; None before the sheets are counted."""
    if not subject.outcome:
        return None
    return ("ok" if subject.is_valid else "miss"), str(Outcome(subject.outcome).label)


def small_text(least: int) -> str:
    """What stands in place of a result with too few sheets (demo texts A6)."""
    text = ngettext(
        "Fewer than %(least)s sheet: no result is shown yet. Extend the last day or add paper sheets.",
        "Fewer than %(least)s sheets: no result is shown yet. Extend the last day or add paper sheets.",
        least,
    )
    return text % {"least": least}


def sheets_text(number: int) -> str:
    return ngettext("%(number)s sheet", "%(number)s sheets", number) % {"number": number}


def percent(part: int, whole: int) -> str:
    """A share in whole percent; empty of nothing."""
    return f"{round(100 * part / whole)}%" if whole else ""
