"""Leave of those who are in a village: ended, running, over its day, and waiting for each who decides."""

from datetime import date, timedelta

from cadre_app.accounts.models import User
from cadre_app.assignments.models import Leave, LeaveKind, LeaveState
from cadre_app.people.models import Trainee, VillageTerm
from cadre_app.people.services.bulk import write_many

# kind, first day (days from the as-of day), days, state, where to, why
ROWS = (
    (LeaveKind.ANNUAL, -120, 5, LeaveState.RETURNED, "临澜市", "探亲"),
    (LeaveKind.SICK, -80, 3, LeaveState.RETURNED, "望屿区医院", "感冒发热"),
    (LeaveKind.PERSONAL, -60, 2, LeaveState.RETURNED, "临澜市", "办理家庭事务"),
    (LeaveKind.AWAY, -35, 4, LeaveState.RETURNED, "省委党校", "参加选调生培训"),
    (LeaveKind.ANNUAL, -2, 5, LeaveState.APPROVED, "东屿市", "探亲"),
    (LeaveKind.PERSONAL, -5, 3, LeaveState.APPROVED, "海岳市", "照看住院亲属"),
    (LeaveKind.MARRIAGE, 12, 8, LeaveState.CONFIRMED, "南屿市", "婚假"),
    (LeaveKind.PERSONAL, 6, 2, LeaveState.REQUESTED, "临澜市", "参加亲属婚礼"),
)
LATEST_ARRIVAL = timedelta(days=4)


def load_leaves(users: dict[str, User], files: list[Trainee], as_of: date) -> None:
    """One leave each of the people who have been longest in the village."""
    by_key = {file.pk: file for file in files}
    terms = VillageTerm.objects.standing().filter(trainee__in=files, ended_on=None, due_on__isnull=False)
    found = []
    for term, (kind, offset, days, state, place, reason) in zip(terms.order_by("started_on", "pk"), ROWS, strict=False):
        first = max(as_of + timedelta(days=offset), term.started_on + timedelta(days=1))
        leave = Leave(trainee=by_key[term.trainee_id], term=term, kind=kind, started_on=first)
        leave.due_on = first + timedelta(days=days - 1)
        leave.place, leave.reason, leave.state = place, reason, state
        leave.requested_by, leave.requested_on = users["liaison"], min(first - LATEST_ARRIVAL, as_of)
        if state != LeaveState.REQUESTED:
            leave.confirmed_by, leave.confirmed_on = users["liaison"], leave.requested_on
        if state in (LeaveState.APPROVED, LeaveState.RETURNED):
            leave.approved_by, leave.approved_on = users["staff"], leave.requested_on
        if state == LeaveState.RETURNED:
            leave.ended_on, leave.returned_on = leave.due_on, min(leave.due_on + timedelta(days=1), as_of)
        found.append(leave)
    write_many(found, actor=users["liaison"], verb="assignments.leave.requested", reason="")
