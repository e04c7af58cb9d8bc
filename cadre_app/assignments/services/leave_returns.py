"""销假 the return from leave, and what is corrected afterwards; a leave that counts moves the end of the village term."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import Leave, LeaveState
from cadre_app.assignments.services.leave_counting import counted_span, keep_interruption, term_of
from cadre_app.assignments.services.leaves import lock_leave, refuse_overlap
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, lock_open_file, refusal, refuse_future, refuse_standing

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def return_from_leave(leave: Leave, *, ended_on: date, version: int | None = None, actor: "User") -> Leave:
    """Record the last day away, earlier or later than asked for. Raises Stale, ValidationError by field.

    What the person reports waits for the unit where another day was approved, or where it moves the village term.
    """
    leave = lock_leave(leave, version)
    if leave.state != LeaveState.APPROVED:
        raise ValidationError(_("Only an approved leave ends by a return."), code="not_approved")
    with history.change(leave, actor=actor, verb="assignments.leave.returned"):
        leave.term = term_of(leave.trainee, leave.started_on)
        as_approved = counted_span(leave)
        leave.state, leave.returned_on, leave.returned_by = LeaveState.RETURNED, timezone.localdate(), actor
        _end(leave, ended_on)
        is_own = leave.trainee.person.account_id == actor.pk
        moves = as_approved is not None or counted_span(leave) is not None
        leave.return_waits = is_own and (moves or ended_on != leave.due_on)
        clean(leave)
        leave.save()
    return keep_interruption(leave, actor=actor)


@transaction.atomic
def confirm_return(leave: Leave, *, version: int | None = None, actor: "User") -> Leave:
    """The unit confirms the last day that the person reported; the village term follows. Raises Stale, ValidationError."""
    leave = lock_leave(leave, version)
    if not leave.return_waits:
        raise ValidationError(_("This return does not wait to be confirmed."), code="not_waiting")
    with history.change(leave, actor=actor, verb="assignments.leave.return_confirmed"):
        leave.return_waits = False
        clean(leave)
        leave.save()
    return keep_interruption(leave, actor=actor)


@transaction.atomic
def correct_leave(
    leave: Leave, *, kind: str, started_on: date, ended_on: date, version: int | None = None, actor: "User"
) -> Leave:
    """Kind, first or last day of a leave that ended; the village term follows. Raises Stale, ValidationError by field."""
    leave = lock_leave(leave, version)
    if leave.state != LeaveState.RETURNED:
        raise ValidationError(_("This leave has not ended."), code="not_returned")
    arrived_on = leave.trainee.arrived_on
    if started_on < arrived_on:
        message = _("Reported for duty on %(day)s: there is no leave before that day.")
        raise refusal("started_on", message % {"day": formats.date_format(arrived_on)}, code="too_early")
    with history.change(leave, actor=actor, verb="assignments.leave.corrected"):
        leave.kind, leave.started_on = kind, started_on
        leave.due_on, leave.return_waits = max(leave.due_on, started_on), False
        leave.term = term_of(leave.trainee, started_on)
        _end(leave, ended_on)
        clean(leave)
        leave.save()
    return keep_interruption(leave, actor=actor)


@transaction.atomic
def take_return_back(leave: Leave, *, reason: str, version: int | None = None, actor: "User") -> Leave:
    """Entered for the wrong leave: it runs again. Raises Stale, ValidationError."""
    leave = lock_leave(leave, version)
    if leave.state != LeaveState.RETURNED:
        raise ValidationError(_("This leave has not ended."), code="not_returned")
    refuse_overlap(leave, leave.started_on, leave.due_on, field="reason")
    with history.change(leave, actor=actor, verb="assignments.leave.return_taken_back", reason=reason):
        leave.state, leave.ended_on, leave.returned_on = LeaveState.APPROVED, None, None
        leave.returned_by, leave.return_waits = None, False
        clean(leave)
        leave.save()
    return keep_interruption(leave, actor=actor)


@transaction.atomic
def void_leave(leave: Leave, *, reason: str, version: int | None = None, actor: "User") -> Leave:
    """Entered by mistake: its days no longer move the village term. Raises Stale, ValidationError."""
    leave = lock_leave(leave, version)
    history.void(leave, actor=actor, reason=reason, version=version)
    return keep_interruption(_again(leave), actor=actor)


@transaction.atomic
def restore_leave(leave: Leave, *, reason: str = "", version: int | None = None, actor: "User") -> Leave:
    """Undo `void_leave`. Raises Stale; ValidationError where another leave takes its days by now."""
    trainee = lock_open_file(leave.trainee_id)
    leave = Leave.objects.lock(leave.pk, version)
    refuse_standing(leave)
    leave.trainee = trainee
    refuse_overlap(leave, leave.started_on, leave.ended_on or leave.due_on, field="reason")
    history.restore(leave, actor=actor, reason=reason)
    leave = _again(leave)
    term = term_of(trainee, leave.started_on)
    if term != leave.term:
        with history.change(leave, actor=actor, verb="assignments.leave.changed"):
            leave.term = term
            leave.save(update_fields=["term", "updated_at"])
    return keep_interruption(leave, actor=actor)


def _end(leave: Leave, ended_on: date) -> None:
    refuse_future("ended_on", ended_on)
    if ended_on < leave.started_on:
        message = _("The leave began on %(day)s. If it was not taken at all, staff void it.")
        raise refusal("ended_on", message % {"day": formats.date_format(leave.started_on)}, code="before_start")
    leave.ended_on = ended_on
    refuse_overlap(leave, leave.started_on, ended_on, field="ended_on")


def _again(leave: Leave) -> Leave:
    return Leave.objects.select_related("trainee__person", "term", "interruption").get(pk=leave.pk)
