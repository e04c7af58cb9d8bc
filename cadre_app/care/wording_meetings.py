"""Symposiums and visits in words: marks of states, times, what somebody is told."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.care.models import Presence, Source, SymposiumState, Told, VisitState

if TYPE_CHECKING:
    from cadre_app.care.models import CareVisit, Invitation, Problem, Remark, Symposium

SYMPOSIUM_MARKS = {
    SymposiumState.PLANNED: "none",
    SymposiumState.NOTIFIED: "wait",
    SymposiumState.HELD: "soon",
    SymposiumState.CLOSED: "ok",
    SymposiumState.CANCELLED: "idle",
}
VISIT_MARKS = {
    VisitState.PLANNED: "none",
    VisitState.HELD: "soon",
    VisitState.CLOSED: "ok",
    VisitState.CANCELLED: "idle",
}
PRESENCE_MARKS = {Presence.PRESENT: "ok", Presence.EXCUSED: "wait", Presence.ABSENT: "miss"}
NEWS = {
    Told.INVITED: gettext_lazy(
        "You are invited for %(day)s, %(time)s, %(place)s. Please answer whether you take part."
    ),
    Told.MOVED: gettext_lazy("Now on %(day)s, %(time)s, %(place)s. Please answer again whether you take part."),
    Told.CANCELLED: gettext_lazy("It was planned for %(day)s. Reason: %(reason)s"),
    Told.TAKEN_OFF: gettext_lazy("You are no longer on the list for %(day)s. Reason: %(reason)s"),
}
NEWS_TITLES = {
    Told.INVITED: gettext_lazy("Invitation: %(title)s"),
    Told.MOVED: gettext_lazy("Time or place changed: %(title)s"),
    Told.CANCELLED: gettext_lazy("Cancelled: %(title)s"),
    Told.TAKEN_OFF: gettext_lazy("Not on the list any more: %(title)s"),
}
DETAIL = {
    Source.TALK: "care:talk_detail",
    Source.SYMPOSIUM: "care:symposium_detail",
    Source.VISIT: "care:visit_detail",
}


def symposium_mark(symposium: "Symposium") -> tuple[str, str]:
    """Mark and word of its state; one whose day has passed waits for its record."""
    if symposium.is_voided:
        return "none", _("Voided")
    state = SymposiumState(symposium.state)
    if state in (SymposiumState.PLANNED, SymposiumState.NOTIFIED) and symposium.day < timezone.localdate():
        return "miss", _("To be recorded")
    return SYMPOSIUM_MARKS[state], str(state.label)


def visit_mark(visit: "CareVisit") -> tuple[str, str]:
    """Mark and word of its state; one whose day has passed stands out."""
    if visit.is_voided:
        return "none", _("Voided")
    state = VisitState(visit.state)
    is_late = state == VisitState.PLANNED and visit.planned_on < timezone.localdate()
    return "over" if is_late else VISIT_MARKS[state], str(state.label)


def presence_mark(invitation: "Invitation") -> tuple[str, str]:
    """Attendance where it is recorded, else the answer."""
    if invitation.presence:
        return PRESENCE_MARKS[Presence(invitation.presence)], invitation.get_presence_display()
    if invitation.answer:
        return "none", invitation.get_answer_display()
    return "", ""


def time_text(symposium: "Symposium") -> str:
    """09:00—11:30."""
    return _("%(first)s to %(last)s") % {
        "first": formats.time_format(symposium.starts_at, "H:i"),
        "last": formats.time_format(symposium.ends_at, "H:i"),
    }


def speaker_text(remark: "Remark") -> str:
    """Who said it; an anonymous remark names nobody."""
    if remark.is_anonymous:
        return _("Without a name")
    return remark.trainee.person.name if remark.trainee is not None else remark.speaker


def raised_by(problem: "Problem") -> str:
    return problem.trainee.person.name if problem.trainee is not None else _("Without a name")


def source_url(problem: "Problem") -> str:
    """The page on which the problem stands."""
    return reverse(DETAIL[problem.source_kind], kwargs={"pk": problem.source.pk}) + f"#problem-{problem.pk}"
