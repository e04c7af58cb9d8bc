"""Leave taken in one stretch: leaves of one kind with no working day between them are one (每段相连的假期合并计算)."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from cadre_app.assignments.models import Leave, LeaveState
from cadre_app.policy import workdays

DAY = timedelta(days=1)
FURTHEST = timedelta(days=15)  # no run of days off is longer
ASKED = (LeaveState.REQUESTED, LeaveState.CONFIRMED, LeaveState.APPROVED, LeaveState.RETURNED)
TAKEN = (LeaveState.APPROVED, LeaveState.RETURNED)
OVER = (LeaveState.RETURNED,)


def stretch_days(leave: Leave, states: Collection[str]) -> int:
    """Calendar days from the first to the last one of the stretch, days off between them included."""
    first, last = stretch_of(leave, states)
    return (last - first).days + 1


def stretch_of(leave: Leave, states: Collection[str]) -> tuple[date, date]:
    """First and last day of the stretch in which the leave lies, of leaves in these `states`."""
    found = [leave, *_joined(leave, states)]
    return min(one.started_on for one in found), max(_last(one) for one in found)


def neighbours(leave: Leave, states: Collection[str]) -> list[Leave]:
    """The other leaves of the stretch."""
    return _joined(leave, states)


def _joined(leave: Leave, states: Collection[str]) -> list[Leave]:
    rows = sorted(_same_kind(leave, states), key=lambda one: one.started_on)
    found: list[Leave] = []
    first, last = leave.started_on, _last(leave)
    for one in reversed(rows):
        if _last(one) < first and _adjoins(_last(one), first):
            first = one.started_on
            found.append(one)
    for one in rows:
        if one.started_on > last and _adjoins(last, one.started_on):
            last = _last(one)
            found.append(one)
    return found


def _same_kind(leave: Leave, states: Collection[str]) -> list[Leave]:
    """One query, unless the leaves of the person are known (`near`)."""
    near: Iterable[Leave] | None = getattr(leave, "near", None)
    if near is None:
        near = Leave.objects.standing().filter(trainee=leave.trainee_id, kind=leave.kind)
    return [one for one in near if one.pk != leave.pk and one.kind == leave.kind and one.state in states]


def _last(leave: Leave) -> date:
    return leave.ended_on or leave.due_on


def _adjoins(last: date, first: date) -> bool:
    """No working day lies between the two."""
    if first - last == DAY:
        return True
    return first - last <= FURTHEST and workdays.workdays_between(last, first - DAY) == 0
