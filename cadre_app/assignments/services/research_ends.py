"""How a report ends: recommended, sent up, closed; and one stage back where that was a mistake."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import ProjectKind, ProjectNews, ProjectState, ResearchProject, ResearchReview
from cadre_app.assignments.services.research_states import (
    CLOSABLE,
    REVIEWABLE,
    STEPS_BACK,
    before_end,
    latest_version,
    lock_project,
    may_close_unsent,
    move,
    refuse_barred,
    refuse_with_prize,
    reviews_of,
    tell,
    why_not_reviewed,
)
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refuse_before, refuse_future

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

VERB = "assignments.researchproject"


@transaction.atomic
def recommend_project(project: ResearchProject, *, version: int | None = None, actor: "User") -> ResearchProject:
    """推荐 A personal report is recommended upwards. Raises Stale, ValidationError."""
    return _recommend(project, version, timezone.localdate(), actor)


@transaction.atomic
def unrecommend_project(
    project: ResearchProject, *, reason: str, version: int | None = None, actor: "User"
) -> ResearchProject:
    """Take a recommendation back, as long as the report was not sent up. Raises Stale, ValidationError."""
    return _recommend(project, version, None, actor, reason=reason)


@transaction.atomic
def submit_project(
    project: ResearchProject,
    *,
    submitted_to: str,
    submitted_on: date,
    document_number: str,
    version: int | None = None,
    actor: "User",
) -> ResearchProject:
    """报送 upwards: a reviewed team topic, a recommended personal report. Raises Stale, ValidationError by field."""
    project = lock_project(project, version, states=REVIEWABLE)
    if why := _why_not_sent(project):
        raise ValidationError(why, code="not_ready")
    refuse_future("submitted_on", submitted_on)
    message = _("The version that is sent up was handed in, or its last review came in, after this day.")
    refuse_before("submitted_on", submitted_on, _ready_on(project), message)
    with history.change(project, actor=actor, verb=f"{VERB}.submitted"):
        move(project, ProjectState.SUBMITTED)
        project.submitted_to, project.submitted_on = submitted_to, submitted_on
        project.document_number = document_number
        clean(project)
        project.save()
    return project


@transaction.atomic
def close_project(project: ResearchProject, *, version: int | None = None, actor: "User") -> ResearchProject:
    """结题. Raises Stale; ValidationError before a report is written and reviewed by who may review it."""
    project = lock_project(project, version, states=CLOSABLE)
    refuse_barred(project)
    if not may_close_unsent(project):
        raise ValidationError(why_not_reviewed(project) or _("No version is handed in yet."), code="not_ready")
    with history.change(project, actor=actor, verb=f"{VERB}.closed"):
        move(project, ProjectState.CLOSED)
        project.returned_on = None
        project.save()
    return project


@transaction.atomic
def step_back(project: ResearchProject, *, reason: str, version: int | None = None, actor: "User") -> ResearchProject:
    """One stage back: an approval, a review, a submission or a closing is taken back. Raises Stale, ValidationError."""
    project = lock_project(project, version, states=STEPS_BACK)
    was = project.state
    refuse_with_prize(project)
    if was == ProjectState.REVIEW:
        _end_waiting_reviews(project, reason, actor)
    with history.change(project, actor=actor, verb=f"{VERB}.stepped_back", reason=reason):
        back = {ProjectState.APPROVED: ProjectState.CALL, ProjectState.REVIEW: ProjectState.WRITING}
        move(project, back.get(ProjectState(was)) or before_end(project))
        if was == ProjectState.SUBMITTED:
            project.submitted_on, project.submitted_to, project.document_number = None, "", ""
        if was == ProjectState.REVIEW:
            project.reviews_done, project.reviews_released_on = 0, None
            tell(project, ProjectNews.BACK)
        clean(project)
        project.save()
    return project


def _recommend(
    project: ResearchProject, version: int | None, day: date | None, actor: "User", *, reason: str = ""
) -> ResearchProject:
    project = lock_project(project, version, states=REVIEWABLE)
    if project.kind != ProjectKind.PERSONAL:
        raise ValidationError(_("Personal reports are recommended; team topics are reviewed."), code="team")
    if not project.versions_count:
        raise ValidationError(_("No version is handed in yet."), code="no_version")
    verb = "recommended" if day is not None else "unrecommended"
    with history.change(project, actor=actor, verb=f"{VERB}.{verb}", reason=reason):
        project.recommended_on, project.returned_on = day, None
        project.save()
    return project


def _why_not_sent(project: ResearchProject) -> str:
    if project.kind == ProjectKind.PERSONAL:
        if project.recommended_on is None:
            return _("Recommend the report first.")
        return why_not_reviewed(project) if project.state == ProjectState.REVIEW else ""
    if project.state != ProjectState.REVIEW:
        return _("Reviewers look at the report first.")
    return why_not_reviewed(project)


def _ready_on(project: ResearchProject) -> date:
    """The day of the latest version and of the reviews of it, whichever is later."""
    report = latest_version(project)
    if report is None:
        return project.state_since
    moments = [report.handed_in_at, *(review.handed_in_at for review in reviews_of(report))]
    return max(timezone.localdate(moment) for moment in moments if moment is not None)


def _end_waiting_reviews(project: ResearchProject, reason: str, actor: "User") -> None:
    waiting = ResearchReview.objects.waiting().filter(report__project=project)
    for review in waiting.select_for_update(of=("self",)):
        history.void(review, actor=actor, reason=reason)
