"""Training hours in words and marks."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.training.models import HoursSource, OutsideState
from cadre_app.training.requirement import Pace, Reckoning

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.training.models import HoursEntry, OutsideCourse

PACE_LABELS: "dict[str, _StrPromise]" = {
    Pace.REACHED: pgettext_lazy("training hours", "Reached"),
    Pace.ON_COURSE: gettext_lazy("Will reach at this pace"),
    Pace.BEHIND: gettext_lazy("Will miss at this pace"),
}
PACE_MARKS = {Pace.REACHED: "ok", Pace.ON_COURSE: "wait", Pace.BEHIND: "soon"}
OUTSIDE_MARKS = {OutsideState.SUBMITTED: "wait", OutsideState.RETURNED: "soon", OutsideState.VERIFIED: "ok"}


def plain(hours: Decimal) -> str:
    """3 or 3.5, as the viewer's language writes numbers."""
    return formats.number_format(hours, 0 if hours == hours.to_integral_value() else 1)


def done_text(done: Decimal, required: Decimal, year: int | None = None) -> str:
    """您今年已完成集中培训{已}学时，全年应不少于{应}学时 to the person concerned (demo-texts A6); of a past `year` as past."""
    if year is not None and year != timezone.localdate().year:
        text = _("You completed %(done)s training hours in %(year)s; at least %(required)s were needed.")
        return text % {"done": plain(done), "required": plain(required), "year": year}
    text = _("You have completed %(done)s training hours this year; at least %(required)s are needed.")
    return text % {"done": plain(done), "required": plain(required)}


def pace_mark(found: Reckoning) -> tuple[str, str]:
    """Mark and word; once the year is over what was missed is said as such."""
    if found.is_over and found.pace is not Pace.REACHED:
        return "over", _("Not reached")
    return PACE_MARKS[found.pace], str(PACE_LABELS[found.pace])


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
