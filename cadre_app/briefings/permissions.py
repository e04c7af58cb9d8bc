"""Who may read, write and issue briefings (ACCESS.md): staff write, a leader who wrote nothing of it issues (ADR 28)."""

from typing import TYPE_CHECKING

from cadre_app.briefings.models import WORKERS, Briefing, BriefingState
from cadre_app.core import signing
from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit


def can_list(user: "User") -> bool:
    """The list: department staff and leaders."""
    return user.has_role(*WORKERS)


def can_start(user: "User") -> bool:
    """The page on which unit and period are chosen: staff."""
    return user.has_role(Role.STAFF)


def can_write(user: "User", unit: "Unit") -> bool:
    """Staff of the unit or above it."""
    return user.holds(unit, Role.STAFF)


def can_change(user: "User", briefing: Briefing) -> bool:
    """Staff, as long as it is a draft."""
    return briefing.is_draft and can_write(user, briefing.unit)


def can_copy(user: "User", briefing: Briefing) -> bool:
    """Staff, unless it is voided."""
    return not briefing.is_voided and can_write(user, briefing.unit)


def can_submit(user: "User", briefing: Briefing) -> bool:
    """Staff hand a draft on to a leader."""
    return briefing.is_draft and can_write(user, briefing.unit)


def can_withdraw(user: "User", briefing: Briefing) -> bool:
    """Staff take back what waits for a leader."""
    return briefing.is_submitted and can_write(user, briefing.unit)


def can_return(user: "User", briefing: Briefing) -> bool:
    """Whoever may issue it."""
    return briefing.is_submitted and issues(user, briefing)


def can_issue(user: "User", briefing: Briefing) -> bool:
    """签批: a leader, of what was submitted and of which they wrote nothing."""
    return briefing.is_submitted and issues(user, briefing)


def issues(user: "User", briefing: Briefing) -> bool:
    """Whose step the issue is, also once it is done."""
    return user.holds(briefing.unit, Role.LEADER) and had_no_part(user, briefing)


def can_void(user: "User", briefing: Briefing) -> bool:
    """Staff until it is issued; what a leader issued is taken back by a leader."""
    role = Role.LEADER if briefing.state == BriefingState.ISSUED else Role.STAFF
    return not briefing.is_voided and user.holds(briefing.unit, role)


def can_restore(user: "User", briefing: Briefing) -> bool:
    """Whoever may void it."""
    role = Role.LEADER if briefing.state == BriefingState.ISSUED else Role.STAFF
    return briefing.is_voided and user.holds(briefing.unit, role)


def had_no_part(user: "User", briefing: Briefing) -> bool:
    """Whether `user` wrote nothing of it."""
    return all(signing.is_third(user, entered=hand) for hand in hands_of(briefing))


def hands_of(briefing: Briefing) -> list[signing.Hand]:
    """Everybody who wrote part of it."""
    return [briefing.written_by_id, *briefing.hands]


def waits_for_another(user: "User", briefing: Briefing) -> bool:
    """A leader who could issue it, had they not written part of it."""
    return briefing.is_submitted and user.holds(briefing.unit, Role.LEADER) and not had_no_part(user, briefing)
