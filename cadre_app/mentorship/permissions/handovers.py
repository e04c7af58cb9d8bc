"""Who may hand pairings over, and who reads the steps that went over with them."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role
from cadre_app.mentorship.permissions.pairings import can_change, can_void, is_own_mentee

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.mentorship.models import CarriedStep, Pairing


def can_see_hand_overs(user: "User") -> bool:
    """The list is for those who confirm it: department staff."""
    return user.has_role(Role.STAFF)


def can_hand_over(user: "User", pairing: "Pairing") -> bool:
    """Staff of the unit, while it runs: to a successor, or on with the same mentor by another office."""
    return can_change(user, pairing)


def can_take_back(user: "User", pairing: "Pairing") -> bool:
    """Staff of the unit, a pairing that was handed over and runs."""
    return pairing.follows_id is not None and can_change(user, pairing) and can_void(user, pairing)


def can_tick(user: "User", step: "CarriedStep") -> bool:
    """The mentor to whom it went over, while the pairing runs."""
    return is_own_mentee(user, step.pairing)
