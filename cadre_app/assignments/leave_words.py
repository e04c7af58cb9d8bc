"""Leave in words and marks, as pages, the desk and the growth file say it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.assignments.models import LeaveStage
from cadre_app.assignments.services.leaves import day_span

if TYPE_CHECKING:
    from cadre_app.assignments.models import Leave

MARKS = {
    LeaveStage.REQUESTED: "wait",
    LeaveStage.CONFIRMED: "wait",
    LeaveStage.APPROVED: "ok",
    LeaveStage.ON_LEAVE: "idle",
    LeaveStage.OVERDUE: "over",
    LeaveStage.RETURNED: "ok",
    LeaveStage.DECLINED: "none",
    LeaveStage.WITHDRAWN: "none",
}


def leave_mark(leave: "Leave") -> tuple[str, str]:
    """The mark and the word of its stage today (demo-texts A3)."""
    if leave.is_voided:
        return "none", _("Voided")
    if leave.return_waits:
        return "wait", _("Return to be confirmed")
    stage = leave.stage
    return MARKS[stage], str(stage.label)


def days_text(count: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", count) % {"days": count}


def span_text(leave: "Leave") -> str:
    """Its days as they were, or as they were asked for."""
    return day_span(leave.started_on, leave.ended_on or leave.due_on)
