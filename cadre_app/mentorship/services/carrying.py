"""结转 What goes over from the former pairing to the next one: the meeting that is arranged and open next steps.

The goals go over when the new pairing begins (services.beginnings).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from cadre_app.history import services as history
from cadre_app.mentorship.models import CarriedStep, CheckIn, GuidanceNote, Pairing, PairingGoal, Visibility
from cadre_app.mentorship.services.answers import tick_step
from cadre_app.mentorship.services.days import keep_days
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass
class Carried:
    """What would go over: goals, next steps of shared notes, the check-in; `staying`: steps of notes for the department
    only. Private ones are not counted: nobody may learn of them.
    """

    goals: int = 0
    steps: int = 0
    staying: int = 0
    check_in: CheckIn | None = None

    @property
    def check_in_is_ahead(self) -> bool:
        """It lies in any pairing that can begin now, tomorrow at the latest."""
        return self.check_in is not None and self.check_in.planned_on > timezone.localdate()


def carried_of(pairings: Iterable[Pairing]) -> dict[UUID, Carried]:
    """For each of these pairings; four queries however many."""
    found = {pairing.pk: Carried() for pairing in pairings}
    goals = PairingGoal.objects.standing().filter(pairing__in=found).order_by().values_list("pairing")
    for key, count in goals.annotate(count=Count("pk")):
        found[key].goals = count
    notes = GuidanceNote.objects.unfinished().filter(pairing__in=found).order_by().values_list("pairing", "visibility")
    for key, visibility, count in notes.annotate(count=Count("pk")):
        if visibility == Visibility.SHARED:
            found[key].steps += count
        elif visibility == Visibility.DEPARTMENT:
            found[key].staying += count
    steps = CarriedStep.objects.open().filter(pairing__in=found).order_by().values_list("pairing")
    for key, count in steps.annotate(count=Count("pk")):
        found[key].steps += count
    for check_in in CheckIn.objects.open().filter(pairing__in=found):
        found[check_in.pairing_id].check_in = check_in
    return found


def open_steps_of(pairing: Pairing) -> list[GuidanceNote]:
    """Notes whose open next step goes over: shared ones of this pairing, and those it took over itself."""
    own = GuidanceNote.objects.unfinished().filter(pairing=pairing, visibility=Visibility.SHARED)
    taken = CarriedStep.objects.open().filter(pairing=pairing).values("note")
    return list(own.order_by("pk")) + list(GuidanceNote.objects.filter(pk__in=taken).order_by("pk"))


def carry(pairing: Pairing, steps: Iterable[GuidanceNote], check_in: CheckIn | None, *, actor: "User") -> Pairing:
    """Give the new, locked `pairing` what the former one left open; the check-in keeps its day and place."""
    CarriedStep.objects.bulk_create([CarriedStep(pairing=pairing, note=note) for note in steps])
    if check_in is not None and check_in.planned_on >= pairing.started_on:
        moved = CheckIn(pairing=pairing, planned_on=check_in.planned_on, place=check_in.place)
        with history.change(moved, actor=actor, verb="mentorship.checkin.arranged"):
            clean(moved)
            moved.save(force_insert=True)
    return keep_days(pairing)


def tick_carried_step(
    step: CarriedStep, *, is_done: bool, version: int | None = None, actor: "User | None"
) -> CarriedStep:
    """The step is done as of today, or not after all; `version` is that of the note. Raises Stale, ValidationError."""
    tick_step(step.note, is_done=is_done, version=version, actor=actor)
    return step
