"""The office's calendar of the month, beside the desk."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cadre_app.reminders.yearview import month_of

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest

SHOWN = 8


def month(request: "UserRequest") -> Mapping[str, Any]:
    """What is overdue and what this month brings, open ones first; two queries."""
    today = timezone.localdate()
    rounds = month_of(request.user, today)
    return {"rounds": rounds[:SHOWN], "more_count": max(0, len(rounds) - SHOWN), "today": today}
