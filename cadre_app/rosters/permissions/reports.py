"""上级报表: staff fill in, a leader who had no part in it freezes (ADR 28, 34)."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role
from cadre_app.people.access import avoids_a_file
from cadre_app.rosters.models import ReportState

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.rosters.models import SuperiorReport


def can_list_reports(user: "User") -> bool:
    """Staff and leaders."""
    return user.has_role(Role.STAFF, Role.LEADER)


def can_start_report(user: "User") -> bool:
    """Staff; for which unit, the form asks."""
    return user.has_role(Role.STAFF)


def can_change_report(user: "User", report: "SuperiorReport") -> bool:
    """Staff, as long as it is a draft."""
    return _is_at(report, ReportState.DRAFT) and fills_in(user, report)


def can_submit_report(user: "User", report: "SuperiorReport") -> bool:
    """Staff hand a draft on to the leader."""
    return _is_at(report, ReportState.DRAFT) and fills_in(user, report)


def can_number_report(user: "User", report: "SuperiorReport") -> bool:
    """Staff enter the number under which a frozen report was filed."""
    return _is_at(report, ReportState.FROZEN) and fills_in(user, report)


def can_freeze_report(user: "User", report: "SuperiorReport") -> bool:
    """A leader who filled in no part of it."""
    return _is_at(report, ReportState.SUBMITTED) and freezes(user, report)


def can_return_report(user: "User", report: "SuperiorReport") -> bool:
    """Whoever may freeze it; staff take back what they submitted in the same way."""
    return _is_at(report, ReportState.SUBMITTED) and (freezes(user, report) or fills_in(user, report))


def can_open_cell(user: "User", report: "SuperiorReport") -> bool:
    """Who is counted can be told while the numbers follow the files, but not to whoever avoids a file (回避): the number beside
    a list without it would say what it counts them as.
    """
    return _has_lists(report) and _works_on(user, report) and not avoids_a_file(user)


def avoids_cells(user: "User", report: "SuperiorReport") -> bool:
    """Would open whom the numbers count, did they not avoid a file."""
    return _has_lists(report) and _works_on(user, report) and avoids_a_file(user)


def can_void_report(user: "User", report: "SuperiorReport") -> bool:
    """A frozen one by a leader, everything else by staff."""
    role = Role.LEADER if report.state == ReportState.FROZEN else Role.STAFF
    return not report.is_voided and user.holds(report.unit, role)


def can_restore_report(user: "User", report: "SuperiorReport") -> bool:
    """As voiding it."""
    role = Role.LEADER if report.state == ReportState.FROZEN else Role.STAFF
    return report.is_voided and user.holds(report.unit, role)


def fills_in(user: "User", report: "SuperiorReport") -> bool:
    """Whose duty filling it in is, whatever it waits for."""
    return user.holds(report.unit, Role.STAFF)


def freezes(user: "User", report: "SuperiorReport") -> bool:
    """Whose duty freezing it is, whatever it waits for."""
    return user.pk not in report.hands and user.holds(report.unit, Role.LEADER)


def _has_lists(report: "SuperiorReport") -> bool:
    return not report.is_voided and report.state != ReportState.FROZEN


def _works_on(user: "User", report: "SuperiorReport") -> bool:
    return user.holds(report.unit, Role.STAFF, Role.LEADER)


def _is_at(report: "SuperiorReport", state: str) -> bool:
    return not report.is_voided and report.state == state


def holds_back(user: "User", report: "SuperiorReport") -> bool:
    """A leader who would freeze it, had they not filled in part of it."""
    is_leader = user.pk in report.hands and user.holds(report.unit, Role.LEADER)
    return _is_at(report, ReportState.SUBMITTED) and is_leader
