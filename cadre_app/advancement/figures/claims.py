"""What may be said of the outcomes that the figure counts: whether each is somebody else's, so that they count people."""

from typing import TYPE_CHECKING

from django.db.models import Count

from cadre_app.advancement.figures.outcomes import counted
from cadre_app.core.claims import claims

if TYPE_CHECKING:
    from cadre_app.core.figures import Asked


def announce() -> None:
    """Called once, when the app is ready."""
    claims.register("outcomes_once_each", once_each)


def once_each(asked: "Asked") -> bool:
    """Nobody has two of them: 名, not 人次."""
    found = counted(asked).aggregate(many=Count("pk"), people=Count("trainee", distinct=True))
    return bool(found["many"] == found["people"])
