"""The course of a report from the call to its end: which step is open at which stage, and what each locks first."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import (
    ProjectKind,
    ProjectNews,
    ProjectState,
    ReportVersion,
    ResearchCall,
    ResearchMember,
    ResearchPrize,
    ResearchProject,
    ResearchReview,
)
from cadre_app.assignments.policies import REVIEWERS
from cadre_app.core.tables import joined
from cadre_app.people.models import VillageTerm

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

WRITABLE = (ProjectState.APPROVED, ProjectState.IN_PROGRESS, ProjectState.WRITING)
DROPPABLE = (ProjectState.CALL, *WRITABLE)
REVIEWABLE = (ProjectState.WRITING, ProjectState.REVIEW)
TEAM_CHANGES = DROPPABLE
TEAM_CORRECTIONS = (ProjectState.REVIEW, ProjectState.SUBMITTED, ProjectState.CLOSED)
PRIZE_GIVEN = (ProjectState.SUBMITTED, ProjectState.CLOSED)
STEPS_BACK = (ProjectState.APPROVED, ProjectState.REVIEW, ProjectState.SUBMITTED, ProjectState.CLOSED)
CLOSABLE = (ProjectState.WRITING, ProjectState.REVIEW, ProjectState.SUBMITTED)


def due_of(call: ResearchCall | None, term: VillageTerm | None) -> date | None:
    """When a report is due: by its call, and before the village term is over."""
    days = [call.reports_until] if call is not None else []
    if term is not None and term.due_on is not None:
        days.append(term.due_on)
    return min(days, default=None)


def lock_project(
    project: ResearchProject, version: int | None = None, *, states: "Collection[str] | None" = None
) -> ResearchProject:
    """Lock a standing project. Raises Stale; ValidationError where its stage is none of `states`."""
    project = ResearchProject.objects.lock(project.pk, version)
    if project.is_voided:
        raise ValidationError(_("This research project is voided."), code="voided")
    if states is not None and project.state not in states:
        message = _("This cannot be done at the stage “%(state)s”.") % {"state": project.get_state_display()}
        raise ValidationError(message, code="stage")
    return project


def move(project: ResearchProject, state: ProjectState) -> None:
    """To another stage as of today; the caller saves."""
    if project.state != state:
        project.state, project.state_since = state, timezone.localdate()


def tell(project: ResearchProject, news: ProjectNews) -> None:
    """What the team hears as of today; the caller saves."""
    project.news, project.news_on = news, timezone.localdate()


def refuse_with_prize(project: ResearchProject) -> None:
    """A report with a standing prize stays where it is."""
    if ResearchPrize.objects.standing().filter(project=project).exists():
        raise ValidationError(_("A prize was given to this report. Void the prize first."), code="prize")


def active_members(project: ResearchProject) -> "list[ResearchMember]":
    """Who works on it now: in the team, and with a growth file that takes new records."""
    rows = ResearchMember.objects.standing().filter(project=project, left_on=None)
    rows = rows.filter(trainee__departed_on=None, trainee__voided_at=None)
    return list(rows.select_related("trainee__person"))


def refuse_abandoned(project: ResearchProject) -> None:
    """Nothing new for a report of which everybody has left the programme."""
    if not active_members(project):
        raise ValidationError(
            _("Everybody who worked on this report has left: it can be read, no longer carried on."), code="abandoned"
        )


def latest_version(project: ResearchProject) -> ReportVersion | None:
    return ReportVersion.objects.standing().filter(project=project).order_by("-number").first()


def reviews_of(version: ReportVersion | None) -> "list[Any]":
    """Standing reviews of a version with `is_barred`, in the order they were given out."""
    if version is None:
        return []
    rows = ResearchReview.objects.standing().filter(report=version).select_related("reviewer__account")
    return list(rows.with_ties().order_by("created_at", "pk"))


def why_not_reviewed(project: ResearchProject) -> str:
    """What is missing until the review is over; empty when it is."""
    reviews = reviews_of(latest_version(project))
    if why := what_is_barred(reviews):
        return why
    if len(reviews) < REVIEWERS.now():
        return _("At least %(most)s reviewers look at a report.") % {"most": REVIEWERS.now()}
    if any(review.handed_in_at is None for review in reviews):
        return _("Not all reviews are handed in yet.")
    return ""


def what_is_barred(reviews: "Iterable[Any]") -> str:
    """Whose review of these (`with_ties`) does not count (回避), and what is to be done; empty where all of them do."""
    names = joined(review.reviewer.name for review in reviews if review.is_barred)
    if not names:
        return ""
    message = _(
        "The review of %(names)s does not count: in the team or a declared relative of it. Take it off at the stage of "
        "review and have somebody else look at the report."
    )
    return message % {"names": names}


def refuse_barred(project: ResearchProject) -> None:
    """Nothing is built on a review that does not count, once the report is with reviewers. Raises ValidationError."""
    if project.state == ProjectState.WRITING:
        return
    if why := what_is_barred(reviews_of(latest_version(project))):
        raise ValidationError(why, code="barred")


def before_end(project: ResearchProject) -> ProjectState:
    """The stage to which a report goes back that was sent up or closed."""
    if project.submitted_on is not None and project.state == ProjectState.CLOSED:
        return ProjectState.SUBMITTED
    return ProjectState.REVIEW if reviews_of(latest_version(project)) else ProjectState.WRITING


def may_close_unsent(project: ResearchProject) -> bool:
    """A personal report that is handed in may be closed at any stage; a team topic after its review."""
    if project.kind == ProjectKind.PERSONAL and project.state == ProjectState.WRITING:
        return project.versions_count > 0
    return project.state == ProjectState.SUBMITTED or not why_not_reviewed(project)
