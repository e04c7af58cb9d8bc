"""Who may do what with campaigns and with the quotas of units (ACCESS.md, "annual and quarterly assessment")."""

from typing import TYPE_CHECKING

from cadre_app.appraisal.models import AssessmentYear, UnitQuota
from cadre_app.appraisal.permissions.rooms import ENTERING
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User


def can_open_year(user: "User") -> bool:
    """Department staff, in units of their scope."""
    return user.has_role(Role.STAFF)


def units_to_open(user: "User") -> "QuerySet[Unit]":
    """Units for which `user` may open a campaign."""
    return Unit.objects.standing().within(user.unit_ranges(Role.STAFF))


def can_change_year(user: "User", campaign: AssessmentYear) -> bool:
    """Staff of its unit."""
    return user.holds(campaign.unit, Role.STAFF) and not campaign.is_voided


def can_restore_year(user: "User", campaign: AssessmentYear) -> bool:
    """Staff of its unit, a voided one."""
    return user.holds(campaign.unit, Role.STAFF) and campaign.is_voided


def can_set_quota(user: "User", quota: UnitQuota) -> bool:
    """The unit's liaison and staff; there is no way around the number for anybody."""
    return _stands(quota) and user.holds(quota.unit, *ENTERING)


def can_enter_grid(user: "User", quota: UnitQuota) -> bool:
    """The table of a unit's people: its liaison and staff; whom it offers is narrowed by 回避."""
    return _stands(quota) and user.holds(quota.unit, *ENTERING)


def enters_in(user: "User", unit: Unit) -> bool:
    """As `can_enter_grid`, before it is known whether a year is open there."""
    return user.holds(unit, *ENTERING)


def can_check_unit(user: "User", quota: UnitQuota) -> bool:
    """审核 Staff and leaders of the unit, what others entered."""
    return _stands(quota) and user.holds(quota.unit, Role.STAFF, Role.LEADER)


def can_sign_unit(user: "User", quota: UnitQuota) -> bool:
    """签批 Leaders of the unit, what others entered and checked."""
    return _stands(quota) and user.holds(quota.unit, Role.LEADER)


def can_file_unit(user: "User", quota: UnitQuota) -> bool:
    """备案 Staff of the unit."""
    return _stands(quota) and user.holds(quota.unit, Role.STAFF)


def _stands(quota: UnitQuota) -> bool:
    return not quota.is_voided and not quota.campaign.is_voided
