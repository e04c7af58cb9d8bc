"""What pages show of a project: the acts open to a reader, the reviews as they may be read, what waits for whom."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.lists.research import due_mark, mark_of
from cadre_app.assignments.models import (
    MentorReading,
    ProgressItem,
    ProjectKind,
    ProjectState,
    ReportRemark,
    ReportVersion,
    ResearchAward,
    ResearchCall,
    ResearchMember,
    ResearchPrize,
    ResearchProject,
    ResearchReview,
)
from cadre_app.assignments.models.choices import OPEN_PROJECTS
from cadre_app.assignments.models.reports import reviewed_by
from cadre_app.assignments.services.research_states import WRITABLE
from cadre_app.core.registries import DeskItem
from cadre_app.core.tables import joined
from cadre_app.people.models import VillageTerm
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

AT_MOST = 50
ON_DESK = 5


@dataclass(frozen=True)
class Step:
    """A button of the project page; `act` is a key of views.research_acts.ACTS."""

    act: str
    label: str
    is_main: bool = False
    is_quiet: bool = False


@dataclass(frozen=True)
class Own:
    """A project of somebody in development: what is due, and what can be done now."""

    project: ResearchProject
    mark: tuple[str, str]
    due: tuple[str, str]
    role: str
    steps: list[ProgressItem]
    remarks: list[ReportRemark]
    may_hand_in: bool
    may_plan: bool


@dataclass(frozen=True)
class Award:
    """A prize with those of the team who have an award of it."""

    prize: ResearchPrize
    names: list[str]

    @property
    def people(self) -> str:
        return joined(self.names)


def steps_of(project: ResearchProject, *, reviewed: bool) -> list[Step]:
    """What staff can do with it now; `reviewed`: all reviews of the latest version are in."""
    if project.is_voided:
        return [Step("restore", _("Restore"))]
    state = ProjectState(project.state)
    return [*BY_STATE[state](project, reviewed), Step("void", _("Void"), is_quiet=True)]


def _of_call(project: ResearchProject, reviewed: bool) -> list[Step]:
    return [Step("approve", _("Approve the topic"), is_main=True), Step("drop", _("Drop"))]


def _of_approved(project: ResearchProject, reviewed: bool) -> list[Step]:
    return [Step("drop", _("Drop")), Step("back", _("Take the approval back"), is_quiet=True)]


def _of_progress(project: ResearchProject, reviewed: bool) -> list[Step]:
    return [Step("drop", _("Drop"))]


def _of_writing(project: ResearchProject, reviewed: bool) -> list[Step]:
    if not project.versions_count:
        return [Step("drop", _("Drop"), is_quiet=True)]
    return [*_looking_at(project), *_recommending(project), Step("drop", _("Give the report up"), is_quiet=True)]


def _looking_at(project: ResearchProject) -> list[Step]:
    """What the department says of a personal report."""
    if project.kind != ProjectKind.PERSONAL:
        return []
    returning = [Step("return", _("Send it back to be supplemented"))] if project.recommended_on is None else []
    return [Step("remark", _("Comment on the report")), *returning]


def _recommending(project: ResearchProject) -> list[Step]:
    """Of personal reports: recommended and sent up, or closed as they are."""
    if project.kind != ProjectKind.PERSONAL:
        return []
    if project.recommended_on is None:
        return [Step("recommend", _("Recommend upwards"), is_main=True), Step("close", pgettext("research", "Close"))]
    taken_back = Step("unrecommend", _("Take the recommendation back"), is_quiet=True)
    return [Step("submit", _("Send up"), is_main=True), taken_back]


def _of_review(project: ResearchProject, reviewed: bool) -> list[Step]:
    found = []
    if reviewed:
        found += _releasing(project)
        if project.kind == ProjectKind.PERSONAL:
            found += _recommending(project)
        else:
            found += [Step("submit", _("Send up"), is_main=True), Step("close", pgettext("research", "Close"))]
    return [*found, Step("back", _("Back to writing"), is_quiet=True)]


def _of_submitted(project: ResearchProject, reviewed: bool) -> list[Step]:
    releasing = _releasing(project) if reviewed else []
    return [
        *releasing,
        Step("close", pgettext("research", "Close"), is_main=True),
        Step("back", _("Take back that it was sent up"), is_quiet=True),
    ]


def _of_closed(project: ResearchProject, reviewed: bool) -> list[Step]:
    releasing = _releasing(project) if reviewed else []
    return [*releasing, Step("back", _("Open it again"), is_quiet=True)]


def _of_dropped(project: ResearchProject, reviewed: bool) -> list[Step]:
    return [Step("take-up", _("Consider it again"))]


def _releasing(project: ResearchProject) -> list[Step]:
    if project.reviews_released_on is None:
        return [Step("release", _("Show the reviews to the team"))]
    return [Step("unrelease", _("Hide the reviews again"), is_quiet=True)]


BY_STATE = {
    ProjectState.CALL: _of_call,
    ProjectState.APPROVED: _of_approved,
    ProjectState.IN_PROGRESS: _of_progress,
    ProjectState.WRITING: _of_writing,
    ProjectState.REVIEW: _of_review,
    ProjectState.SUBMITTED: _of_submitted,
    ProjectState.CLOSED: _of_closed,
    ProjectState.DROPPED: _of_dropped,
}


def own_research(user: "User") -> dict[str, Any]:
    """For somebody in development: own projects, open calls, village terms without a report."""
    _person, key = own_keys(user)
    projects = ResearchProject.objects.standing().select_related("call", "term")
    mine = ResearchMember.objects.standing().filter(trainee=key, project__in=projects.values("pk"))
    rows = list(mine.select_related("project__call", "project__term").order_by("-project__state_since", "pk")[:AT_MOST])
    steps: dict[Any, list[ProgressItem]] = {}
    waiting = ProgressItem.objects.standing().filter(project__in=[row.project_id for row in rows], done_on=None)
    for item in waiting.exclude(next_step="").order_by("due_on", "pk"):
        steps.setdefault(item.project_id, []).append(item)
    said = _remarks([row.project_id for row in rows])
    today = timezone.localdate()
    calls = ResearchCall.objects.visible_to(user).standing().filter(topics_until__gte=today)
    return {
        "mine": [_own(row, steps.get(row.project_id, []), said.get(row.project_id, [])) for row in rows],
        "calls": list(calls.order_by("topics_until", "pk")[:ON_DESK]),
        "terms": list(terms_without(key)),
        "awards": _awards(user),
    }


def terms_without(trainee: Any) -> Any:
    """Village terms of a file that run and have no personal report yet."""
    reports = ResearchProject.objects.standing().filter(kind=ProjectKind.PERSONAL, term=OuterRef("pk"))
    rows = VillageTerm.objects.standing().filter(trainee=trainee, ended_on=None).select_related("village")
    return rows.filter(~Exists(reports.exclude(state=ProjectState.DROPPED))).order_by("-started_on")


def unread_by(user: "User") -> Any:
    """Latest versions of mentees' personal reports that this mentor has not read; nothing for who is nobody."""
    person, _trainee = own_keys(user)
    if person is None:
        return ReportVersion.objects.none()
    read = MentorReading.objects.standing().filter(report=OuterRef("pk"), mentor=person)
    later = ReportVersion.objects.standing().filter(project=OuterRef("project"), number__gt=OuterRef("number"))
    rows = ReportVersion.objects.standing().filter(project__in=ResearchProject.objects.mentored_by(user).open())
    return rows.filter(~Exists(read), ~Exists(later)).order_by("handed_in_at", "pk")


def read_by(user: "User") -> Any:
    """What this mentor has read of mentees' reports that are under way, the latest first."""
    person, _trainee = own_keys(user)
    rows = MentorReading.objects.standing().filter(mentor=person, report__project__in=_mentored_open(user))
    return rows.select_related("report").order_by("-read_on", "-created_at", "pk")


def _mentored_open(user: "User") -> Any:
    return ResearchProject.objects.mentored_by(user).open().values("pk")


def reading_panel(request: "UserRequest") -> dict[str, Any] | None:
    """The desk of a mentor: reports to read, and those read lately; None without any."""
    rows = unread_by(request.user).select_related("project", "handed_in_by")
    versions = list(rows[:ON_DESK])
    read = list(read_by(request.user)[:ON_DESK])
    if not versions and not read:
        return None
    authors = _authors([*(version.project_id for version in versions), *(one.report.project_id for one in read)])
    return {
        "versions": [(version, authors.get(version.project_id, "")) for version in versions],
        "read": [(one, authors.get(one.report.project_id, "")) for one in read],
    }


def review_items(request: "UserRequest") -> list[DeskItem]:
    """The desk of a reviewer: reports to review, the one that is due first before the others."""
    rows = ResearchReview.objects.waiting().filter(pk__in=reviewed_by(request.user)).select_related("report")
    return [_review_item(row) for row in rows.order_by("due_on", "pk")[:ON_DESK]]


def _review_item(review: ResearchReview) -> DeskItem:
    day = review.due_on
    today = timezone.localdate()
    return DeskItem(
        title=_("Review the report “%(title)s”") % {"title": review.report.title},
        why=_("Review until %(day)s") % {"day": formats.date_format(day)},
        url=reverse("assignments:review_write", kwargs={"pk": review.pk}),
        action=_("Read and review"),
        state="over" if day < today else "soon",
        when=formats.date_format(day, "MONTH_DAY_FORMAT"),
    )


def _awards(user: "User") -> list[Award]:
    """Prizes of one's own teams with those who have an award of them, whoever led the team first; the latest first."""
    rows = ResearchAward.objects.visible_to(user).standing().select_related("prize__project", "trainee__person")
    found: dict[Any, Award] = {}
    for row in rows.lead_first("-awarded_on", "prize")[:AT_MOST]:
        found.setdefault(row.prize_id, Award(row.prize, [])).names.append(row.trainee.person.name)
    return list(found.values())


def _authors(projects: list[Any]) -> dict[Any, str]:
    rows = ResearchMember.objects.standing().filter(project__in=projects, is_lead=True)
    return {row.project_id: row.trainee.person.name for row in rows.select_related("trainee__person")}


def _remarks(projects: list[Any]) -> dict[Any, list[ReportRemark]]:
    """What the department said of the latest version of each, while it is written on."""
    rows = ReportRemark.objects.standing().filter(report__project__in=projects, report__project__state__in=WRITABLE)
    rows = rows.filter(report__number=F("report__project__versions_count")).select_related("report")
    found: dict[Any, list[ReportRemark]] = {}
    for row in rows.order_by("created_at", "pk"):
        found.setdefault(row.report.project_id, []).append(row)
    return found


def _own(row: ResearchMember, steps: list[ProgressItem], remarks: list[ReportRemark]) -> Own:
    project = row.project
    writes = row.left_on is None and project.state in WRITABLE
    role = pgettext("research", "Lead") if row.is_lead else pgettext("research", "Member")
    if project.kind == ProjectKind.PERSONAL:
        role = pgettext("research", "Author")
    elif row.left_on is not None:
        role = _("Left the team")
    is_open = project.state in OPEN_PROJECTS
    return Own(
        project,
        mark_of(project),
        due_mark(project, timezone.localdate()),
        role,
        steps if is_open else [],
        remarks,
        may_hand_in=writes,
        may_plan=writes and row.is_lead and not project.plan,
    )
