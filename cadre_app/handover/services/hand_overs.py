"""移交记录: what went together is kept as it was signed; a paper whose hand-over was an error is struck out of it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.handover.models import HandOver, HandOverLine, Material
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refuse_before, refuse_future

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


@transaction.atomic
def correct_hand_over(
    kept: HandOver, *, handed_over_on: date, received_by: str, version: int | None = None, actor: "User"
) -> HandOver:
    """Another day or signature, for the record and all of its papers. Raises Stale, or ValidationError by field."""
    kept = HandOver.objects.lock(kept.pk, version)
    went = _went(kept)
    refuse_future("handed_over_on", handed_over_on)
    latest = max(went, key=lambda material: material.formed_on)
    too_early = _("“%(title)s” of %(name)s was formed after this day.")
    known = {"title": latest.title, "name": latest.trainee.person.name}
    refuse_before("handed_over_on", handed_over_on, latest.formed_on, too_early % known)
    with history.change(kept, actor=actor, verb="handover.hand_over.corrected"):
        kept.handed_over_on, kept.received_by = handed_over_on, received_by.strip()
        kept.save()
    for material in went:
        with history.change(material, actor=actor, verb="handover.material.hand_over_corrected"):
            material.handed_over_on, material.received_by = kept.handed_over_on, kept.received_by
            clean(material)
            material.save()
    return kept


@transaction.atomic
def take_hand_over_back(kept: HandOver, *, reason: str, version: int | None = None, actor: "User") -> HandOver:
    """The whole was entered by mistake: its papers wait again, its lines are struck out. The record keeps who, when and why. Raises Stale, ValidationError."""
    kept = HandOver.objects.lock(kept.pk, version)
    for material in _went(kept):
        with history.change(material, actor=actor, verb="handover.material.taken_back", reason=reason):
            material.handed_over_on, material.received_by = None, ""
            material.save()
        strike_line(material, reason=reason, actor=actor)
    history.record("handover.hand_over.taken_back", actor=actor, obj=kept, reason=reason)
    return kept


def _went(kept: HandOver) -> list[Material]:
    """The papers whose line stands, locked. Raises ValidationError where all were taken back."""
    lines = kept.lines.standing().values("material")
    rows = Material.objects.filter(pk__in=lines).select_related("trainee__person").order_by("pk")
    went = list(rows.select_for_update(of=("self",)))
    if not went:
        raise ValidationError(_("This hand-over was taken back already."), code="taken_back")
    return went
