"""The catalogue as a table, for the page and for the workbook."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.core.filtering import require_asked
from cadre_app.core.tables import Column, Empty, Table, asked, joined
from cadre_app.core.templatetags.ql import status
from cadre_app.training.filters.courses import AUDIENCES, filtered_courses
from cadre_app.training.models import Course, Scenario, Teacher

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "training.courses"
SHORT_AUDIENCES = dict(AUDIENCES)


def hours_text(hours: Decimal) -> str:
    """3 and 2.5, never 3.0."""
    return formats.number_format(hours.normalize() if hours % 1 else hours.to_integral_value())


def meant_for(course: Course) -> str:
    """Grades, the advanced plan and posts, in words; everybody where nothing is said."""
    found = [str(SHORT_AUDIENCES[str(grade)]) for grade in course.grades if str(grade) in SHORT_AUDIENCES]
    if course.for_advanced:
        found.append(str(SHORT_AUDIENCES["advanced"]))
    if course.posts:
        found.append(course.posts)
    return joined(found) or pgettext("course", "Everybody")


def state_of(course: Course) -> tuple[str, str]:
    """The mark and the word of a course's state."""
    if course.is_voided:
        return "none", _("Voided")
    return ("ok", pgettext("course", "Offered")) if course.is_offered else ("idle", pgettext("course", "Closed"))


def teacher_names(course: Any) -> str:
    return joined(teacher.name for teacher in course.taught_by)


def _title(course: Course) -> SafeString:
    url = reverse("training:course_detail", kwargs={"pk": course.pk})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, course.title)


def _hours(course: Course) -> float | int:
    return int(course.hours) if course.hours % 1 == 0 else float(course.hours)


def _state(course: Course) -> SafeString:
    return SafeString(status(*state_of(course)))


COURSE_COLUMNS: tuple[Column[Course], ...] = (
    Column("title", gettext_lazy("Course"), lambda row: row.title, sort=("title",), html=_title),
    Column("kind", gettext_lazy("Kind of course"), lambda row: row.get_kind_display(), sort=("kind", "title")),
    Column("topic", gettext_lazy("Topic"), lambda row: row.topic, shown=False),
    Column("format", gettext_lazy("Format"), lambda row: row.get_format_display(), sort=("format", "title")),
    Column("mode", gettext_lazy("Classroom or online"), lambda row: row.get_mode_display(), sort=("mode", "title")),
    Column("hours", gettext_lazy("Training hours"), _hours, sort=("hours",), numeric=True),
    Column("assessment", gettext_lazy("Test"), lambda row: row.get_assessment_display(), shown=False),
    Column("audience", gettext_lazy("Meant for"), meant_for),
    Column("teachers", gettext_lazy("Teachers"), teacher_names),
    Column("state", gettext_lazy("State"), lambda row: state_of(row)[1], html=_state),
)


def course_table(user: "User", query: QueryDict) -> Table[Course]:
    """The catalogue with these URL parameters, as its export sees it. Raises ValidationError for what names nothing."""
    found = filtered_courses(query, user=user)
    require_asked(found)
    return Table(asked(query), found.qs, COURSE_COLUMNS, name="courses", empty=Empty(""), default_sort="kind")


def _teacher_name(teacher: Teacher) -> SafeString:
    return format_html("<b>{}</b>", teacher.name)


def _teacher_state(teacher: Teacher) -> SafeString:
    mark = ("ok", _("Gives courses")) if teacher.is_active else ("idle", _("No longer gives courses"))
    return SafeString(status(*mark))


def _edit_teacher(teacher: Teacher) -> SafeString:
    url = reverse("training:teacher_edit", kwargs={"pk": teacher.pk})
    return format_html('<a href="{}">{}</a>', url, _("Edit"))


TEACHER_COLUMNS: tuple[Column[Teacher], ...] = (
    Column("name", gettext_lazy("Full name"), lambda row: row.name, sort=("name",), html=_teacher_name),
    Column("affiliation", gettext_lazy("Unit"), lambda row: row.affiliation, sort=("affiliation", "name")),
    Column("title", gettext_lazy("Post or title"), lambda row: row.title),
    Column("outside", gettext_lazy("Invited from outside"), lambda row: row.is_outside),
    Column("courses", gettext_lazy("Courses"), lambda row: row.course_count, numeric=True),  # type: ignore[attr-defined]
    Column("state", gettext_lazy("State"), lambda row: row.is_active, html=_teacher_state),
)
STAFF_TEACHER_COLUMNS: tuple[Column[Teacher], ...] = (
    *TEACHER_COLUMNS[:-1],
    Column(
        "account",
        gettext_lazy("Account"),
        lambda row: row.account.display_name if row.account is not None else "",
        shown=True,
    ),
    TEACHER_COLUMNS[-1],
    Column("edit", gettext_lazy("Actions"), lambda row: "", html=_edit_teacher),
)


def _scenario_title(scenario: Scenario) -> SafeString:
    url = reverse("training:scenario_detail", kwargs={"pk": scenario.pk})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, scenario.title)


def _scenario_state(scenario: Scenario) -> SafeString:
    return SafeString(status("ok", _("In use")) if scenario.is_offered else status("idle", _("Not in use")))


def _task(scenario: Scenario) -> SafeString:
    return format_html('<span class="wrap clip-3">{}</span>', scenario.task)


SCENARIO_COLUMNS: tuple[Column[Scenario], ...] = (
    Column("title", gettext_lazy("Scenario"), lambda row: row.title, sort=("title",), html=_scenario_title),
    Column("task", gettext_lazy("Task"), lambda row: row.task, html=_task),
    Column("state", gettext_lazy("State"), lambda row: row.is_offered, html=_scenario_state),
)
