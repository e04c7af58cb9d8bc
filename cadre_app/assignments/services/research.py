"""调研课题 Topics and personal reports: proposed, changed, approved or dropped, planned, voided."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import (
    ProjectKind,
    ProjectNews,
    ProjectState,
    ResearchCall,
    ResearchProject,
)
from cadre_app.assignments.services.research_states import (
    DROPPABLE,
    WRITABLE,
    due_of,
    lock_project,
    move,
    refuse_abandoned,
    refuse_with_prize,
    tell,
)
from cadre_app.assignments.services.research_teams import take_in, trainees_named
from cadre_app.history import services as history
from cadre_app.people.models import Trainee, VillageTerm
from cadre_app.people.services.checks import clean, lock_open_file, refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

VERB = "assignments.researchproject"


@transaction.atomic
def propose_topic(
    *,
    call: ResearchCall,
    title: str,
    direction: str,
    lead: Trainee,
    names: str = "",
    plan: str = "",
    by_staff: bool = False,
    actor: "User",
) -> ResearchProject:
    """Propose a team topic in an open call; staff enter one also after its last day. Raises ValidationError by field."""
    lead = lock_open_file(lead.pk)
    call = ResearchCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    _check_call(call, direction, by_staff=by_staff)
    others = [trainee for trainee in trainees_named(names) if trainee.pk != lead.pk]
    project = ResearchProject(kind=ProjectKind.TEAM, call=call, title=title, direction=direction, plan=plan)
    _begin(project, [lead, *others], actor=actor)
    return project


@transaction.atomic
def start_personal(
    term: VillageTerm, *, title: str, direction: str = "", call: ResearchCall | None = None, actor: "User"
) -> ResearchProject:
    """Begin the report of a village term. Raises ValidationError by field, also for a second one."""
    author = lock_open_file(term.trainee_id)
    term = VillageTerm.objects.lock(term.pk)
    if term.is_voided:
        raise ValidationError(_("This village term is voided."), code="voided")
    if direction and call is not None and direction not in call.directions:
        raise refusal("direction", _("This call does not have the direction."), code="direction")
    project = ResearchProject(kind=ProjectKind.PERSONAL, term=term, call=call, title=title, direction=direction)
    _begin(project, [author], actor=actor)
    return project


@transaction.atomic
def change_project(
    project: ResearchProject, *, title: str, direction: str = "", version: int | None = None, actor: "User"
) -> ResearchProject:
    """Another title or direction. Raises Stale, ValidationError by field."""
    project = lock_project(project, version, states=DROPPABLE)
    directions = project.call.directions if project.call is not None else []
    if direction and directions and direction not in (*directions, project.direction):
        raise refusal("direction", _("This call does not have the direction."), code="direction")
    with history.change(project, actor=actor, verb=f"{VERB}.changed"):
        project.title, project.direction = title, direction
        project.due_on = due_of(project.call, project.term)
        clean(project)
        project.save()
    return project


@transaction.atomic
def approve_project(project: ResearchProject, *, version: int | None = None, actor: "User") -> ResearchProject:
    """立项. Raises Stale, ValidationError."""
    project = lock_project(project, version, states=(ProjectState.CALL,))
    refuse_abandoned(project)
    with history.change(project, actor=actor, verb=f"{VERB}.approved"):
        move(project, ProjectState.IN_PROGRESS if project.plan else ProjectState.APPROVED)
        project.due_on = due_of(project.call, project.term)
        tell(project, ProjectNews.APPROVED)
        project.save()
    return project


@transaction.atomic
def drop_project(
    project: ResearchProject, *, reason: str, version: int | None = None, actor: "User"
) -> ResearchProject:
    """It is not carried on, with a reason that the team reads. Raises Stale, ValidationError."""
    project = lock_project(project, version, states=DROPPABLE)
    refuse_with_prize(project)
    with history.change(project, actor=actor, verb=f"{VERB}.dropped", reason=reason):
        project.dropped_from, project.drop_reason = project.state, reason
        move(project, ProjectState.DROPPED)
        tell(project, ProjectNews.DROPPED)
        clean(project)
        project.save()
    return project


@transaction.atomic
def take_up_project(project: ResearchProject, *, version: int | None = None, actor: "User") -> ResearchProject:
    """A dropped topic is considered again, from where it stood. Raises Stale, ValidationError."""
    project = lock_project(project, version, states=(ProjectState.DROPPED,))
    with history.change(project, actor=actor, verb=f"{VERB}.taken_up"):
        usual = ProjectState.WRITING if project.versions_count else ProjectState.CALL
        move(project, ProjectState(project.dropped_from or usual))
        project.drop_reason = project.dropped_from = project.news = ""
        project.news_on = None
        clean(project)
        project.save()
    return project


@transaction.atomic
def write_plan(project: ResearchProject, *, plan: str, version: int | None = None, actor: "User") -> ResearchProject:
    """The plan of an approved topic: with it the work is under way. Raises Stale, ValidationError by field."""
    project = lock_project(project, version, states=(ProjectState.CALL, *WRITABLE))
    refuse_abandoned(project)
    with history.change(project, actor=actor, verb=f"{VERB}.planned"):
        project.plan = plan
        if project.state == ProjectState.APPROVED:
            move(project, ProjectState.IN_PROGRESS)
        clean(project)
        project.save()
    return project


@transaction.atomic
def void_project(
    project: ResearchProject, *, reason: str, version: int | None = None, actor: "User"
) -> ResearchProject:
    """Take back what was entered by mistake. Raises Stale; ValidationError where a prize hangs on it."""
    project = lock_project(project, version)
    refuse_with_prize(project)
    history.void(project, actor=actor, reason=reason)
    return ResearchProject.objects.get(pk=project.pk)


@transaction.atomic
def restore_project(
    project: ResearchProject, *, reason: str = "", version: int | None = None, actor: "User"
) -> ResearchProject:
    """It stands again. Raises Stale; ValidationError where another one has its place."""
    found = ResearchProject.objects.lock(project.pk, version)
    if not found.is_voided:
        raise ValidationError(_("This research project is not voided."), code="not_voided")
    history.restore(found, actor=actor, reason=reason)
    return ResearchProject.objects.get(pk=project.pk)


def _begin(project: ResearchProject, people: list[Trainee], *, actor: "User") -> None:
    project.state, project.state_since = ProjectState.CALL, timezone.localdate()
    project.due_on = due_of(project.call, project.term)
    with history.change(project, actor=actor, verb=f"{VERB}.proposed"):
        clean(project)
        project.save()
    take_in(project, people, lead=True, actor=actor)


def _check_call(call: ResearchCall, direction: str, *, by_staff: bool) -> None:
    if call.is_voided or not call.is_open:
        raise refusal("call", _("This call is closed."), code="closed")
    if not by_staff and call.topics_until < timezone.localdate():
        raise refusal("call", _("The last day for topics has passed. Ask the department to enter it."), code="late")
    if direction not in call.directions:
        raise refusal("direction", _("This call does not have the direction."), code="direction")
