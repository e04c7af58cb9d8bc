"""请假 asked for, changed, confirmed, approved, declined, withdrawn.

Whoever enters a leave decides by it what they could decide afterwards: entered by the liaison it is confirmed, by staff
approved; the person asks.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.models import Leave, LeaveState
from cadre_app.assignments.models.leaves import OFF, WAITING
from cadre_app.assignments.policies import LEAVE_BY_UNIT_DAYS
from cadre_app.assignments.services.leave_counting import term_of
from cadre_app.assignments.services.leave_stretches import ASKED, stretch_days
from cadre_app.core.roles import Role
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, lock_file, lock_open_file, refusal, refuse_before

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

AHEAD, LONGEST = timedelta(days=366), 366
BACK = timedelta(days=2 * 366)


@transaction.atomic
def ask_for_leave(
    trainee: "Trainee",
    *,
    kind: str,
    started_on: date,
    due_on: date,
    place: str = "",
    reason: str,
    actor: "User",
) -> Leave:
    """Ask for leave, or enter it for somebody. Raises ValidationError by field; an overlap names the other leave."""
    trainee = lock_open_file(trainee.pk)
    leave = Leave(trainee=trainee, requested_by=actor, requested_on=timezone.localdate())
    with history.change(leave, actor=actor, verb="assignments.leave.requested"):
        _write(leave, kind, started_on, due_on, place, reason)
        _decide_as(leave, actor)
        clean(leave)
        leave.save()
    return leave


@transaction.atomic
def change_leave(
    leave: Leave,
    *,
    kind: str,
    started_on: date,
    due_on: date,
    place: str = "",
    reason: str,
    version: int | None = None,
    actor: "User",
) -> Leave:
    """Other days or another kind, before it begins; what the person changes has to be confirmed again.

    Raises Stale, ValidationError by field.
    """
    leave = lock_leave(leave, version)
    _refuse_unless_open(leave)
    with history.change(leave, actor=actor, verb="assignments.leave.changed"):
        _write(leave, kind, started_on, due_on, place, reason)
        leave.requested_on = timezone.localdate()
        _undecided(leave)
        _decide_as(leave, actor)
        clean(leave)
        leave.save()
    return leave


@transaction.atomic
def confirm_leave(leave: Leave, *, version: int | None = None, actor: "User") -> Leave:
    """单位确认 The unit says yes: up to some days that is the approval, longer leave goes on to the department.

    Raises Stale, ValidationError.
    """
    leave = lock_leave(leave, version)
    if leave.state != LeaveState.REQUESTED:
        raise ValidationError(_("This leave does not wait to be confirmed."), code="not_requested")
    with history.change(leave, actor=actor, verb="assignments.leave.confirmed"):
        _confirmed(leave, actor)
        clean(leave)
        leave.save()
    return leave


@transaction.atomic
def approve_leave(leave: Leave, *, version: int | None = None, actor: "User") -> Leave:
    """审核通过 The department says yes. Raises Stale, ValidationError."""
    leave = lock_leave(leave, version)
    _refuse_unless_waiting(leave)
    with history.change(leave, actor=actor, verb="assignments.leave.approved"):
        _approved(leave, actor)
        clean(leave)
        leave.save()
    return leave


@transaction.atomic
def decline_leave(leave: Leave, *, decline_reason: str, version: int | None = None, actor: "User") -> Leave:
    """不予通过 With the reason, which the person reads; also of a closed file. Raises Stale, ValidationError."""
    leave = lock_leave(leave, version, open_only=False)
    _refuse_unless_waiting(leave)
    if not decline_reason.strip():
        raise refusal("decline_reason", _("Say why the leave is declined."), code="required")
    with history.change(leave, actor=actor, verb="assignments.leave.declined"):
        leave.state, leave.decline_reason = LeaveState.DECLINED, decline_reason
        clean(leave)
        leave.save()
    return leave


@transaction.atomic
def withdraw_leave(leave: Leave, *, reason: str = "", version: int | None = None, actor: "User") -> Leave:
    """撤回 Before it begins, or while it waits; also of a closed file. Raises Stale, ValidationError."""
    leave = lock_leave(leave, version, open_only=False)
    _refuse_unless_open(leave)
    with history.change(leave, actor=actor, verb="assignments.leave.withdrawn", reason=reason):
        leave.state = LeaveState.WITHDRAWN
        clean(leave)
        leave.save()
    return leave


def lock_leave(leave: Leave, version: int | None = None, *, open_only: bool = True) -> Leave:
    """The file (open, unless said otherwise) and its standing leave, locked in this order. Raises Stale, ValidationError."""
    trainee = lock_open_file(leave.trainee_id) if open_only else lock_file(leave.trainee_id)
    leave = Leave.objects.lock(leave.pk, version)
    if leave.is_voided:
        raise ValidationError(_("This leave is voided."), code="voided")
    leave.trainee = trainee
    return leave


def refuse_overlap(leave: Leave, first: date, last: date, *, field: str) -> None:
    """Name the leave of the same person that takes one of these days, beside `field`."""
    others = Leave.objects.standing().exclude(state__in=OFF).exclude(pk=leave.pk).filter(trainee=leave.trainee_id)
    near = others.filter(started_on__lte=last, started_on__gte=first - 2 * AHEAD).order_by("started_on")
    other = next((row for row in near if (row.ended_on or row.due_on) >= first), None)
    if other is None:
        return
    known = {
        "kind": other.get_kind_display(),
        "first": formats.date_format(other.started_on),
        "last": formats.date_format(other.ended_on or other.due_on),
        "state": other.get_state_display(),
    }
    message = _("%(kind)s from %(first)s to %(last)s (%(state)s) covers these days. Change or withdraw that one first.")
    if other.state == LeaveState.RETURNED:
        message = _(
            "%(kind)s from %(first)s to %(last)s (%(state)s) covers these days. Staff correct it if its days are wrong."
        )
    raise refusal(field, message % known, code="overlap")


def waits_for_department(leave: Leave) -> bool:
    """Longer than what the unit alone approves, with the leaves that are one stretch with it; by the setting of its first day."""
    most = LEAVE_BY_UNIT_DAYS.on(leave.started_on)
    return leave.days > most or stretch_days(leave, ASKED) > most


def _write(leave: Leave, kind: str, started_on: date, due_on: date, place: str, reason: str) -> None:
    leave.kind, leave.started_on, leave.due_on = kind, started_on, due_on
    leave.place, leave.reason = place, reason
    _check_days(leave)
    refuse_overlap(leave, started_on, due_on, field="started_on")
    leave.term = term_of(leave.trainee, started_on)


def _check_days(leave: Leave) -> None:
    today, trainee = timezone.localdate(), leave.trainee
    message = _("Reported for duty on %(day)s: there is no leave before that day.")
    refuse_before(
        "started_on", leave.started_on, trainee.arrived_on, message % {"day": formats.date_format(trainee.arrived_on)}
    )
    refuse_before("started_on", leave.started_on, today - BACK, _("This day lies more than two years back."))
    if leave.started_on > today + AHEAD:
        raise refusal("started_on", _("Leave is asked for one year ahead at most."), code="too_late")
    if leave.due_on < leave.started_on:
        raise refusal("due_on", _("The last day lies before the first one."), code="before_start")
    if leave.days > LONGEST:
        raise refusal("due_on", _("One leave lasts a year at most."), code="too_long")


def _decide_as(leave: Leave, actor: "User") -> None:
    """What the entry itself decides, by the role of whoever enters it."""
    unit = leave.trainee.home_unit
    if leave.trainee.person.account_id == actor.pk:
        return
    if actor.holds(unit, Role.STAFF):
        _approved(leave, actor)
    elif actor.holds(unit, Role.LIAISON):
        _confirmed(leave, actor)


def _undecided(leave: Leave) -> None:
    leave.state = LeaveState.REQUESTED
    leave.confirmed_by, leave.confirmed_on, leave.approved_by, leave.approved_on = None, None, None, None


def _confirmed(leave: Leave, actor: "User") -> None:
    leave.confirmed_by, leave.confirmed_on = actor, timezone.localdate()
    if waits_for_department(leave):
        leave.state = LeaveState.CONFIRMED
    else:
        _approved(leave, actor)


def _approved(leave: Leave, actor: "User") -> None:
    leave.state, leave.approved_by, leave.approved_on = LeaveState.APPROVED, actor, timezone.localdate()


def _refuse_unless_waiting(leave: Leave) -> None:
    if leave.state not in WAITING:
        raise ValidationError(_("This leave does not wait for a decision."), code="not_waiting")


def _refuse_unless_open(leave: Leave) -> None:
    """It waits, or it is approved and has not begun."""
    if leave.state in WAITING:
        return
    if leave.state != LeaveState.APPROVED:
        message = _("This leave is closed: %(state)s. Ask for a new one.") % {"state": leave.get_state_display()}
        raise ValidationError(message, code="closed")
    if leave.started_on <= timezone.localdate():
        message = _("This leave has begun on %(day)s. Record the return instead.")
        raise ValidationError(message % {"day": formats.date_format(leave.started_on)}, code="begun")


def day_span(first: date, last: date) -> str:
    """Both days in the viewer's language; one day alone where they are the same."""
    if first == last:
        return formats.date_format(first)
    known = {"first": formats.date_format(first), "last": formats.date_format(last)}
    return pgettext("days", "%(first)s to %(last)s") % known
