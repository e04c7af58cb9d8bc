"""What the page of one pairing says about hand-overs: that one waits, where it came from and went to, what went over."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from cadre_app.mentorship.models import CarriedStep, Pairing
from cadre_app.mentorship.permissions import handovers as permissions
from cadre_app.mentorship.permissions.pairings import is_own_mentee
from cadre_app.mentorship.services.waiting import reasons_for

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class Handing:
    """`reason`: why the pairing waits for a hand-over; `links`: there is a pairing before or after that the viewer may
    open. The new mentor reads the steps, not who was the mentor before.
    """

    reason: str
    former: Pairing | None
    successor: Pairing | None
    links: bool
    may_hand_over: bool
    may_take_back: bool
    may_tick: bool
    steps: list[CarriedStep] = field(default_factory=list)


def handing_of(pairing: Pairing, user: "User", *, works: bool) -> Handing:
    """At most four queries; `works`: the viewer works for the unit."""
    reason = reasons_for([pairing], timezone.localdate()).get(pairing.pk, "") if works and pairing.is_running else ""
    standing = Pairing.objects.standing().select_related("mentor")
    former = standing.filter(pk=pairing.follows_id).first() if pairing.follows_id is not None else None
    successor = standing.filter(follows=pairing).first() if pairing.ended_on is not None else None
    steps = list(_steps(pairing, user)) if former is not None else []
    return Handing(
        reason=reason,
        former=former,
        successor=successor,
        links=(former is not None or successor is not None) and not is_own_mentee(user, pairing),
        may_hand_over=bool(reason) and permissions.can_hand_over(user, pairing),
        may_take_back=former is not None and permissions.can_take_back(user, pairing),
        may_tick=is_own_mentee(user, pairing),
        steps=steps,
    )


def _steps(pairing: Pairing, user: "User") -> "list[CarriedStep]":
    return list(CarriedStep.objects.visible_to(user).filter(pairing=pairing).select_related("note").by_day())
