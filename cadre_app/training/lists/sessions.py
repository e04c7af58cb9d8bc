"""班次安排 the list of sessions: for the page and for the workbook."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status
from cadre_app.training.filters.sessions import sessions_of
from cadre_app.training.models import CourseSession
from cadre_app.training.permissions.rooms import works_here
from cadre_app.training.session_words import grades_text, plain_hours, session_mark

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

SESSIONS = "training.sessions"


def _day(session: CourseSession) -> SafeString:
    first = formats.date_format(session.starts_on)
    if session.ends_on == session.starts_on:
        return format_html("{}", first)
    until = pgettext("days of a session", "to %(day)s") % {"day": formats.date_format(session.ends_on)}
    return format_html('{}<small class="sub">{}</small>', first, until)


def _course(session: CourseSession) -> SafeString:
    url = reverse("training:session_detail", kwargs={"pk": session.pk})
    text = '<a class="nm wrap" href="{}"><b>{}</b></a><small class="sub">{}</small>'
    return format_html(text, url, session.course.title, session.get_kind_display())


def _state(session: CourseSession) -> SafeString:
    return SafeString(status(*session_mark(session)))


def _programme(session: CourseSession) -> SafeString:
    text, grades = session.get_programme_display(), grades_text(session.grades)
    return format_html('<span class="wrap">{}</span><small class="sub">{}</small>', text, grades)


def _for_whom(session: CourseSession) -> str:
    grades = grades_text(session.grades)
    programme = session.get_programme_display()
    return _("%(programme)s, %(grades)s") % {"programme": programme, "grades": grades} if grades else programme


COLUMNS: tuple[Column[CourseSession], ...] = (
    Column("starts_on", gettext_lazy("Day"), lambda one: one.starts_on, sort=("starts_on",), html=_day),
    Column("course", gettext_lazy("Course"), lambda one: one.course.title, html=_course),
    Column("kind", gettext_lazy("Kind of course"), lambda one: one.get_kind_display(), shown=False),
    Column("programme", gettext_lazy("Programme"), _for_whom, html=_programme),
    Column("teacher", pgettext_lazy("session", "Teacher"), lambda one: one.teacher.name if one.teacher else ""),
    Column("place", gettext_lazy("Place"), lambda one: one.place),
    Column("hours", gettext_lazy("Training hours"), lambda one: plain_hours(one.hours), numeric=True),
    Column("roster", pgettext_lazy("session", "Roster"), lambda one: f"{one.enrolled} / {one.capacity}", numeric=True),
    Column("state", gettext_lazy("State"), lambda one: session_mark(one)[1], html=_state),
    Column("ends_on", gettext_lazy("Last day"), lambda one: one.ends_on, shown=False),
    Column("mode", gettext_lazy("Classroom or online"), lambda one: one.get_mode_display(), shown=False),
    Column("demand", gettext_lazy("Opened from orders"), lambda one: one.is_on_demand, shown=False),
    Column("reason", pgettext_lazy("session", "Why cancelled"), lambda one: one.cancel_reason, shown=False),
)


def session_table(request: HttpRequest, user: "User") -> tuple[Table[Any], Any]:
    """The sessions that `request` asks for, the latest first, with the filter they went through."""
    found = sessions_of(user, request.GET)
    may_plan = works_here(user)
    empty = Empty(
        _("No sessions yet."),
        _("A session is a course of the catalogue, given on certain days to those on its roster."),
        reverse("training:session_new") if may_plan else "",
        _("Open a session"),
    )
    table: Table[Any] = Table(
        request, found.qs, COLUMNS, name="sessions", empty=empty, default_sort="-starts_on", export_kind=SESSIONS,
        keyset=True,
    )  # fmt: skip
    return table, found


def exported_sessions(user: "User", query: QueryDict) -> Table[Any]:
    """The table of an export; ValidationError for conditions that name nothing."""
    table, found = session_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table
