"""Which parts of the desk suit whom; the lists behind them keep their own guards."""

from typing import TYPE_CHECKING

from cadre_app.accounts.models import AccountKind
from cadre_app.core.roles import BUSINESS_ROLES

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def has_scope(user: "User") -> bool:
    """Works for units: holds a business role today."""
    return user.has_role(*BUSINESS_ROLES)


def plans_by_workdays(user: "User") -> bool:
    """Office staff plan by the work calendar."""
    return user.kind == AccountKind.OFFICE
