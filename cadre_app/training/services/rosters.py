"""名单: who has a place in a session and who waits. Everything here locks the session first, counts, and only then writes;
`CourseSession.enrolled` is kept here alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.roles import Role
from cadre_app.history import services as history
from cadre_app.people.models import Trainee, of_scope
from cadre_app.people.services.checks import clean
from cadre_app.training.models import (
    Attendance,
    CampMember,
    CourseSession,
    Enrolment,
    News,
    Order,
    OrderState,
    Origin,
    Place,
    SessionState,
)
from cadre_app.training.models.choices import CAME
from cadre_app.training.services import news
from cadre_app.training.services.order_states import follow_places
from cadre_app.training.services.seats import TOLD_FIELDS, keep_enrolled, leave_other_lists, lock_row, lock_session
from cadre_app.training.services.sign_up_checks import check_meant, check_sign_up

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

PLACE_FIELDS = ["place", "placed_at", "origin", "order", "decline_reason", "is_kept_off", *TOLD_FIELDS]


@dataclass(frozen=True)
class Placed:
    """What `place_many` did: new on the roster, new on the waiting list in its order, and who was on one before."""

    enrolled: list[Enrolment] = field(default_factory=list)
    waiting: list[Enrolment] = field(default_factory=list)
    known: list[Enrolment] = field(default_factory=list)


@transaction.atomic
def place_many(
    session: CourseSession,
    *,
    trainees: Iterable[Trainee],
    origin: str = Origin.STAFF,
    orders: Mapping[UUID, Order] | None = None,
    actor: "User | None",
) -> Placed:
    """Put people on the roster in the given order; who finds no place waits in that order. Whoever stands there already
    stays where they are. A live order of the course is served by it, and whoever has a place now waits in no other session
    of the course.

    Raises ValidationError naming those who left the programme, or where the session is finished or cancelled.
    """
    return _place(lock_session(session), list(dict.fromkeys(trainees)), origin, orders or {}, actor=actor)


@transaction.atomic
def fill_from_camp(session: CourseSession, *, grades: Sequence[int], actor: "User") -> Placed:
    """Everybody in these grades of the session's camp who is present, not on leave and whom `actor` works for, by grade and
    strokes of the name.

    Raises ValidationError where the session has no camp.
    """
    if session.camp_id is None:
        raise ValidationError(_("This session belongs to no camp."), code="no_camp")
    return place_many(session, trainees=camp_people(session, grades, actor), origin=Origin.CAMP, actor=actor)


def camp_people(session: CourseSession, grades: Sequence[int], user: "User") -> list[Trainee]:
    """Whom `fill_from_camp` puts on the roster: never oneself or a relative (回避)."""
    members = CampMember.objects.present().filter(camp=session.camp_id, grade__in=grades, paused_reason="")
    members = members.filter(of_scope(user, Role.STAFF, prefix="trainee__"))
    members = members.filter(trainee__departed_on=None, trainee__voided_at=None)
    rows = members.select_related("trainee__person").order_by("grade", "trainee__stroke_key", "pk")
    return [row.trainee for row in rows]


@transaction.atomic
def sign_up(session: CourseSession, *, trainee: Trainee, actor: "User") -> Enrolment:
    """The person takes a place, or waits where none is left; the last place goes to one of those who ask at one moment.

    Raises ValidationError where the session takes no sign-ups (any more), is meant for others, or for somebody who stands
    on it or on another one of its course already, or whom the department took off.
    """
    check_meant(session, trainee)
    session = lock_session(session)
    check_sign_up(session, trainee)
    placed = _place(session, [trainee], Origin.SIGN_UP, {}, actor=actor)
    row = (placed.enrolled or placed.waiting)[0]
    return _know(row)


@transaction.atomic
def decline(enrolment: Enrolment, *, reason: str, version: int | None = None, actor: "User") -> Enrolment:
    """The person does not come and says why, before the first day; the next who waits moves up.

    Raises Stale; ValidationError by field.
    """
    session, row = lock_row(enrolment, version)
    if session.starts_on <= timezone.localdate():
        message = _("The session has begun. Tell the organization department if you cannot come.")
        raise ValidationError(message, code="begun")
    _take_off(row, reason, verb="training.enrolment.declined", actor=actor)
    _know(row)
    news.close([row])
    _after(session, row, actor=actor)
    return Enrolment.objects.get(pk=row.pk)


@transaction.atomic
def leave(
    enrolment: Enrolment,
    *,
    reason: str,
    version: int | None = None,
    is_kept_off: bool = True,
    actor: "User | None",
) -> Enrolment:
    """The department takes somebody off the roster or the waiting list, and they are told why; the next moves up.
    Without `is_kept_off` they may sign up again.

    Raises Stale; ValidationError by field.
    """
    session, row = lock_row(enrolment, version)
    if Attendance.objects.standing().filter(enrolment=row, presence__in=CAME, meeting__voided_at=None).exists():
        message = _("This person is recorded as present. Correct the attendance first.")
        raise ValidationError(message, code="was_there")
    row.is_kept_off = is_kept_off
    _take_off(row, reason, verb="training.enrolment.taken_off", actor=actor)
    _tell(session, [row], News.TAKEN_OFF, reason=row.decline_reason)
    _after(session, row, actor=actor)
    return row


@transaction.atomic
def move_up(enrolment: Enrolment, *, version: int | None = None, actor: "User") -> Enrolment:
    """Give somebody who waits a place by hand, out of turn. Raises Stale; ValidationError where none is left."""
    session, row = lock_row(enrolment, version)
    if row.place != Place.WAITING:
        raise ValidationError(_("This person does not wait."), code="wrong_place")
    if session.places_left <= 0:
        message = _("No place is left. Take somebody off first, or give the session more places.")
        raise ValidationError(message, code="full")
    _promote(session, [row], actor=actor)
    keep_enrolled(session)
    return row


@transaction.atomic
def fill_places(session: CourseSession, *, actor: "User | None") -> list[Enrolment]:
    """Those who wait longest get the places that are free, and are told; nothing happens once the session has begun."""
    locked = CourseSession.objects.lock(session.pk)
    rows = _fill(locked, actor=actor)
    session.enrolled = locked.enrolled
    return rows


def _fill(session: CourseSession, *, actor: "User | None") -> list[Enrolment]:
    """`fill_places` for a session that is locked."""
    free = session.places_left
    if free <= 0 or not session.is_coming or session.starts_on <= timezone.localdate():
        return []
    waiting = Enrolment.objects.next_up(session).select_related("trainee")
    rows = list(waiting.select_for_update(of=("self",))[:free])
    if rows:
        _promote(session, rows, actor=actor)
        keep_enrolled(session)
    return rows


def _place(
    session: CourseSession, trainees: list[Trainee], origin: str, orders: Mapping[UUID, Order], *, actor: "User | None"
) -> Placed:
    """`place_many` for a session that is locked."""
    _refuse_departed(trainees)
    _fill(session, actor=actor)
    rows = Enrolment.objects.standing().filter(session=session, trainee__in=trainees).select_for_update(of=("self",))
    known = {row.trainee_id: row for row in rows.order_by("pk")}
    served = _live_orders(session, trainees) | dict(orders)
    placed, free = Placed(), session.places_left
    for number, trainee in enumerate(trainees):
        row = known.get(trainee.pk)
        if row is not None and row.place != Place.DECLINED:
            placed.known.append(row)
            continue
        row = row or Enrolment(session=session, trainee=trainee)
        place = Place.ENROLLED if free > 0 else Place.WAITING
        free -= place == Place.ENROLLED
        _give(row, place, number)
        row.origin, row.order, row.is_kept_off = origin, served.get(trainee.pk), False
        (placed.enrolled if place == Place.ENROLLED else placed.waiting).append(row)
    _write(placed, actor=actor)
    if origin != Origin.SIGN_UP:
        _tell(session, placed.enrolled, News.INVITED)
        _tell(session, placed.waiting, News.WAITING)
    keep_enrolled(session)
    leave_other_lists(session, [row.trainee for row in placed.enrolled], actor=actor)
    follow_places([*placed.enrolled, *placed.waiting], actor=actor)
    return placed


def _refuse_departed(trainees: list[Trainee]) -> None:
    gone = Trainee.objects.filter(pk__in=[trainee.pk for trainee in trainees]).exclude(departed_on=None, voided_at=None)
    names = list(gone.order_by("stroke_key").values_list("person__name", flat=True))
    if names:
        message = _("These people are no longer in the programme: %(names)s.") % {"names": _(", ").join(names)}
        raise ValidationError(message, code="departed")


def _live_orders(session: CourseSession, trainees: list[Trainee]) -> dict[UUID, Order]:
    """The order of the course of each of them that has no place yet, where there is one."""
    waits = (OrderState.OPEN, OrderState.WAITING)
    found = Order.objects.standing().filter(course=session.course_id, state__in=waits, trainee__in=trainees)
    return {order.trainee_id: order for order in found}


def _give(row: Enrolment, place: Place, number: int) -> None:
    """`number` keeps the order of those who come in together."""
    row.place, row.placed_at = place, timezone.now() + timedelta(microseconds=number)
    row.told_at, row.decline_reason = None, ""


def _write(placed: Placed, *, actor: "User | None") -> None:
    rows = [*placed.enrolled, *placed.waiting]
    new = [row for row in rows if row._state.adding]
    again = [row for row in rows if not row._state.adding]
    if again:
        before = {row.pk: row for row in Enrolment.objects.filter(pk__in=[row.pk for row in again])}
        with history.changes_many(before.values(), actor=actor, verb="training.enrolment.placed") as listed:
            for row in again:
                for name in PLACE_FIELDS:
                    setattr(before[row.pk], name, getattr(row, name))
            Enrolment.objects.bulk_update(listed, PLACE_FIELDS)
    Enrolment.objects.bulk_create(new)
    history.record_created_many(new, actor=actor, verb="training.enrolment.placed")


def _promote(session: CourseSession, rows: list[Enrolment], *, actor: "User | None") -> None:
    people = [row.trainee for row in rows]
    orders = _live_orders(session, people)
    with history.changes_many(rows, actor=actor, verb="training.enrolment.moved_up") as listed:
        for number, row in enumerate(listed):
            _give(row, Place.ENROLLED, number)
            row.order = orders.get(row.trainee_id, row.order)
        Enrolment.objects.bulk_update(listed, PLACE_FIELDS)
    _tell(session, rows, News.MOVED_UP)
    leave_other_lists(session, people, actor=actor)
    follow_places(rows, actor=actor)


def _tell(session: CourseSession, rows: list[Enrolment], kind: News, *, reason: str = "") -> None:
    """Of a planned session nobody is told before it is opened."""
    if session.state == SessionState.OPEN:
        news.tell(rows, kind, reason=reason)


def _know(row: Enrolment) -> Enrolment:
    """Whoever signed up or declined knows it."""
    row.told_at = timezone.now()
    Enrolment.objects.filter(pk=row.pk).update(told_at=row.told_at)
    return row


def _take_off(row: Enrolment, reason: str, *, verb: str, actor: "User | None") -> None:
    with history.change(row, actor=actor, verb=verb, reason=reason):
        _give(row, Place.DECLINED, 0)
        row.decline_reason = reason.strip()
        clean(row)
        row.save()


def _after(session: CourseSession, row: Enrolment, *, actor: "User | None") -> None:
    keep_enrolled(session)
    follow_places([row], actor=actor)
    _fill(session, actor=actor)
