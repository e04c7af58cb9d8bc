"""Who reads versions and reviews, and who writes them."""

from typing import TYPE_CHECKING
from uuid import UUID

from cadre_app.assignments.models import ProjectState, ReportVersion, ResearchProject, ResearchReview
from cadre_app.assignments.permissions.research import is_member, mentors, oversees_it
from cadre_app.people.models.persons import avoided_persons, own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_read_for_mentee(user: "User", project: ResearchProject) -> bool:
    """The mentor of the author writes what to better, until the report is closed."""
    is_over = project.state in (ProjectState.CLOSED, ProjectState.DROPPED)
    return mentors(user, project) and not is_over and not is_member(user, project)


def can_review(user: "User", review: ResearchReview) -> bool:
    """The reviewer in person, who is neither in the team nor a declared relative of it (回避)."""
    if review.is_voided or review.reviewer_id != own_keys(user)[0]:
        return False
    team = review.report.project.members.standing()
    return not team.filter(trainee__person__in=avoided_persons(user)).exists()


def may_read_file(user: "User", owner: UUID) -> bool:
    """The file of a version: as the version."""
    return ReportVersion.objects.visible_to(user).standing().filter(pk=owner, project__voided_at=None).exists()


def reads_reviews(user: "User", project: ResearchProject) -> bool:
    """Staff and leaders at any time; members once they are released."""
    return oversees_it(user, project) or (project.reviews_released_on is not None and is_member(user, project))
