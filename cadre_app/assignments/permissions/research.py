"""Who does what with topics, teams, calls and meetings (ACCESS.md, "field research")."""

from typing import TYPE_CHECKING

from cadre_app.assignments.models import ProgressItem, ProjectKind, ResearchMember, ResearchProject
from cadre_app.assignments.models.research import members_seen, overseen
from cadre_app.assignments.permissions.rooms import is_department, is_in_development, works_here
from cadre_app.people import permissions as people
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import VillageTerm


def can_follow(user: "User") -> bool:
    """Staff and leaders: board, lists, calls, meetings and prizes."""
    return is_department(user)


def can_plan_calls(user: "User") -> bool:
    """Staff plan and open calls, hold progress meetings, enter topics."""
    return works_here(user)


def can_propose(user: "User") -> bool:
    """Those in development propose topics for themselves."""
    return is_in_development(user)


def can_start_report(user: "User", term: "VillageTerm") -> bool:
    """The author of the report of a village term, and staff who work on the file."""
    return people.is_own(user, term.trainee) or people.can_edit(user, term.trainee)


def can_open(user: "User", project: ResearchProject) -> bool:
    """The page of a project: whoever sees it otherwise than by reviewing it."""
    return members_seen(user).filter(project=project).exists() or mentors(user, project)


def oversees_it(user: "User", project: ResearchProject) -> bool:
    """Staff and leaders of a member's unit who are not in the team: reviewers' names and points are theirs to know."""
    return is_department(user) and overseen(user).filter(project=project).exists()


def can_work_on(user: "User", project: ResearchProject) -> bool:
    """Staff of a member's unit, who are neither in the team nor relatives of it (回避)."""
    return works_here(user) and ResearchProject.objects.worked_on(user).filter(pk=project.pk).exists()


def can_write(user: "User", project: ResearchProject) -> bool:
    """Whoever is in the team now hands in versions; staff enter what came on paper."""
    return is_member(user, project, now=True) or can_work_on(user, project)


def can_lead(user: "User", project: ResearchProject) -> bool:
    """The plan and the team are the lead's; staff enter them too."""
    return is_member(user, project, now=True, lead=True) or can_work_on(user, project)


def can_finish(user: "User", item: ProgressItem) -> bool:
    """A step is done: the lead says so, or staff."""
    return can_lead(user, item.project)


def is_member(user: "User", project: ResearchProject, *, now: bool = False, lead: bool = False) -> bool:
    """In the team, also formerly; `now`: still there; `lead`: leading it."""
    _person, trainee = own_keys(user)
    if trainee is None:
        return False
    rows = ResearchMember.objects.standing().filter(project=project, trainee=trainee)
    rows = rows.filter(left_on=None) if now else rows
    return (rows.filter(is_lead=True) if lead else rows).exists()


def mentors(user: "User", project: ResearchProject) -> bool:
    """Mentors the author of a personal report now."""
    if project.kind != ProjectKind.PERSONAL or own_keys(user)[0] is None:
        return False
    return ResearchProject.objects.mentored_by(user).filter(pk=project.pk).exists()
