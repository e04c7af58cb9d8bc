"""What may be said of the problems that the figure counts: whether each was answered or explained."""

from typing import TYPE_CHECKING

from django.db.models import Q

from cadre_app.care.figures import problems_raised
from cadre_app.care.models.choices import IN_WORK
from cadre_app.core.claims import claims

if TYPE_CHECKING:
    from cadre_app.core.figures import Asked


def announce() -> None:
    """Called once, when the app is ready."""
    claims.register("problems_answered", problems_answered)


def problems_answered(asked: "Asked") -> bool:
    """均已答复或说明, by the day that is asked; without any it does not hold."""
    raised = problems_raised(asked)
    waiting = Q(state__in=IN_WORK) | Q(answered_on__gt=asked.as_of)
    return raised.exists() and not raised.filter(waiting).exists()
