"""Who may do what with units: staff manage below the unit they hold, leaders and liaisons read (ACCESS.md)."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_see_units(user: "User") -> bool:
    """True if there is any unit that `user` may see."""
    return user.has_role(*BUSINESS_ROLES, Role.SECURITY)


def can_create_below(user: "User", unit: Unit) -> bool:
    """Staff of `unit` or of a unit above it may add units below."""
    return user.holds(unit, Role.STAFF) and not unit.is_voided and unit.closed_on is None


def can_reorder(user: "User", unit: Unit) -> bool:
    """Staff of `unit` or above set the official order of the units directly below it."""
    return user.holds(unit, Role.STAFF)


def can_change(user: "User", unit: Unit) -> bool:
    """Staff of the superior unit or above; the top of the tree by staff of the top itself."""
    return user.holds(unit.parent or unit, Role.STAFF) and not unit.is_voided


def can_move(user: "User", unit: Unit) -> bool:
    """As `can_change`; the top of the tree stays where it is."""
    return unit.parent is not None and can_change(user, unit)


def can_close(user: "User", unit: Unit) -> bool:
    """As `can_move`, for a unit that is not closed."""
    return can_move(user, unit) and unit.closed_on is None


def can_reopen(user: "User", unit: Unit) -> bool:
    """As `can_move`, for a unit with a closing date."""
    return can_move(user, unit) and unit.closed_on is not None


def can_void(user: "User", unit: Unit) -> bool:
    """As `can_move`; for units entered by mistake."""
    return can_move(user, unit)


def can_restore(user: "User", unit: Unit) -> bool:
    """Staff of the superior unit or above, for a voided unit."""
    return unit.parent is not None and unit.is_voided and user.holds(unit.parent, Role.STAFF)


def can_read_history(user: "User", unit: Unit) -> bool:
    """Business roles on the unit; a security administrator sees names only."""
    return user.holds(unit, *BUSINESS_ROLES)


def can_export(user: "User") -> bool:
    """Business roles; the workbook holds only the units that the person sees."""
    return user.has_role(*BUSINESS_ROLES)


def sees_all_names(user: "User") -> bool:
    """The security administrator chooses units for accounts and sees the names of all."""
    return user.has_role(Role.SECURITY)
