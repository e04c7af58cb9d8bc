"""问题诉求办理: what was raised in a talk, at a symposium or on a visit, from assigning to the return visit and closing."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.care.models import Problem, ProblemState
from cadre_app.care.models.choices import IN_WORK, SETTLED
from cadre_app.care.services.checks import refuse_after_two_years
from cadre_app.care.services.sources import Raised, bind, check_handler, check_raiser, keep, lock_source, raised_on
from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import clean, refuse_before, refuse_future

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cadre_app.accounts.models import User


@transaction.atomic
def add_problem(
    source: Raised,
    *,
    text: str,
    due_on: date,
    handling_unit: str = "",
    handler: "User | None" = None,
    trainee: Trainee | None = None,
    actor: "User",
) -> Problem:
    """What somebody raised in a talk, at a symposium or on a visit that took place; with a unit it is in hand at once.

    `trainee` says who raised it at a symposium; nobody is named without. Raises ValidationError by field.
    """
    source = lock_source(source)
    problem = Problem(text=text, due_on=due_on, handling_unit=handling_unit, handler=handler)
    bind(problem, source, trainee)
    problem.state = ProblemState.IN_HAND if handling_unit else ProblemState.TO_ASSIGN
    with history.change(problem, actor=actor, verb="care.problem.added"):
        check_raiser(source, trainee)
        refuse_before("due_on", due_on, raised_on(source), _("The answer is due after the day it was raised."))
        refuse_after_two_years("due_on", due_on)
        check_handler(problem, handler)
        clean(problem)
        problem.save(force_insert=True)
    keep(source, actor=actor)
    return problem


@transaction.atomic
def assign_problem(
    problem: Problem,
    *,
    text: str,
    handling_unit: str,
    handler: "User | None" = None,
    due_on: date,
    version: int | None = None,
    actor: "User",
) -> Problem:
    """转办 Say which unit takes care of it, who follows it up and by when; also to correct that.

    Raises Stale, or ValidationError by field.
    """
    source, problem = _lock(problem, version, IN_WORK)
    with history.change(problem, actor=actor, verb="care.problem.assigned"):
        refuse_before("due_on", due_on, raised_on(source), _("The answer is due after the day it was raised."))
        refuse_after_two_years("due_on", due_on)
        check_handler(problem, handler)
        problem.text, problem.handling_unit, problem.handler, problem.due_on = text, handling_unit, handler, due_on
        problem.state = ProblemState.IN_HAND
        clean(problem)
        problem.save()
    keep(source, actor=actor)
    return problem


@transaction.atomic
def answer_problem(
    problem: Problem,
    *,
    answer: str,
    answered_on: date,
    is_explained: bool = False,
    version: int | None = None,
    actor: "User",
) -> Problem:
    """What was done; or, explained, why it cannot be done for now, which settles it. Raises Stale, ValidationError."""
    source, problem = _lock(problem, version, (ProblemState.IN_HAND, ProblemState.ANSWERED))
    _check_day("answered_on", answered_on, source)
    verb = "care.problem.explained" if is_explained else "care.problem.answered"
    with history.change(problem, actor=actor, verb=verb):
        problem.state = ProblemState.EXPLAINED if is_explained else ProblemState.ANSWERED
        problem.answer, problem.answered_on = answer, answered_on
        clean(problem)
        problem.save()
    keep(source, actor=actor)
    return problem


@transaction.atomic
def revisit_problem(
    problem: Problem, *, revisited_on: date, revisit_note: str = "", version: int | None = None, actor: "User"
) -> Problem:
    """登记回访 The person was asked whether the answer helped. Raises Stale, ValidationError."""
    source, problem = _lock(problem, version, (ProblemState.ANSWERED,))
    _check_day("revisited_on", revisited_on, source)
    if problem.answered_on is not None:
        refuse_before("revisited_on", revisited_on, problem.answered_on, _("This day lies before the answer."))
    with history.change(problem, actor=actor, verb="care.problem.revisited"):
        problem.state = ProblemState.REVISITED
        problem.revisited_on, problem.revisit_note = revisited_on, revisit_note
        clean(problem)
        problem.save()
    return problem


@transaction.atomic
def close_problem(problem: Problem, *, version: int | None = None, actor: "User") -> Problem:
    """办结, after the return visit. Raises Stale, ValidationError."""
    _source, problem = _lock(problem, version, (ProblemState.REVISITED,))
    with history.change(problem, actor=actor, verb="care.problem.closed"):
        problem.state, problem.closed_on = ProblemState.CLOSED, timezone.localdate()
        clean(problem)
        problem.save()
    return problem


@transaction.atomic
def reopen_problem(problem: Problem, *, reason: str, version: int | None = None, actor: "User") -> Problem:
    """The answer did not hold, or was entered by mistake: in hand again. Raises Stale, ValidationError."""
    source, problem = _lock(problem, version, (ProblemState.ANSWERED, ProblemState.REVISITED, *SETTLED))
    with history.change(problem, actor=actor, verb="care.problem.reopened", reason=reason):
        problem.state = ProblemState.IN_HAND
        problem.answered_on = problem.revisited_on = problem.closed_on = None
        clean(problem)
        problem.save()
    keep(source, actor=actor)
    return problem


@transaction.atomic
def void_problem(problem: Problem, *, reason: str, version: int | None = None, actor: "User") -> Problem:
    """Void a problem entered by mistake. Raises Stale, ValidationError."""
    source, problem = _lock(problem, version, ProblemState.values)
    history.void(problem, actor=actor, reason=reason)
    keep(source, actor=actor)
    return Problem.objects.get(pk=problem.pk)


@transaction.atomic
def restore_problem(problem: Problem, *, reason: str = "", version: int | None = None, actor: "User") -> Problem:
    """Undo `void_problem`. Raises Stale, ValidationError."""
    source = lock_source(problem.source)
    problem = Problem.objects.lock(problem.pk, version)
    if not problem.is_voided:
        raise ValidationError(_("This entry is not voided."), code="not_voided")
    history.restore(problem, actor=actor, reason=reason)
    keep(source, actor=actor)
    return Problem.objects.get(pk=problem.pk)


def _lock(problem: Problem, version: int | None, states: "Iterable[str]") -> tuple[Raised, Problem]:
    """Source and problem, locked in this order. Raises Stale; ValidationError for a closed source or another state."""
    source = lock_source(problem.source)
    problem = Problem.objects.lock(problem.pk, version)
    bind(problem, source, problem.trainee)
    if problem.is_voided or problem.state not in states:
        message = _("This cannot be done now: the problem is in the state “%(state)s”.")
        raise ValidationError(message % {"state": problem.get_state_display()}, code="wrong_state")
    return source, problem


def _check_day(field: str, day: date, source: Raised) -> None:
    refuse_future(field, day)
    refuse_before(field, day, raised_on(source), _("This day lies before the day it was raised."))
