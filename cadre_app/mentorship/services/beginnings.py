"""What every pairing begins with: the goals of the agreement as rows, and its first open review.

They follow from the pairing, whose beginning history tells.
"""

from collections.abc import Iterable
from uuid import UUID

from cadre_app.mentorship.goals import usual_goals
from cadre_app.mentorship.models import Pairing, PairingGoal, PairingReview
from cadre_app.mentorship.periods import next_period
from cadre_app.mentorship.policies import REVIEW_MONTHS

AT_A_TIME = 500


def begin_many(pairings: Iterable[Pairing]) -> None:
    """Goals for all of these new pairings, a review for those that run; one that was handed over goes on with its goals."""
    rows = list(pairings)
    carried = _carried(rows)
    goals = [goal for row in rows for goal in carried.get(row.pk) or goals_for(row)]
    PairingGoal.objects.bulk_create(goals, batch_size=AT_A_TIME)
    reviews = [review for row in rows if row.is_running and (review := first_review(row)) is not None]
    PairingReview.objects.bulk_create(reviews, batch_size=AT_A_TIME)


def goals_for(pairing: Pairing) -> list[PairingGoal]:
    """The usual goals of its kind, unsaved."""
    return [
        PairingGoal(pairing=pairing, position=place, side=side, text=text)
        for place, (side, text) in enumerate(usual_goals(pairing.kind), start=1)
    ]


def _carried(pairings: list[Pairing]) -> dict[UUID, list[PairingGoal]]:
    """The goals of the pairings that these follow, as they stand, unsaved; the new agreement is still to be signed."""
    followers = {row.follows_id: row for row in pairings if row.follows_id is not None}
    found: dict[UUID, list[PairingGoal]] = {}
    former = PairingGoal.objects.standing().filter(pairing__in=followers) if followers else PairingGoal.objects.none()
    for goal in former.order_by("position", "pk"):
        row = followers[goal.pairing_id]
        found.setdefault(row.pk, []).append(
            PairingGoal(
                pairing=row,
                position=goal.position,
                side=goal.side,
                text=goal.text,
                state=goal.state,
                progress=goal.progress,
                progressed_on=goal.progressed_on,
            )
        )
    return found


def first_review(pairing: Pairing) -> PairingReview | None:
    """The review of the first stretch, unsaved."""
    months = REVIEW_MONTHS.on(pairing.started_on)
    period = next_period(pairing.started_on, pairing.due_on, months, after=None)
    if period is None:
        return None
    return PairingReview(pairing=pairing, period_from=period.first, period_until=period.last, is_final=period.is_final)
