"""Which parts of postings and field research somebody opens at all."""

from typing import TYPE_CHECKING

from cadre_app.accounts.models import AccountKind
from cadre_app.assignments.models.postings import Posting
from cadre_app.assignments.models.reports import reviewed_by
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

HOSTING_KINDS = (AccountKind.OFFICE, AccountKind.MENTOR, AccountKind.TRAINER)


def works_here(user: "User") -> bool:
    """Staff propose, record and confirm."""
    return user.has_role(Role.STAFF)


def oversees(user: "User") -> bool:
    """Business roles read postings, village terms and leave of their scope."""
    return user.has_role(*BUSINESS_ROLES)


def has_texts(user: "User") -> bool:
    """The search looks for them through reports and appraisals: business roles, and persons on record, who write or host."""
    return oversees(user) or own_keys(user)[0] is not None


def is_department(user: "User") -> bool:
    """Staff and leaders: field research is theirs to follow, changes in words are theirs to read."""
    return user.has_role(Role.STAFF, Role.LEADER)


def signs_off(user: "User") -> bool:
    """Leaders check and sign off (经办 → 审核 → 签批)."""
    return user.has_role(Role.LEADER)


def confirms_for_unit(user: "User") -> bool:
    """Liaisons confirm what people of their unit ask for."""
    return user.has_role(Role.LIAISON)


def is_in_development(user: "User") -> bool:
    """Somebody with a growth file of their own."""
    return own_keys(user)[1] is not None


def is_host(user: "User") -> bool:
    """Supervisor on site of a posting that runs or waits for its appraisal; asked once per request, of persons alone."""
    if user.kind not in HOSTING_KINDS or own_keys(user)[0] is None:
        return False
    known: bool | None = user.__dict__.get("_hosts")
    if known is None:
        known = Posting.objects.hosted_by(user).exists()
        user.__dict__["_hosts"] = known
    return known


def is_reviewer(user: "User") -> bool:
    """Somebody with a research report to review."""
    return own_keys(user)[0] is not None and reviewed_by(user).exists()
