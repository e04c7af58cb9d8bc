"""Training hours in words and marks."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.training.models import HoursSource, OutsideState
from cadre_app.training.requirement import Basis, Pace, Reckoning

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.training.models import HoursEntry, OutsideCourse

PACE_LABELS: "dict[str, _StrPromise]" = {
    Pace.REACHED: pgettext_lazy("training hours", "Reached"),
    Pace.ON_COURSE: gettext_lazy("Will reach at this pace"),
    Pace.BEHIND: gettext_lazy("Will miss at this pace"),
}
PACE_MARKS = {Pace.REACHED: "ok", Pace.ON_COURSE: "wait", Pace.BEHIND: "soon"}
# Of a year that is over; only the five years of county level can still go on after it.
PAST_LABELS: "dict[str, _StrPromise]" = {
    **PACE_LABELS,
    Pace.ON_COURSE: gettext_lazy("Will reach in five years at this pace"),
    Pace.BEHIND: gettext_lazy("Not reached"),
}
PAST_MARKS = {**PACE_MARKS, Pace.BEHIND: "over"}
OUTSIDE_MARKS = {OutsideState.SUBMITTED: "wait", OutsideState.RETURNED: "soon", OutsideState.VERIFIED: "ok"}


def plain(hours: Decimal) -> str:
    """3 or 3.5, as the viewer's language writes numbers."""
    return formats.number_format(hours, 0 if hours == hours.to_integral_value() else 1)


def period(found: Reckoning) -> str:
    """The year, or the years that are added up."""
    if found.first_year == found.year:
        return str(found.year)
    return _("%(first)s–%(last)s") % {"first": found.first_year, "last": found.year}


def done_text(found: Reckoning) -> str:
    """您今年已完成集中培训{已}学时，全年应不少于{应}学时 to the person concerned (demo-texts A6); online hours beside it."""
    if found.basis is Basis.COUNTY:
        text = _("You have completed %(done)s in %(period)s; at least %(required)s are needed in these five years.")
    elif found.year != timezone.localdate().year:
        text = _("You completed %(done)s in %(period)s; at least %(required)s were needed.")
    else:
        text = _("You have completed %(done)s this year; at least %(required)s are needed.")
    return _said(text, found)


def done_text_of(name: str, found: Reckoning) -> str:
    """As `done_text`, to others, of the present year."""
    if found.basis is Basis.COUNTY:
        text = _("%(name)s has completed %(done)s in %(period)s; at least %(required)s are needed in these five years.")
    else:
        text = _("%(name)s has completed %(done)s this year; at least %(required)s are needed.")
    return _said(text, found, name=name)


def _said(text: str, found: Reckoning, **known: str) -> str:
    hours = _("%(hours)s classroom and online hours") if found.online_counts else _("%(hours)s classroom hours")
    known["done"] = hours % {"hours": plain(found.counted)}
    parts = [text % {**known, "required": plain(found.required), "period": period(found)}]
    if found.online and not found.online_counts:
        beside = _("Besides %(hours)s online hours in %(year)s, which are counted apart.")
        parts.append(beside % {"hours": plain(found.online), "year": found.year})
    return _("%(first)s %(second)s") % {"first": parts[0], "second": parts[1]} if parts[1:] else parts[0]


def pace_mark(found: Reckoning) -> tuple[str, str]:
    """Mark and word; once the year is over what was missed is said as such."""
    return pace_marks(found.year)[found.pace]


def pace_marks(year: int) -> dict[Pace, tuple[str, str]]:
    """Mark and word of everything that can be said of somebody in a year."""
    is_past = year < timezone.localdate().year
    marks, labels = (PAST_MARKS, PAST_LABELS) if is_past else (PACE_MARKS, PACE_LABELS)
    return {pace: (marks[pace], str(labels[pace])) for pace in Pace}


def outside_mark(course: "OutsideCourse") -> tuple[str, str]:
    if course.is_voided:
        return "none", _("Withdrawn")
    return OUTSIDE_MARKS[OutsideState(course.state)], course.get_state_display()


def source_title(entry: "HoursEntry") -> str:
    """What the hours were earned with; the record behind them is joined by the list."""
    if entry.source == HoursSource.SESSION and entry.enrolment is not None:
        return str(entry.enrolment.session.course)
    if entry.source == HoursSource.OUTSIDE and entry.outside is not None:
        return entry.outside.title
    return entry.visit.visit.title if entry.visit is not None else ""
