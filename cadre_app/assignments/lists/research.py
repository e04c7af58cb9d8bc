"""Topics and reports by stage: as lanes of cards, and as a table for page and workbook."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Count, F, Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.assignments.filters.research import ProjectFilter, projects_of
from cadre_app.assignments.models import ProjectState, ResearchMember, ResearchProject
from cadre_app.assignments.models.choices import OPEN_PROJECTS
from cadre_app.assignments.permissions import research as permissions
from cadre_app.core.tables import Column, Empty, Table, asked, joined
from cadre_app.core.templatetags.ql import status

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "assignments.research"
CARDS = 8
SOON = timedelta(days=14)
MARKS: "dict[str, str]" = {
    ProjectState.CALL: "wait",
    ProjectState.APPROVED: "none",
    ProjectState.IN_PROGRESS: "none",
    ProjectState.WRITING: "none",
    ProjectState.REVIEW: "wait",
    ProjectState.SUBMITTED: "ok",
    ProjectState.CLOSED: "ok",
    ProjectState.DROPPED: "idle",
}
LANES = tuple(state for state in ProjectState if state != ProjectState.DROPPED)
NOT_WRITTEN = (ProjectState.CALL, ProjectState.APPROVED, ProjectState.IN_PROGRESS, ProjectState.WRITING)


@dataclass(frozen=True)
class Card:
    """A topic or a personal report on the board."""

    project: ResearchProject
    people: str
    detail: str
    mark: tuple[str, str]


@dataclass(frozen=True)
class Lane:
    """A stage with the first of its cards."""

    state: ProjectState
    mark: str
    count: int
    cards: list[Card]

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def mark_of(project: ResearchProject) -> tuple[str, str]:
    """The mark and the word of its stage."""
    if project.is_voided:
        return "idle", _("Voided")
    return MARKS[project.state], str(project.get_state_display())


def due_mark(project: ResearchProject, today: date) -> tuple[str, str]:
    """The day on which the report is due, as long as it is written; empty without one."""
    if project.due_on is None or project.state not in NOT_WRITTEN:
        return "", ""
    words = {"day": formats.date_format(project.due_on)}
    if project.due_on < today:
        return "over", _("Due on %(day)s, passed") % words
    return ("soon" if project.due_on <= today + SOON else "none"), _("Due on %(day)s") % words


def people_of(project: ResearchProject) -> str:
    """The lead, then the others of the team as it is now."""
    return joined(member.trainee.person.name for member in team_of(project))


def team_of(project: Any) -> list[ResearchMember]:
    """Who is in the team now, the lead first; needs `with_team`."""
    return list(project.team)


def with_team(rows: "QuerySet[ResearchProject]") -> "QuerySet[ResearchProject]":
    """With call and team, in two queries."""
    team = (
        ResearchMember.objects.standing().filter(left_on=None).select_related("trainee__person", "trainee__home_unit")
    )
    ordered = team.order_by("-is_lead", "joined_on", "created_at", "pk")
    return rows.select_related("call").prefetch_related(Prefetch("members", ordered, to_attr="team"))


def lanes_of(rows: "QuerySet[ResearchProject]") -> list[Lane]:
    """All stages with their first cards, the one that is due first before the others; three queries."""
    shown = rows.filter(state__in=LANES)
    found: Mapping[str, int] = Counter(dict(shown.order_by().values_list("state").annotate(many=Count("pk"))))
    order = [F("due_on").asc(nulls_last=True), F("state_since").desc(), F("pk").asc()]
    numbered = shown.annotate(place=Window(RowNumber(), partition_by=F("state"), order_by=order))
    projects = with_team(numbered.filter(place__lte=CARDS).order_by("state", "place"))
    cards: dict[str, list[Card]] = {}
    today = timezone.localdate()
    for project in projects:
        cards.setdefault(project.state, []).append(_card(project, today))
    return [Lane(state, MARKS[state], found.get(state, 0), cards.get(state, [])) for state in LANES]


def project_table(request: HttpRequest, user: "User") -> tuple[Table[Any], ProjectFilter]:
    """The projects that `request` asks for, with the filter they went through."""
    found = projects_of(user, request.GET)
    may_enter = permissions.can_plan_calls(user)
    empty = Empty(
        _("No research topics yet."),
        _("Plan a call, open it, and topics are proposed; or enter one."),
        reverse("assignments:call_list") if may_enter else "",
        _("Go to the calls") if may_enter else "",
    )
    table: Table[Any] = Table(
        request, with_team(found.qs), COLUMNS, name="research", empty=empty, default_sort="-since", export_kind=EXPORT,
        keyset=True,
    )  # fmt: skip
    return table, found


def exported_projects(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, for its workbook. Raises ValidationError for a condition that is none."""
    table, found = project_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def _card(project: ResearchProject, today: date) -> Card:
    parts = [str(project.get_kind_display()), project.direction]
    if project.versions_count:
        parts.append(_("version %(number)s") % {"number": project.versions_count})
    if project.state == ProjectState.REVIEW:
        parts.append(_("reviews in: %(count)s") % {"count": project.reviews_done})
    return Card(project, people_of(project), " · ".join(filter(None, parts)), due_mark(project, today))


def _title(project: ResearchProject) -> SafeString:
    url = reverse("assignments:project_detail", kwargs={"pk": project.pk})
    return format_html('<a class="nm wrap" href="{}">{}</a>', url, project.title)


def _state(project: ResearchProject) -> SafeString:
    return SafeString(status(*mark_of(project)))


def _due(project: ResearchProject) -> SafeString:
    mark, word = due_mark(project, timezone.localdate())
    if mark in ("over", "soon"):
        return SafeString(status(mark, word))
    if project.due_on is None or project.state not in OPEN_PROJECTS:
        return SafeString("")
    return format_html("{}", formats.date_format(project.due_on))


def _units(project: ResearchProject) -> str:
    return joined(dict.fromkeys(member.trainee.home_unit.name for member in team_of(project)))


COLUMNS: tuple[Column[ResearchProject], ...] = (
    Column("title", pgettext_lazy("research", "Topic"), lambda row: row.title, html=_title),
    Column("kind", pgettext_lazy("research", "Kind"), lambda row: str(row.get_kind_display())),
    Column("people", gettext_lazy("Team or author"), people_of),
    Column("unit", gettext_lazy("Unit"), _units, shown=False),
    Column("direction", gettext_lazy("Direction"), lambda row: row.direction),
    Column("call", pgettext_lazy("research", "Call"), lambda row: row.call.title if row.call else "", shown=False),
    Column("state", pgettext_lazy("research", "Stage"), lambda row: mark_of(row)[1], html=_state),
    Column("since", pgettext_lazy("research", "Since"), lambda row: row.state_since, sort=("state_since",)),
    Column("versions", gettext_lazy("Versions"), lambda row: row.versions_count, numeric=True),
    Column("reviews", gettext_lazy("Reviews handed in"), lambda row: row.reviews_done, numeric=True, shown=False),
    Column(
        "due", gettext_lazy("Report due on"), lambda row: row.due_on if row.state in OPEN_PROJECTS else "", html=_due
    ),
    Column("submitted", gettext_lazy("Sent up on"), lambda row: row.submitted_on, shown=False),
    Column("submitted_to", gettext_lazy("Sent up to"), lambda row: row.submitted_to, shown=False),
    Column("document", gettext_lazy("Document number"), lambda row: row.document_number, shown=False),
)
