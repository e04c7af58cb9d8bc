"""Where a problem comes from: what its changes ask of the talk, the symposium or the visit."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cadre_app.care.models import CareVisit, Problem, Symposium, SymposiumState, Talk, TalkState, VisitState
from cadre_app.care.services import checks, symposiums, visits
from cadre_app.care.services.recording import keep_follow_up
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import refusal

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

Raised = Talk | Symposium | CareVisit
OPEN_TALK = (TalkState.HELD, TalkState.FOLLOW_UP)


def lock_source(source: Raised) -> Raised:
    """The locked source, which took place and is not closed. Raises ValidationError."""
    if isinstance(source, Talk):
        talk = checks.lock_talk(source)
        checks.require_state(talk, OPEN_TALK)
        return talk
    if isinstance(source, Symposium):
        symposium = symposiums.lock_symposium(source)
        symposiums.require_state(symposium, (SymposiumState.HELD,))
        return symposium
    visit = visits.lock_visit(source)
    visits.require_state(visit, (VisitState.HELD,))
    return visit


def raised_on(source: Raised) -> date:
    """The day on which it was raised."""
    return source.day


def bind(problem: Problem, source: Raised, trainee: Trainee | None) -> None:
    """Give the problem its source, and who raised it: whom a talk or visit is about, at a symposium `trainee` or nobody."""
    if isinstance(source, Symposium):
        problem.symposium, problem.trainee = source, trainee
    elif isinstance(source, Talk):
        problem.talk, problem.trainee = source, source.trainee
    else:
        problem.visit, problem.trainee = source, source.trainee


def keep(source: Raised, *, actor: "User") -> None:
    """A talk waits for the return visit as long as something was raised in it."""
    if isinstance(source, Talk):
        keep_follow_up(source, actor=actor)


def handlers_for(source: Raised, trainee: Trainee | None) -> "QuerySet[User]":
    """Who may follow it up: staff and leaders of the unit, never the person who raised it or a declared relative."""
    if isinstance(source, Symposium):
        found = checks.workers_on(source.unit)
        return found if trainee is None else checks.avoiding(found, trainee)
    return checks.workers_for(source.trainee)


def check_handler(problem: Problem, handler: "User | None") -> None:
    """Raise ValidationError for an account that may not follow it up."""
    if handler is not None and not handlers_for(problem.source, problem.trainee).filter(pk=handler.pk).exists():
        message = _("Choose staff or a leader of this unit; not the person, and no declared relative.")
        raise refusal("handler", message, code="not_a_worker")


def check_raiser(source: Raised, trainee: Trainee | None) -> None:
    """Raise ValidationError for somebody who is not on the list of the symposium."""
    if not isinstance(source, Symposium) or trainee is None:
        return
    if not source.invitations.standing().filter(trainee=trainee).exists():
        raise refusal("trainee", _("This person is not on the list of the symposium."), code="not_there")
