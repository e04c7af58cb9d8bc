"""移交记录: what went together is kept as it was signed; a paper whose hand-over was an error is struck out of it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from cadre_app.handover.models import HandOver, HandOverLine, Material
from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

RECORDED = "handover.hand_over.recorded"


def keep_hand_over(went: Sequence[Material], *, handed_over_on: date, received_by: str, actor: "User") -> HandOver:
    """One record for papers that went together, in their order; inside the transaction that hands them over."""
    kept = HandOver(handed_over_on=handed_over_on, received_by=received_by, given_by=actor)
    with history.change(kept, actor=actor, verb=RECORDED):
        kept.save(force_insert=True)
    lines = [
        HandOverLine(
            hand_over=kept,
            material=material,
            number=number,
            unit=material.trainee.home_unit.name,
            title=material.title,
            formed_on=material.formed_on,
            remark=material.remark,
        )
        for number, material in enumerate(went, start=1)
    ]
    HandOverLine.objects.bulk_create(lines)
    history.record_created_many(lines, actor=actor, verb=RECORDED)
    return kept


def strike_line(material: Material, *, reason: str, actor: "User") -> None:
    """The paper did not go: its line stays readable on the record, struck out."""
    for line in HandOverLine.objects.standing().filter(material=material):
        history.void(line, actor=actor, reason=reason)
