"""Many pairings at once, for confirming suggestions and for imports: set-based, with the history of single ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from cadre_app.mentorship.models import Pairing
from cadre_app.mentorship.services.beginnings import begin_many
from cadre_app.mentorship.services.pairings import build_pairing
from cadre_app.people.models import Office, Person, Trainee
from cadre_app.people.services.bulk import write_many

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class NewPairing:
    """A pairing as it stands, running or ended; without an `office` there is a `choice_reason`.

    `due_on` is the planned last day where it does not follow from `months` or the usual length.
    """

    trainee: Trainee
    kind: str
    mentor: Person
    office: Office | None = None
    choice_reason: str = ""
    started_on: date
    months: int | None = None
    due_on: date | None = None
    check_in_days: int | None = None
    ended_on: date | None = None
    end_kind: str = ""
    end_reason: str = ""
    signed_on: date | None = None
    follows: Pairing | None = None


@transaction.atomic
def create_pairings_many(wanted: Sequence[NewPairing], *, actor: "User | None", reason: str = "") -> list[Pairing]:
    """Write many pairings, in the order given; callers have checked them.

    Raises ValidationError for a value no column can hold, IntegrityError where a constraint speaks against a row.
    """
    pairings = [built(new) for new in wanted]
    write_many(pairings, actor=actor, verb="mentorship.pairing.started", reason=reason)
    begin_many(pairings)
    return pairings


def built(new: NewPairing) -> Pairing:
    """The pairing as it would be written, unsaved."""
    pairing = build_pairing(
        new.trainee,
        kind=new.kind,
        mentor=new.mentor,
        office=new.office,
        choice_reason=new.choice_reason,
        started_on=new.started_on,
        months=new.months,
        check_in_days=new.check_in_days,
    )
    pairing.due_on = new.due_on or pairing.due_on
    pairing.signed_on, pairing.follows = new.signed_on, new.follows
    if new.ended_on is not None:
        pairing.ended_on, pairing.end_kind, pairing.end_reason = new.ended_on, new.end_kind, new.end_reason
        pairing.next_check_in_on = None
    return pairing
