"""The report of a village term is due with the term: its day follows whenever the planned end is moved."""

from typing import TYPE_CHECKING
from uuid import UUID

from cadre_app.assignments.models import ProjectKind, ResearchProject
from cadre_app.assignments.services.research_states import due_of
from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def follow_terms(trainee: UUID, actor: "User | None") -> None:
    """Bring `due_on` of the open personal reports of a file up to date, with history; the file is locked."""
    rows = ResearchProject.objects.open().filter(kind=ProjectKind.PERSONAL, term__trainee=trainee)
    found = list(rows.select_related("call", "term").select_for_update(of=("self",)))
    moved = [project for project in found if project.due_on != due_of(project.call, project.term)]
    if not moved:
        return
    with history.changes_many(moved, actor=actor, verb="assignments.researchproject.due_followed"):
        for project in moved:
            project.due_on = due_of(project.call, project.term)
        ResearchProject.objects.bulk_update(moved, ["due_on"])
