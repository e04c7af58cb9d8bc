"""Columns of the hours board, of the entries behind it, and of outside courses."""

from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.tables import Column
from cadre_app.core.templatetags.ql import status
from cadre_app.stages.labels import stage_label
from cadre_app.stages.templatetags.stages import stage_badge
from cadre_app.training.hours_wording import outside_mark, pace_mark, period, plain, source_title
from cadre_app.training.links import link
from cadre_app.training.models import HoursEntry, HoursSource, OutsideCourse
from cadre_app.training.requirement_sql import reckoned

UNIT_ORDER = ("home_unit__path", "rank_order", "stroke_key")


def board_columns(year: int) -> tuple[Column[Any], ...]:
    """The columns for one year; what a row reckons is worked out once."""

    def found(row: Any) -> Any:
        if "reckoning" not in row.__dict__:
            row.__dict__["reckoning"] = reckoned(row, year=year)
        return row.__dict__["reckoning"]

    def name(row: Any) -> SafeString:
        url = f"{reverse('training:hours_of', kwargs={'pk': row.pk})}?year={year}"
        return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, row.person.name)

    def years(row: Any) -> str:
        """Said only where more than the year of the board counts."""
        several = found(row).first_year != year
        return _("in five years, %(period)s") % {"period": period(found(row))} if several else ""

    def pace_text(row: Any) -> str:
        return _(", ").join(filter(None, (pace_mark(found(row))[1], years(row))))

    def pace(row: Any) -> SafeString:
        notes = [years(row)]
        if row.arrived_on.year == year:
            notes.append(_("reported for duty on %(day)s") % {"day": formats.date_format(row.arrived_on)})
        below = format_html_join("", '<small class="sub">{}</small>', ([note] for note in notes if note))
        return format_html("{}{}", status(*pace_mark(found(row))), below)

    def hours(key: str) -> Any:
        return lambda row: format_html("{}", plain(getattr(row, key)))

    def column(key: str, label: Any, **more: Any) -> Column[Any]:
        """A column of hours: a number in the workbook."""
        value = getattr
        return Column(key, label, lambda row: value(row, key), sort=(key,), numeric=True, html=hours(key), **more)

    return (
        Column("name", gettext_lazy("Full name"), lambda row: row.person.name, sort=("stroke_key",), html=name),
        Column("unit", gettext_lazy("Unit"), lambda row: row.home_unit.name, sort=UNIT_ORDER),
        Column(
            "stage",
            gettext_lazy("Stage"),
            lambda row: str(stage_label(row.stage, row.grade)),
            html=lambda row: stage_badge(row.stage, row.grade),
        ),
        column("classroom", pgettext_lazy("training mode", "Classroom")),
        column("online", pgettext_lazy("training mode", "Online")),
        column("counted", pgettext_lazy("training hours", "Counted")),
        column("required", pgettext_lazy("training hours", "Required")),
        column("missing", pgettext_lazy("training hours", "Still missing")),
        Column("pace", pgettext_lazy("training hours", "How far"), pace_text, html=pace),
        Column(
            "arrived_on",
            gettext_lazy("Reported for duty on"),
            lambda row: row.arrived_on,
            sort=("arrived_on",),
            shown=False,
        ),
    )


def entry_url(entry: HoursEntry) -> str:
    """The page of the record behind an entry."""
    if entry.outside_id is not None:
        return reverse("training:outside_detail", kwargs={"pk": entry.outside_id})
    if entry.enrolment is not None:
        return link("session_detail", pk=entry.enrolment.session_id)
    return link("visit_detail", pk=entry.visit.visit_id) if entry.visit is not None else ""


def _entry_title(entry: HoursEntry) -> SafeString:
    url = entry_url(entry)
    title = source_title(entry)
    return format_html('<a class="nm wrap" href="{}">{}</a>', url, title) if url else format_html("{}", title)


def _entry_hours(entry: HoursEntry) -> SafeString:
    return format_html("{}", plain(entry.hours))


def _entry_person(entry: HoursEntry) -> SafeString:
    url = f"{reverse('training:hours_of', kwargs={'pk': entry.trainee_id})}?year={entry.earned_on.year}"
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, entry.trainee.person.name)


OWN_ENTRIES: tuple[Column[HoursEntry], ...] = (
    Column("earned_on", pgettext_lazy("hours", "Earned on"), lambda entry: entry.earned_on, sort=("earned_on",)),
    Column("title", gettext_lazy("Course"), source_title, html=_entry_title),
    Column("source", pgettext_lazy("hours", "Source"), lambda entry: HoursSource(entry.source).label),
    Column("mode", gettext_lazy("Classroom or online"), lambda entry: entry.get_mode_display()),
    Column("hours", gettext_lazy("Training hours"), lambda entry: entry.hours, numeric=True, html=_entry_hours),
)
ENTRIES: tuple[Column[HoursEntry], ...] = (
    OWN_ENTRIES[0],
    Column("name", gettext_lazy("Full name"), lambda entry: entry.trainee.person.name, html=_entry_person),
    Column("unit", gettext_lazy("Unit"), lambda entry: entry.trainee.home_unit.name),
    *OWN_ENTRIES[1:],
)


def _outside_title(course: OutsideCourse) -> SafeString:
    url = reverse("training:outside_detail", kwargs={"pk": course.pk})
    sub = format_html('<small class="sub">{}</small>', _("Induction training")) if course.is_induction else ""
    return format_html('<a class="nm wrap" href="{}"><b>{}</b></a>{}', url, course.title, sub)


def _outside_state(course: OutsideCourse) -> SafeString:
    return status(*outside_mark(course))


def _outside_hours(course: OutsideCourse) -> SafeString:
    return format_html("{}", plain(course.hours))


OUTSIDE: tuple[Column[OutsideCourse], ...] = (
    Column("title", gettext_lazy("Course"), lambda course: course.title, html=_outside_title),
    Column("name", gettext_lazy("Full name"), lambda course: course.trainee.person.name),
    Column("unit", gettext_lazy("Unit"), lambda course: course.trainee.home_unit.name),
    Column("organiser", gettext_lazy("Organiser"), lambda course: course.organiser),
    Column("started_on", gettext_lazy("First day"), lambda course: course.started_on, shown=False),
    Column("ended_on", gettext_lazy("Last day"), lambda course: course.ended_on, sort=("ended_on",)),
    Column("mode", gettext_lazy("Classroom or online"), lambda course: course.get_mode_display()),
    Column("hours", gettext_lazy("Training hours"), lambda course: course.hours, numeric=True, html=_outside_hours),
    Column(
        "course_format",
        gettext_lazy("Form of the course"),
        lambda course: course.get_course_format_display(),
        shown=False,
    ),
    Column(
        "certificate_number", gettext_lazy("Certificate number"), lambda course: course.certificate_number, shown=False
    ),
    Column("submitted_on", gettext_lazy("Submitted on"), lambda course: course.submitted_on, sort=("submitted_on",)),
    Column("state", gettext_lazy("State"), lambda course: outside_mark(course)[1], html=_outside_state),
    Column("verified_on", gettext_lazy("Verified on"), lambda course: course.verified_on, shown=False),
    Column(
        "is_induction",
        gettext_lazy("Induction training"),
        lambda course: _("Yes") if course.is_induction else "",
        shown=False,
    ),
)
