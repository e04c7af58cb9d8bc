"""Sessions in words: the mark of their stage, when and where their classes are held."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from cadre_app.core.tables import joined
from cadre_app.training.models import ClassMeeting, CourseSession, Enrolment, Place, SessionStage

if TYPE_CHECKING:
    from cadre_app.training.services.meetings import NewMeeting

MARKS = {
    SessionStage.PLANNED: "none",
    SessionStage.OPEN: "wait",
    SessionStage.FULL: "ok",
    SessionStage.UNDER_WAY: "soon",
    SessionStage.FINISHED: "wait",
    SessionStage.POSTED: "ok",
    SessionStage.CANCELLED: "idle",
}
GRADE_NAMES = {
    1: pgettext_lazy("camp grade", "First grade"),
    2: pgettext_lazy("camp grade", "Second grade"),
    3: pgettext_lazy("camp grade", "Third grade"),
}
PLACE_MARKS = {Place.ENROLLED: "ok", Place.WAITING: "wait", Place.DECLINED: "idle"}


def session_mark(session: CourseSession, *, is_work: bool = True) -> tuple[str, str]:
    """Mark and word of the stage; for those whose work it is, one that is over without being finished stands out."""
    if session.is_voided:
        return "none", _("Voided")
    stage = session.stage
    if is_work and stage == SessionStage.UNDER_WAY and session.ends_on < timezone.localdate():
        return "over", _("To be finished")
    return MARKS[stage], str(stage.label)


def place_mark(enrolment: Enrolment) -> tuple[str, str]:
    """Mark and word of somebody's place."""
    return PLACE_MARKS[Place(enrolment.place)], enrolment.get_place_display()


def days_text(session: CourseSession) -> str:
    """First and last day, or the one day."""
    first = formats.date_format(session.starts_on)
    if session.starts_on == session.ends_on:
        return first
    last = formats.date_format(session.ends_on)
    return pgettext("days of a session", "%(first)s to %(last)s") % {"first": first, "last": last}


def plain_hours(hours: Decimal) -> int | float:
    """3 and 2.5, not 3.0."""
    return int(hours) if hours == int(hours) else float(hours)


def hours_text(starts_at: time, ends_at: time) -> str:
    return f"{starts_at:%H:%M}–{ends_at:%H:%M}"


def grades_text(grades: "Iterable[int]") -> str:
    """一年级、二年级; empty: for everybody."""
    return joined(GRADE_NAMES[grade] for grade in grades if grade in GRADE_NAMES)


def near_day(day: date) -> str:
    """今天, 明天, else the date."""
    away = (day - timezone.localdate()).days
    return {0: _("today"), 1: _("tomorrow")}.get(away) or formats.date_format(day)


def moment(day: date, at: time) -> datetime:
    """The local time of a day, aware."""
    return timezone.make_aware(datetime.combine(day, at))


def span_of(meetings: "Iterable[ClassMeeting | NewMeeting]") -> list[tuple[datetime, datetime]]:
    """From when until when each of the classes is held."""
    return [(moment(one.held_on, one.starts_at), moment(one.held_on, one.ends_at)) for one in meetings]
