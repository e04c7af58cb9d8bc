"""Sessions that were opened from orders, as the tabs of the demand board show them."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.tables import Column, Empty, Table
from cadre_app.core.templatetags.ql import status
from cadre_app.training.links import link
from cadre_app.training.models import CourseSession, SessionStage

MARKS = {
    SessionStage.PLANNED: "none",
    SessionStage.OPEN: "wait",
    SessionStage.FULL: "ok",
    SessionStage.UNDER_WAY: "wait",
    SessionStage.FINISHED: "ok",
    SessionStage.POSTED: "ok",
    SessionStage.CANCELLED: "idle",
}


def table_of(request: HttpRequest, rows: Any, *, is_held: bool) -> Table[Any]:
    """The coming ones by day, or those held, the latest first."""
    title = _("No session on demand was held this year.") if is_held else _("Nothing is scheduled from orders.")
    empty = Empty(title, _("Open one from a group of the demand board."))
    rows = rows.select_related("course", "teacher")
    sort = "-day" if is_held else "day"
    return Table(request, rows, COLUMNS, name="on-demand", empty=empty, default_sort=sort, tools=False)


def _course(row: CourseSession) -> SafeString:
    url = link("session_detail", pk=row.pk)
    name = format_html("<b>{}</b>", row.course.title)
    sub = format_html('<small class="sub">{}</small>', row.get_kind_display())
    linked = format_html('<a class="nm" href="{}">{}</a>', url, name) if url else name
    return format_html("<span>{}{}</span>", linked, sub)


def _state(row: CourseSession) -> SafeString:
    stage = row.stage_on(timezone.localdate())
    return SafeString(status(MARKS[stage], stage.label))


def _filled(row: CourseSession) -> str:
    return f"{row.enrolled} / {row.capacity}"


COLUMNS: tuple[Column[Any], ...] = (
    Column("course", gettext_lazy("Course"), lambda row: row.course.title, sort=("course__title", "id"), html=_course),
    Column("day", gettext_lazy("First day"), lambda row: row.starts_on, sort=("starts_on", "id")),
    Column("teacher", gettext_lazy("Teacher"), lambda row: row.teacher.name if row.teacher else ""),
    Column("place", gettext_lazy("Place"), lambda row: row.place),
    Column("filled", pgettext_lazy("session", "People / places"), _filled, numeric=True),
    Column("state", gettext_lazy("State"), lambda row: str(row.stage.label), html=_state),
)
