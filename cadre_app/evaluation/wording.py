"""Evaluations in words and marks, as pages, the desk and the growth file say them."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.evaluation.models import CampaignState, Outcome
from cadre_app.evaluation.services.box import LEAST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cadre_app.evaluation.models import Campaign, Subject

MARKS = {
    CampaignState.PLANNED: "none",
    CampaignState.OPEN: "wait",
    CampaignState.CLOSED: "soon",
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


def left_out_text(number: int) -> str:
    """Why what came by code is no part of a result."""
    text = ngettext(
        "Another %(number)s sheet came by code. Fewer than %(least)s are left out of the result, so that nobody's opinion "
        "can be worked out.",
        "Another %(number)s sheets came by code. Fewer than %(least)s are left out of the result, so that nobody's opinion "
        "can be worked out.",
        number,
    )
    return text % {"number": number, "least": LEAST}


def would_be_left_out_text(number: int) -> str:
    """As `left_out_text`, before the sheets are counted."""
    text = ngettext(
        "%(number)s sheet came by code so far. Fewer than %(least)s are left out of a result, so that nobody's opinion can "
        "be worked out. Extend the last day to wait for more.",
        "%(number)s sheets came by code so far. Fewer than %(least)s are left out of a result, so that nobody's opinion can "
        "be worked out. Extend the last day to wait for more.",
        number,
    )
    return text % {"number": number, "least": LEAST}


def sheets_text(number: int) -> str:
    return ngettext("%(number)s sheet", "%(number)s sheets", number) % {"number": number}


def percent(part: int, whole: int) -> str:
    """A share in whole percent; empty of nothing."""
    return f"{round(100 * part / whole)}%" if whole else ""


def whole_percents(parts: "Sequence[int]") -> list[int]:
    """Shares of one whole in whole percent that add up to 100: what is cut off goes to the largest remainders."""
    whole = sum(parts)
    if not whole:
        return [0] * len(parts)
    found = [100 * part // whole for part in parts]
    nearest = sorted(range(len(parts)), key=lambda place: -(100 * parts[place] % whole))
    for place in nearest[: 100 - sum(found)]:
        found[place] += 1
    return found
