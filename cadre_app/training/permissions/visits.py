"""Who may do what with study visits: staff plan and record, business roles read, those in development see the own ones."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role
from cadre_app.org.paths import any_of
from cadre_app.people.models import of_scope
from cadre_app.training.models import VisitMember, VisitState
from cadre_app.training.permissions.rooms import is_in_development, oversees, works_here

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models import StudyVisit

OPEN = (VisitState.PLANNED, VisitState.HELD)


def can_list_visits(user: "User") -> bool:
    """The list over all visits, their pages with participants, the routes."""
    return oversees(user)


def can_plan_visits(user: "User") -> bool:
    """Routes, new visits; own people put on the list and recorded."""
    return works_here(user)


def can_change_visit(user: "User", visit: "StudyVisit") -> bool:
    """Staff in whose units everybody on the list is: its day, and whether it is held, concern them all."""
    here = any_of(user.unit_ranges(Role.STAFF), "trainee__home_unit__path")
    return works_here(user) and not visit.members.standing().exclude(here).exists()


def can_post_visit(user: "User", visit: "StudyVisit") -> bool:
    """Staff in whose scope everybody is who gets hours: nobody enters hours for themselves or a relative."""
    here = of_scope(user, Role.STAFF, prefix="trainee__")
    return works_here(user) and not visit.members.attending().exclude(here).exists()


def can_take_off(user: "User", member: "VisitMember") -> bool:
    """Staff in whose scope the participant is."""
    return VisitMember.objects.worked_on(user).filter(pk=member.pk).exists()


def can_note_visit(user: "User", member: "VisitMember") -> bool:
    """知悉 Whoever takes part says so for themselves."""
    return member.trainee.person.account_id == user.pk and not member.is_voided


def has_visits(user: "User") -> bool:
    """Has a page of visits: over all of them, or of the own ones."""
    return oversees(user) or is_in_development(user)


def takes_changes(visit: "StudyVisit") -> bool:
    """Planned or held: participants, places and attendance can still change."""
    return visit.state in OPEN and not visit.is_voided
