"""Who may do what with half-year reports: the mentor with the own ones; staff and leaders read what was sent."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role
from cadre_app.mentorship.models import MentorReport
from cadre_app.mentorship.permissions.notes import has_mentor_account, is_mentor
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_see_list(user: "User") -> bool:
    """Mentors, also once nothing runs, of the own reports; staff and leaders of those sent to them."""
    return reads_sent(user) or writes_own(user)


def has_nav_line(user: "User") -> bool:
    """As `can_see_list`, without asking the database: somebody else who mentors finds them by the desk."""
    return reads_sent(user) or has_mentor_account(user)


def reads_sent(user: "User") -> bool:
    """The table over units."""
    return user.has_role(Role.STAFF, Role.LEADER)


def writes_own(user: "User") -> bool:
    """Somebody with an account made for mentoring, or the mentor of a pairing that runs."""
    return own_keys(user)[0] is not None and (has_mentor_account(user) or is_mentor(user))


def is_own(user: "User", report: MentorReport) -> bool:
    own, _file = own_keys(user)
    return own is not None and report.mentor_id == own


def can_change(user: "User", report: MentorReport) -> bool:
    """The mentor, until it is sent."""
    return is_own(user, report) and report.sent_at is None and not report.is_voided


def can_send(user: "User", report: MentorReport) -> bool:
    """The mentor, once the half-year is over (the service says so)."""
    return can_change(user, report)


def can_take_back(user: "User", report: MentorReport) -> bool:
    """The mentor, what was sent."""
    return is_own(user, report) and report.sent_at is not None and not report.is_voided
