"""What the page of one person's rank shows: where they stand, the earliest day, how it came about, or why there is none."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cadre_app.advancement import rank_words
from cadre_app.advancement.rank_inputs import reckoning_of
from cadre_app.advancement.ranks import LADDER, next_rank
from cadre_app.people.models import Status
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.people.models import Trainee


def context_of(trainee: "Trainee", *, with_periods: bool) -> dict[str, Any]:
    """One query, three with periods of effect; none off the ladder."""
    reckoning = reckoning_of(trainee, with_periods=with_periods)
    found: dict[str, Any] = {"rank": codes.label("rank", trainee.rank) if trainee.rank else ""}
    if reckoning is None:
        return found | {"off_ladder": off_ladder(trainee)}
    above = next_rank(trainee.rank) or ""
    return found | {
        "next_rank": codes.label("rank", above),
        "reckoning": reckoning,
        "due": rank_words.due_text(reckoning),
        "lines": rank_words.lines_of(reckoning),
    }


def off_ladder(trainee: "Trainee") -> tuple[str, str]:
    """Why nothing is reckoned for somebody: title and what follows."""
    if trainee.status == Status.INSTITUTION:
        return (
            _("Public institution staff have no rank."),
            _("Ranks are for civil servants; here post grades apply, which follow rules of their own."),
        )
    if not trainee.rank or trainee.rank_since is None:
        return (
            _("No rank is on record."),
            _("The timeline begins with the first grading, once post and rank are entered in the growth file."),
        )
    if trainee.rank in LADDER[-1:]:
        return _("This rank is the last step of the timeline."), _("What follows above it is not reckoned here.")
    return _("This rank is not one of the steps of the timeline."), _("It reaches up to the first consultant rank.")
