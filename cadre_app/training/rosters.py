"""The roster of a session as its page shows it: with places, waiting in their order, and who is off it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import pgettext

from cadre_app.training.models import CampMember, CourseSession, Enrolment, Place, SessionState
from cadre_app.training.permissions.rooms import oversees
from cadre_app.training.permissions.sessions import can_seat, can_take_off

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class Seat:
    """One line; `reason` (why somebody declined) is the office's to read, not the teacher's. `turn`: of those who wait,
    also out of the viewer's sight; 0 for whoever has left the programme and gets no place. `away`: on leave from the
    camp, or out of it, which is the office's to read as well.
    """

    place: Enrolment
    may_seat: bool
    may_take_off: bool
    reason: str
    turn: int = 0
    away: str = ""

    @property
    def is_unreached(self) -> bool:
        """Without an account, so that nothing that is told arrives."""
        account = self.place.trainee.person.account
        return account is None or not account.is_active

    @property
    def has_left(self) -> bool:
        return self.place.trainee.is_read_only


@dataclass(frozen=True)
class People:
    """`hidden` are on the roster but out of the viewer's sight; `left`: how many in sight have left the programme, `away`: how many are
    on leave or out of the camp. `is_told`: the session is open and not over, so that everybody has to know of it.
    """

    enrolled: list[Seat]
    waiting: list[Seat]
    declined: list[Seat]
    hidden: int
    told: int
    left: int
    is_told: bool
    away: int


def people_of(session: CourseSession, user: "User") -> People:
    """Everybody of the roster whom `user` sees; four queries at most however many."""
    turns = {pk: number for number, pk in enumerate(Enrolment.objects.next_up(session).values_list("pk", flat=True), 1)}
    rows = Enrolment.objects.visible_to(user).standing().filter(session=session)
    related = ("trainee__person__account", "trainee__home_unit", "order")
    away = _away(session) if oversees(user) and session.is_coming else {}
    found: dict[str, list[Seat]] = {place: [] for place in Place.values}
    for row in rows.select_related(*related).order_by("placed_at", "pk"):
        row.session = session
        reason = row.decline_reason if oversees(user) else ""
        turn, is_away = turns.get(row.pk, 0), away.get(row.trainee_id, "")
        seat = Seat(row, can_seat(user, row), can_take_off(user, row), reason, turn, is_away)
        found[row.place].append(seat)
    enrolled = sorted(found[Place.ENROLLED], key=lambda seat: (seat.place.trainee.stroke_key, seat.place.pk.hex))
    return People(
        enrolled=enrolled,
        waiting=found[Place.WAITING],
        declined=found[Place.DECLINED],
        hidden=max(0, session.enrolled - len(enrolled)),
        told=sum(seat.place.told_at is not None for seat in enrolled),
        left=sum(seat.has_left for seat in (*enrolled, *found[Place.WAITING])),
        away=sum(bool(seat.away) for seat in (*enrolled, *found[Place.WAITING])),
        is_told=session.state == SessionState.OPEN and session.ends_on >= timezone.localdate(),
    )


def unreached(session: CourseSession) -> list[str]:
    """Names of those with a place or waiting who have no account, by strokes; one query."""
    rows = Enrolment.objects.standing().filter(session=session).exclude(place=Place.DECLINED)
    rows = rows.exclude(trainee__person__account__is_active=True).order_by("trainee__stroke_key", "pk")
    return list(rows.values_list("trainee__person__name", flat=True))


def _away(session: CourseSession) -> dict[UUID, str]:
    """Who of the roster is on leave from the camp, or was let out of the camp of the session."""
    people = Enrolment.objects.order_by().standing().filter(session=session).values("trainee")
    paused = CampMember.objects.order_by().on_leave().filter(trainee__in=people, joined_on__lte=session.ends_on)
    found = dict.fromkeys(paused.values_list("trainee", flat=True), pgettext("camp", "On leave"))
    if session.camp_id is not None:
        out = CampMember.objects.order_by().standing().filter(camp=session.camp_id, left_on__isnull=False)
        rows = out.filter(trainee__in=people).values_list("trainee", flat=True)
        found |= dict.fromkeys(rows, pgettext("camp", "Left the camp"))
    return found
