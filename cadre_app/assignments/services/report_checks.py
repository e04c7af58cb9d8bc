"""审阅 What the department says of a personal report that came in: a comment, or back to its author (退回补充)."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import ProjectKind, ProjectNews, ProjectState, ReportRemark, ResearchProject
from cadre_app.assignments.services.research_states import latest_version, lock_project, refuse_abandoned, tell
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

IN_WRITING = (ProjectState.WRITING,)
VERB = "assignments.researchproject"


@transaction.atomic
def remark_report(
    project: ResearchProject, *, remark: str, version: int | None = None, actor: "User"
) -> ResearchProject:
    """Say something of the latest version; the author reads it, beside what was said before. Raises Stale,
    ValidationError by field.
    """
    project = _lock(project, version)
    _write(project, remark, actor)
    with history.change(project, actor=actor, verb=f"{VERB}.remarked"):
        project.remarked_on = timezone.localdate()
        tell(project, ProjectNews.REMARKED)
        clean(project)
        project.save()
    return project


@transaction.atomic
def return_report(
    project: ResearchProject, *, reason: str, version: int | None = None, actor: "User"
) -> ResearchProject:
    """退回补充 The author hands in another version. Raises Stale; ValidationError for a recommended one."""
    project = _lock(project, version)
    if project.recommended_on is not None:
        raise ValidationError(_("The report is recommended. Take the recommendation back first."), code="recommended")
    refuse_abandoned(project)
    _write(project, reason, actor, is_return=True)
    with history.change(project, actor=actor, verb=f"{VERB}.sent_back"):
        project.remarked_on = project.returned_on = timezone.localdate()
        clean(project)
        project.save()
    return project


def _write(project: ResearchProject, text: str, actor: "User", *, is_return: bool = False) -> None:
    remark = ReportRemark(report=latest_version(project), is_return=is_return, text=text)
    remark.said_by, remark.said_on = actor, timezone.localdate()
    with history.change(remark, actor=actor, verb="assignments.reportremark.written"):
        clean(remark)
        remark.save()


def _lock(project: ResearchProject, version: int | None) -> ResearchProject:
    project = lock_project(project, version, states=IN_WRITING)
    if project.kind != ProjectKind.PERSONAL:
        raise ValidationError(_("The department looks at personal reports; team topics are reviewed."), code="team")
    if not project.versions_count:
        raise ValidationError(_("No version is handed in yet."), code="no_version")
    return project
