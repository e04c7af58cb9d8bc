"""The roster of a session as its page shows it: with places, waiting in their order, and who is off it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cadre_app.training.models import CourseSession, Enrolment, Place
from cadre_app.training.permissions.rooms import oversees
from cadre_app.training.permissions.sessions import can_seat

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class Seat:
    """One line; `reason` (why somebody declined) is the office's to read, not the teacher's."""

    place: Enrolment
    may_seat: bool
    reason: str


@dataclass(frozen=True)
class People:
    """`hidden` are on the roster but out of the viewer's sight."""

    enrolled: list[Seat]
    waiting: list[Seat]
    declined: list[Seat]
    hidden: int
    told: int


def people_of(session: CourseSession, user: "User") -> People:
    """Everybody of the roster whom `user` sees; one query however many."""
    rows = Enrolment.objects.visible_to(user).standing().filter(session=session)
    related = ("trainee__person", "trainee__home_unit", "order")
    found: dict[str, list[Seat]] = {place: [] for place in Place.values}
    for row in rows.select_related(*related).order_by("placed_at", "pk"):
        row.session = session
        reason = row.decline_reason if oversees(user) else ""
        found[row.place].append(Seat(row, can_seat(user, row), reason))
    enrolled = sorted(found[Place.ENROLLED], key=lambda seat: (seat.place.trainee.stroke_key, seat.place.pk.hex))
    return People(
        enrolled=enrolled,
        waiting=found[Place.WAITING],
        declined=found[Place.DECLINED],
        hidden=max(0, session.enrolled - len(enrolled)),
        told=sum(seat.place.told_at is not None for seat in enrolled),
    )
