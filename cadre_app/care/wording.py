"""Talks in words: marks of states, the rule behind a day, what follows from a talk."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.care.models import Occasion, ProblemState, TalkState

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.care.models import Problem, Talk

SOON = timedelta(days=30)
HALF_A_YEAR = 6
MARKS = {
    TalkState.PLANNED: "none",
    TalkState.BOOKED: "wait",
    TalkState.HELD: "wait",
    TalkState.FOLLOW_UP: "soon",
    TalkState.CLOSED: "ok",
    TalkState.CANCELLED: "idle",
}
PROBLEM_MARKS = {
    ProblemState.TO_ASSIGN: "miss",
    ProblemState.IN_HAND: "wait",
    ProblemState.ANSWERED: "soon",
    ProblemState.REVISITED: "soon",
    ProblemState.CLOSED: "ok",
    ProblemState.EXPLAINED: "idle",
}
# What happened, as it stands in a sentence; the occasions themselves are kinds of talks.
HAPPENED: "dict[str, _StrPromise]" = {
    Occasion.NEW_POST: gettext_lazy("a new post"),
    Occasion.APPOINTMENT: gettext_lazy("an appointment"),
    Occasion.COMMENDED: gettext_lazy("an award"),
    Occasion.SETBACK: gettext_lazy("a setback at work"),
    Occasion.COMPLAINT: gettext_lazy("what residents said"),
    Occasion.FAMILY: gettext_lazy("a serious change in the family"),
    Occasion.ASSESSMENT: gettext_lazy("the result of the annual assessment"),
    Occasion.RETURN: gettext_lazy("the return to the post"),
    Occasion.REQUEST: gettext_lazy("an own request"),
}


def talk_mark(talk: "Talk") -> tuple[str, str]:
    """Mark and word of a talk's state; what should have been done by now stands out."""
    if talk.is_voided:
        return "none", _("Voided")
    mark = "over" if is_late(talk, timezone.localdate()) else MARKS[TalkState(talk.state)]
    return mark, talk.get_state_display()


def is_late(talk: "Talk", today: date) -> bool:
    """Planned or booked for a day that has passed, or a return visit that is overdue."""
    if talk.is_waiting:
        return talk.planned_on < today
    return talk.state == TalkState.FOLLOW_UP and talk.follow_up_on is not None and talk.follow_up_on < today


def problem_mark(problem: "Problem") -> tuple[str, str]:
    """Mark and word of a problem's state."""
    if problem.is_voided:
        return "none", _("Voided")
    is_over = problem.is_in_work and problem.due_on < timezone.localdate()
    mark = "over" if is_over else PROBLEM_MARKS[ProblemState(problem.state)]
    return mark, problem.get_state_display()


def due_mark(day: date) -> tuple[str, str]:
    """Mark and word of a day by which something is to be done."""
    left = (day - timezone.localdate()).days
    if left < 0:
        return "over", ngettext("%(count)s day late", "%(count)s days late", -left) % {"count": -left}
    if left == 0:
        return "soon", _("Today")
    if left <= SOON.days:
        return "soon", ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}
    return "none", formats.date_format(day)


def cadence_text(months: int) -> str:
    """每半年不少于1次 how often a talk is held at least."""
    if months == HALF_A_YEAR:
        return _("at least once every half year")
    text = ngettext("at least once a month", "at least once every %(count)s months", months)
    return text % {"count": months}


def happened_text(occasion: str) -> str:
    """What happened, as it stands in a sentence."""
    return str(HAPPENED.get(occasion, Occasion(occasion).label))


def follow_up_text(text: str, unit: str, state: str, due_on: date) -> str:
    """办公电脑更换（镇党政办办理，{日期}前） one problem with who takes care of it, as the person concerned reads it."""
    known = {"text": text, "unit": unit, "day": formats.date_format(due_on)}
    if state == ProblemState.TO_ASSIGN:
        return _("%(text)s (to be assigned)") % known
    if state == ProblemState.IN_HAND:
        return _("%(text)s (with %(unit)s, by %(day)s)") % known
    return _("%(text)s (%(state)s)") % (known | {"state": str(ProblemState(state).label)})
