"""Tables of personal reports by village term, also of those without one, and of prizes."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.assignments.filters.reports import SOON_DAYS, ReportFilter, terms_of
from cadre_app.assignments.filters.research import PrizeFilter, prizes_of
from cadre_app.assignments.lists.research import mark_of
from cadre_app.assignments.models import (
    MentorReading,
    ProjectKind,
    ProjectState,
    ResearchAward,
    ResearchPrize,
    ResearchProject,
)
from cadre_app.core.tables import Column, Empty, Table, asked, joined
from cadre_app.core.templatetags.ql import status
from cadre_app.people.models import VillageTerm

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

REPORTS, PRIZES = "assignments.research_reports", "assignments.research_prizes"


def report_table(request: HttpRequest, user: "User") -> tuple[Table[Any], ReportFilter]:
    """Village terms with their personal report; four queries however many."""
    found = terms_of(user, request.GET)
    personal = ResearchProject.objects.standing().filter(kind=ProjectKind.PERSONAL).exclude(state=ProjectState.DROPPED)
    read = MentorReading.objects.standing().order_by("-read_on")
    personal = personal.prefetch_related(Prefetch("versions__readings", read, to_attr="read"))
    rows = found.qs.select_related("trainee__person", "trainee__home_unit", "village")
    rows = rows.prefetch_related(Prefetch("research", personal, to_attr="reports"))
    empty = Empty(_("No village terms yet."), _("Every village term has one research report; both stand here."))
    table: Table[Any] = Table(
        request, rows, COLUMNS, name="reports", empty=empty, default_sort="-started", export_kind=REPORTS, keyset=True
    )
    return table, found


def exported_reports(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, for its workbook. Raises ValidationError for a condition that is none."""
    table, found = report_table(asked(query), user)
    return _checked(table, found)


def prize_table(request: HttpRequest, user: "User") -> tuple[Table[Any], PrizeFilter]:
    """Prizes that were announced, the latest first."""
    found = prizes_of(user, request.GET)
    awards = ResearchAward.objects.standing().select_related("trainee__person").lead_first()
    rows = found.qs.select_related("project").prefetch_related(Prefetch("awards", awards, to_attr="given"))
    empty = Empty(_("No prizes yet."), _("A prize is recorded on the page of its report, once that was sent up."))
    table: Table[Any] = Table(
        request, rows, PRIZE_COLUMNS, name="prizes", empty=empty, default_sort="-awarded_on", export_kind=PRIZES,
        keyset=True,
    )  # fmt: skip
    return table, found


def exported_prizes(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, for its workbook. Raises ValidationError for a condition that is none."""
    table, found = prize_table(asked(query), user)
    return _checked(table, found)


def report_of(term: Any) -> ResearchProject | None:
    """The personal report of a row of the table."""
    return next(iter(term.reports), None)


def report_mark(term: VillageTerm) -> tuple[str, str]:
    """How far the report of a term is; what is missing near its end is said so."""
    report = report_of(term)
    if report is not None:
        return mark_of(report)
    near = term.ended_on is not None or (
        term.due_on is not None and (term.due_on - timezone.localdate()).days <= SOON_DAYS
    )
    return ("miss" if near else "none"), _("No report yet")


def _checked(table: Table[Any], found: Any) -> Table[Any]:
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def _name(term: VillageTerm) -> SafeString:
    url = reverse("growth:file", kwargs={"pk": term.trainee_id})
    return format_html('<a class="nm" href="{}">{}</a>', url, term.trainee.person.name)


def _report(term: VillageTerm) -> SafeString:
    report = report_of(term)
    if report is not None:
        url = reverse("assignments:project_detail", kwargs={"pk": report.pk})
        return format_html('<a class="wrap" href="{}">{}</a>', url, report.title)
    if term.trainee.is_read_only:
        return SafeString("")
    url = reverse("assignments:personal_new", kwargs={"pk": term.pk})
    return format_html('<a class="no-print" href="{}">{}</a>', url, _("Enter it"))


def _title(term: VillageTerm) -> str:
    report = report_of(term)
    return report.title if report is not None else ""


def _versions(term: VillageTerm) -> int | str:
    report = report_of(term)
    return report.versions_count if report is not None else ""


def _read(term: VillageTerm) -> Any:
    report: Any = report_of(term)
    days = [reading.read_on for version in report.versions.all() for reading in version.read] if report else []
    return max(days, default="")


def _until(term: VillageTerm) -> Any:
    return term.ended_on or term.due_on


def _recommended(term: VillageTerm) -> Any:
    report = report_of(term)
    return report.recommended_on if report is not None else ""


def _state(term: VillageTerm) -> SafeString:
    return SafeString(status(*report_mark(term)))


def _prize(prize: ResearchPrize) -> str:
    return prize.full_name


def _project(prize: ResearchPrize) -> SafeString:
    url = reverse("assignments:project_detail", kwargs={"pk": prize.project_id})
    return format_html('<a class="nm wrap" href="{}">{}</a>', url, prize.project.title)


def _team(prize: Any) -> str:
    return joined(award.trainee.person.name for award in prize.given)


COLUMNS: tuple[Column[VillageTerm], ...] = (
    Column(
        "name",
        gettext_lazy("Full name"),
        lambda row: row.trainee.person.name,
        sort=("trainee__stroke_key",),
        html=_name,
    ),
    Column("unit", gettext_lazy("Unit"), lambda row: row.trainee.home_unit.name),
    Column("village", gettext_lazy("Village"), lambda row: row.village.name),
    Column("started", gettext_lazy("In the village since"), lambda row: row.started_on, sort=("started_on",)),
    Column("until", gettext_lazy("Until"), _until),
    Column("report", pgettext_lazy("research", "Report"), _title, html=_report),
    Column("versions", gettext_lazy("Versions"), _versions, numeric=True),
    Column("read", gettext_lazy("Mentor read it on"), _read),
    Column("recommended", pgettext_lazy("report", "Recommended upwards"), _recommended, shown=False),
    Column("state", pgettext_lazy("research", "Stage"), lambda row: report_mark(row)[1], html=_state),
)
PRIZE_COLUMNS: tuple[Column[ResearchPrize], ...] = (
    Column("project", pgettext_lazy("research", "Report"), lambda row: row.project.title, html=_project),
    Column("prize", pgettext_lazy("research prize", "Prize"), _prize),
    Column("level", pgettext_lazy("research prize", "Level"), lambda row: str(row.get_level_display())),
    Column("people", gettext_lazy("Team or author"), _team),
    Column("awarded_by", gettext_lazy("Awarded by"), lambda row: row.awarded_by),
    Column("awarded_on", gettext_lazy("Awarded on"), lambda row: row.awarded_on, sort=("awarded_on",)),
    Column("document", gettext_lazy("Document number"), lambda row: row.document_number, unbroken=True),
)
