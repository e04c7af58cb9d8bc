"""Many notes and check-ins at once, as imports and the fictional district bring them: as they stand, with history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from cadre_app.mentorship.models import CheckIn, GuidanceNote, Pairing, Visibility
from cadre_app.mentorship.services.days import keep_days
from cadre_app.people.services.bulk import write_many

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class NewNote:
    """A note as it stands, read and answered or not; its pairing may have ended."""

    pairing: Pairing
    happened_on: date
    way: str
    text: str
    topic: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    next_step_done_on: date | None = None
    visibility: str = Visibility.SHARED
    acknowledged_at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class NewCheckIn:
    """A check-in that is arranged, or was held."""

    pairing: Pairing
    planned_on: date
    held_on: date | None = None
    place: str = ""


@transaction.atomic
def add_notes_many(wanted: Sequence[NewNote], *, actor: "User | None", reason: str = "") -> list[GuidanceNote]:
    """Write many notes of their mentors, in the order given; callers have checked them.

    Raises ValidationError for a value no column can hold, IntegrityError where a constraint speaks against a row.
    """
    notes = [
        GuidanceNote(
            pairing=new.pairing,
            author_id=new.pairing.mentor_id,
            happened_on=new.happened_on,
            way=new.way,
            text=new.text,
            topic=new.topic,
            next_step=new.next_step,
            next_step_on=new.next_step_on,
            next_step_done_on=new.next_step_done_on,
            visibility=new.visibility,
            acknowledged_at=new.acknowledged_at,
            answer=new.answer,
            answered_at=new.acknowledged_at if new.answer else None,
        )
        for new in wanted
    ]
    write_many(notes, actor=actor, verb="mentorship.guidancenote.added", reason=reason)
    _keep(note.pairing for note in notes)
    return notes


@transaction.atomic
def add_check_ins_many(wanted: Sequence[NewCheckIn], *, actor: "User | None", reason: str = "") -> list[CheckIn]:
    """As `add_notes_many`, for check-ins."""
    check_ins = [
        CheckIn(pairing=new.pairing, planned_on=new.planned_on, held_on=new.held_on, place=new.place) for new in wanted
    ]
    write_many(check_ins, actor=actor, verb="mentorship.checkin.arranged", reason=reason)
    _keep(check_in.pairing for check_in in check_ins)
    return check_ins


def _keep(pairings: "Iterable[Pairing]") -> None:
    for pairing in {pairing.pk: pairing for pairing in pairings}.values():
        keep_days(pairing)
