"""The list of reports to the superior, and the people behind one number."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.tables import Column, Empty, Table
from cadre_app.core.templatetags.ql import status
from cadre_app.people.models import Trainee
from cadre_app.people.roster.columns import prepared
from cadre_app.people.roster.reader import Reader
from cadre_app.rosters.models import ReportState, SuperiorReport

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

MARKS = {ReportState.DRAFT: "none", ReportState.SUBMITTED: "wait", ReportState.FROZEN: "ok"}


def mark_of(report: SuperiorReport) -> tuple[str, str]:
    """The state of a report as its mark and its word."""
    if report.is_voided:
        return "idle", str(pgettext_lazy("report to the superior", "Voided"))
    return MARKS[ReportState(report.state)], str(report.get_state_display())


def report_table(request: HttpRequest, reports: "QuerySet[SuperiorReport]") -> Table[SuperiorReport]:
    """The latest day first."""
    columns = (
        Column[SuperiorReport](
            "report",
            pgettext_lazy("report to the superior", "Report"),
            lambda row: str(row.get_kind_display()),
            html=_link,
        ),
        Column[SuperiorReport]("as_of", _("As of"), lambda row: row.as_of, sort=("as_of",)),
        Column[SuperiorReport]("unit", _("Reporting unit"), lambda row: row.unit.name, sort=("unit__path",)),
        Column[SuperiorReport](
            "state", _("State"), lambda row: mark_of(row)[1], sort=("state",), html=lambda row: status(*mark_of(row))
        ),
        Column[SuperiorReport]("by", _("Filled in by"), lambda row: row.entered_by.display_name),
        Column[SuperiorReport](
            "checked", _("Checked by"), lambda row: row.frozen_by.display_name if row.frozen_by is not None else ""
        ),
        Column[SuperiorReport](
            "frozen_on", pgettext_lazy("report to the superior", "Frozen on"), lambda row: row.frozen_on or ""
        ),
        Column[SuperiorReport]("number", _("Filing number"), lambda row: row.filing_number),
    )
    empty = Empty(
        _("No report has been filled in yet."),
        _("Numbers are counted from the growth files by fixed rules; a leader freezes them once they are checked."),
    )
    rows = reports.select_related("unit", "entered_by", "frozen_by")
    return Table(request, rows, columns, name="superior-reports", empty=empty, default_sort="-as_of", tools=False)


def people_table(request: HttpRequest, people: "QuerySet[Trainee]") -> Table[Trainee]:
    """Whom a number counts, in the official order of units."""
    read = Reader()
    columns = (
        Column[Trainee]("name", _("Full name"), lambda row: row.person.name, sort=("stroke_key",), html=read.name_html),
        Column[Trainee]("kind", _("Kind"), read.kind, sort=("kind", "sub_kind")),
        Column[Trainee](
            "unit", _("Unit"), lambda row: row.home_unit.name, sort=("home_unit__path", "rank_order", "stroke_key")
        ),
        Column[Trainee]("rank", _("Rank"), read.rank, sort=("rank_order", "rank_since", "stroke_key")),
        Column[Trainee]("year", _("Year of arrival"), lambda row: row.arrival_year, sort=("arrival_year",)),
    )
    empty = Empty(_("Nobody is counted here."))
    return Table(
        request, prepared(people), columns, name="report-people", empty=empty, default_sort="unit", density="dense",
        size=50, tools=False,
    )  # fmt: skip


def _link(row: SuperiorReport) -> "SafeString":
    return format_html(
        '<a href="{}">{}</a>', reverse("rosters:report_detail", kwargs={"pk": row.pk}), row.get_kind_display()
    )
