"""What is said of a posting or a leave on the board, the timeline and the lists: its mark, its days, its host."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cadre_app.assignments.models import Front, HostLevel, Leave, LeaveStage, Posting, PostingKind, PostingStage
from cadre_app.assignments.policies import DUE_SOON_DAYS

if TYPE_CHECKING:
    from uuid import UUID

Mark = tuple[str, str]

STAGE_STATES: dict[str, str] = {
    PostingStage.PROPOSED: "wait",
    PostingStage.APPROVED: "wait",
    PostingStage.UNDER_WAY: "ok",
    PostingStage.MID_TERM: "soon",
    PostingStage.OVERSTAY: "over",
    PostingStage.APPRAISAL_DUE: "soon",
    PostingStage.CLOSED: "idle",
    PostingStage.RECALLED: "idle",
    PostingStage.DECLINED: "idle",
    PostingStage.NEVER_BEGAN: "idle",
}
LEAVE_STATES: dict[str, str] = {
    LeaveStage.APPROVED: "none",
    LeaveStage.ON_LEAVE: "miss",
    LeaveStage.OVERDUE: "over",
    LeaveStage.RETURNED: "idle",
}


def stage_mark(posting: Posting, day: date) -> Mark:
    """Mark and word of a posting's stage on a local date."""
    if posting.is_voided:
        return "idle", _("Voided")
    stage = posting.stage_on(day)
    return STAGE_STATES[stage], str(PostingStage(stage).label)


def leave_mark(leave: Leave, day: date) -> Mark:
    """Mark and word of a leave's stage on a local date."""
    stage = leave.stage_on(day)
    return LEAVE_STATES.get(stage, "wait"), str(LeaveStage(stage).label)


def time_left(posting: Posting, day: date) -> str:
    """For somebody who is there: days past the planned last day, or until it where that is near; else ""."""
    if posting.due_on is None or posting.stage_on(day) not in HERE:
        return ""
    left = (posting.due_on - day).days
    if left < 0:
        text = ngettext("%(count)d day over, not returned", "%(count)d days over, not returned", -left)
        return text % {"count": -left}
    if left <= DUE_SOON_DAYS.on(day):
        return ngettext("%(count)d day left", "%(count)d days left", left) % {"count": left}
    return ""


HERE = (PostingStage.UNDER_WAY, PostingStage.MID_TERM, PostingStage.OVERSTAY)


def days_text(starts: date, until: date | None) -> str:
    """From and until; open ends are said."""
    if until is None:
        return _("since %(day)s, end open") % {"day": formats.date_format(starts)}
    return _("%(since)s to %(until)s") % {"since": formats.date_format(starts), "until": formats.date_format(until)}


def front_names() -> "dict[UUID, str]":
    """The six fronts by key of their rows, in their order; one query."""
    return {front.pk: str(front) for front in Front.objects.standing()}


def kind_with_level(posting: Posting) -> str:
    """The kind; shadow training at a higher level names it."""
    if posting.kind == PostingKind.SHADOW and posting.host_level != HostLevel.DISTRICT:
        known = {"kind": posting.get_kind_display(), "level": posting.get_host_level_display()}
        return pgettext("kind of posting with its level", "%(kind)s (%(level)s)") % known
    return posting.get_kind_display()
