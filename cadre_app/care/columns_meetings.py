"""Columns of the lists of symposiums and visits, and of people for them; none holds a restricted text."""

from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cadre_app.care.models import CareVisit, Symposium
from cadre_app.care.wording_meetings import symposium_mark, time_text, visit_mark
from cadre_app.core.tables import Column, joined
from cadre_app.core.templatetags.ql import status
from cadre_app.stages.labels import stage_label


def _title(symposium: Symposium) -> SafeString:
    url = reverse("care:symposium_detail", kwargs={"pk": symposium.pk})
    return format_html('<a class="nm wrap" href="{}"><b>{}</b></a>', url, symposium.title)


def _symposium_state(symposium: Symposium) -> SafeString:
    return SafeString(status(*symposium_mark(symposium)))


SYMPOSIUMS: tuple[Column[Any], ...] = (
    Column(
        "day", pgettext_lazy("symposium", "Day"), lambda row: row.day, sort=("day",),
        html=lambda row: format_html("{}", formats.date_format(row.day)),
    ),
    Column("time", pgettext_lazy("symposium", "Time"), time_text),
    Column("title", pgettext_lazy("symposium", "Title"), lambda row: row.title, html=_title),
    Column("kind", pgettext_lazy("symposium", "Kind"), lambda row: row.get_kind_display()),
    Column("unit", pgettext_lazy("symposium", "Held by"), lambda row: row.unit.name),
    Column("place", gettext_lazy("Place"), lambda row: row.place, shown=False),
    Column("chair", gettext_lazy("Chaired by"), lambda row: row.chair, shown=False),
    Column("invited", pgettext_lazy("symposium", "On the list"), lambda row: row.invited),
    Column("present", pgettext_lazy("symposium", "Were there"), lambda row: row.present),
    Column("raised", gettext_lazy("Problems raised"), lambda row: row.raised),
    Column("state", gettext_lazy("State"), lambda row: symposium_mark(row)[1], html=_symposium_state),
    Column("agenda", gettext_lazy("Agenda"), lambda row: joined(row.agenda_items), shown=False),
)  # fmt: skip


def _visit_person(visit: CareVisit) -> SafeString:
    url = reverse("care:visit_detail", kwargs={"pk": visit.pk})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, visit.trainee.person.name)


def _visit_state(visit: CareVisit) -> SafeString:
    return SafeString(status(*visit_mark(visit)))


def _summary(visit: CareVisit) -> SafeString:
    return format_html('<span class="wrap clip-3">{}</span>', visit.summary)


VISITS: tuple[Column[CareVisit], ...] = (
    Column(
        "planned_on", gettext_lazy("Day"), lambda visit: visit.day, sort=("planned_on",),
        html=lambda visit: format_html("{}", formats.date_format(visit.day)),
    ),
    Column("name", gettext_lazy("Full name"), lambda visit: visit.trainee.person.name, html=_visit_person),
    Column("unit", gettext_lazy("Unit"), lambda visit: visit.trainee.home_unit.name),
    Column("occasion", gettext_lazy("Occasion"), lambda visit: visit.occasion_text),
    Column("subject", pgettext_lazy("care visit", "What for"), lambda visit: visit.subject),
    Column("visitor", gettext_lazy("Visited by"), lambda visit: visit.visitor.display_name),
    Column("companions", gettext_lazy("Accompanied by"), lambda visit: visit.companions, shown=False),
    Column("place", gettext_lazy("Place"), lambda visit: visit.place, shown=False),
    Column("brought", gettext_lazy("What was brought or asked"), lambda visit: visit.brought, shown=False),
    Column("amount", gettext_lazy("Sum (yuan)"), lambda visit: visit.amount, shown=False),
    Column("basis", gettext_lazy("Basis of the sum"), lambda visit: visit.basis, shown=False),
    Column("summary", gettext_lazy("How things are"), lambda visit: visit.summary, shown=False, html=_summary),
    Column("state", gettext_lazy("State"), lambda visit: visit_mark(visit)[1], html=_visit_state),
    Column("held_on", pgettext_lazy("care visit", "Visited on"), lambda visit: visit.held_on, shown=False),
)  # fmt: skip
PEOPLE: tuple[Column[Any], ...] = (
    Column("name", gettext_lazy("Full name"), lambda file: file.person.name, sort=("stroke_key",)),
    Column("unit", gettext_lazy("Unit"), lambda file: file.home_unit.name),
    Column("post", gettext_lazy("Post"), lambda file: file.post),
    Column("kind", gettext_lazy("Kind"), lambda file: file.get_kind_display()),
    Column("year", gettext_lazy("Year of arrival"), lambda file: file.arrival_year),
    Column("stage", gettext_lazy("Stage"), lambda file: str(stage_label(file.stage, file.grade))),
)


def _visit_acts(file: Any) -> SafeString:
    pages = (
        ("care:visit_new", pgettext("care visit", "Plan")),
        ("care:visit_add_held", pgettext("care visit", "Record")),
    )
    links = ((reverse(page, kwargs={"pk": file.pk}), label, file.person.name) for page, label in pages)
    return format_html_join(SafeString(" · "), '<a href="{}">{}<span class="sr"> {}</span></a>', links)


LAST_VISIT: Column[Any] = Column("last", gettext_lazy("Last visit"), lambda file: file.last_visit)
VISIT_ACTS: Column[Any] = Column("acts", pgettext_lazy("talk", "Actions"), lambda file: "", html=_visit_acts, acts=True)
