"""Who may do what with study visits: staff plan and record, business roles read, those in development see the own ones."""

from typing import TYPE_CHECKING

from cadre_app.training.models import VisitState
from cadre_app.training.permissions.rooms import is_in_development, oversees, works_here

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models import StudyVisit, VisitMember

OPEN = (VisitState.PLANNED, VisitState.HELD)


def can_list_visits(user: "User") -> bool:
    """The list over all visits, their pages with participants, the routes."""
    return oversees(user)


def can_plan_visits(user: "User") -> bool:
    """Routes, visits, participants, attendance and hours."""
    return works_here(user)


def can_note_visit(user: "User", member: "VisitMember") -> bool:
    """知悉 Whoever takes part says so for themselves."""
    return member.trainee.person.account_id == user.pk and not member.is_voided


def has_visits(user: "User") -> bool:
    """Has a page of visits: over all of them, or of the own ones."""
    return oversees(user) or is_in_development(user)


def takes_changes(visit: "StudyVisit") -> bool:
    """Planned or held: participants, places and attendance can still change."""
    return visit.state in OPEN and not visit.is_voided
