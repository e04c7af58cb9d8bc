"""Who opens the board of postings and its sisters; whom they show is decided by scope."""

from typing import TYPE_CHECKING

from cadre_app.assignments.permissions.rooms import oversees

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_see_board(user: "User") -> bool:
    """Business roles, within their scope: the board, the timeline, the lists, who is where."""
    return oversees(user)
