"""按单开班 A session opened from the orders of a course: who is picked gets a place or waits, all in one step."""

from collections.abc import Sequence
from datetime import date, time
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.people.services.checks import refusal
from cadre_app.training.models import (
    Course,
    CourseSession,
    Order,
    OrderState,
    Origin,
    Programme,
    SessionState,
    Teacher,
)
from cadre_app.training.models.choices import LEAST_HOURS
from cadre_app.training.services.rosters import place_many
from cadre_app.training.services.seats import lock_sessions_of
from cadre_app.training.services.sessions import NewMeeting, create_session

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

TENTH = Decimal("0.1")
# Who gets the first places: the dearest wish, then the oldest order.
SERVED_FIRST = ("priority", "ordered_on", "created_at", "pk")


@transaction.atomic
def open_from_orders(
    course: Course,
    *,
    picks: Sequence[tuple[UUID, int]],
    days: Sequence[date],
    starts_at: time,
    ends_at: time,
    teacher: Teacher | None,
    place: str,
    capacity: int,
    takes_sign_ups: bool = False,
    note: str = "",
    actor: "User",
) -> CourseSession:
    """Open a session of `course` on `days` for the orders picked (key and version as they were looked at).

    Places go by priority, then by the day of the order; the rest waits, and those not picked keep their order. Raises
    ValidationError by field; also where one of the orders has meanwhile got a place, so that nothing is done twice.
    """
    course = Course.objects.lock(course.pk)  # a second opening of the same group waits here
    if min(days) < timezone.localdate():
        raise refusal("held_on", _("This day has passed already."), code="past")
    lock_sessions_of(course.pk)
    orders = _locked_orders(course, picks)
    session = create_session(
        course=course,
        meetings=_meetings(course, days, starts_at, ends_at),
        programme=Programme.ADVANCED,
        capacity=capacity,
        hours=course.hours,
        mode=course.mode,
        place=place.strip(),
        teacher=teacher,
        is_on_demand=True,
        takes_sign_ups=takes_sign_ups,
        note=note.strip(),
        state=SessionState.OPEN,
        actor=actor,
    )
    place_many(
        session,
        trainees=[order.trainee for order in orders],
        origin=Origin.ORDER,
        orders={order.trainee_id: order for order in orders},
        actor=actor,
    )
    return CourseSession.objects.get(pk=session.pk)


def hours_of(course: Course, days: int) -> list[Decimal]:
    """The hours of the course shared out among its classes. Raises ValidationError where a class would have too few."""
    share = (course.hours / days).quantize(TENTH, ROUND_DOWN)
    if share < LEAST_HOURS:
        message = _("%(hours)s training hours are too few for %(days)s days.")
        raise refusal("held_on", message % {"hours": course.hours.normalize(), "days": days}, code="too_many_days")
    return [*[share] * (days - 1), course.hours - share * (days - 1)]


def _meetings(course: Course, days: Sequence[date], starts_at: time, ends_at: time) -> list[NewMeeting]:
    if ends_at <= starts_at:
        raise refusal("ends_at", _("The class ends before it begins."), code="ends_at")
    listed = sorted(set(days))
    shares = hours_of(course, len(listed))
    return [
        NewMeeting(held_on=day, starts_at=starts_at, ends_at=ends_at, hours=hours)
        for day, hours in zip(listed, shares, strict=True)
    ]


def _locked_orders(course: Course, picks: Sequence[tuple[UUID, int]]) -> list[Order]:
    """The picked orders, locked, in the order in which they are served; all still wait for a place."""
    wanted = dict(picks)
    rows = Order.objects.filter(pk__in=wanted, course=course).select_for_update(of=("self",)).order_by("pk")
    orders = sorted(
        rows.select_related("trainee__person"), key=lambda order: tuple(getattr(order, name) for name in SERVED_FIRST)
    )
    if not orders:
        raise ValidationError(_("Pick one person at least."), code="none_picked")
    changed = [order for order in orders if not _waits(order) or order.version != wanted[order.pk]]
    if changed:
        message = ngettext(
            "Meanwhile this person was given a place, or changed the order: %(names)s. "
            "Nothing was opened. The list below is as it stands now.",
            "Meanwhile these people were given a place, or changed their order: %(names)s. "
            "Nothing was opened. The list below is as it stands now.",
            len(changed),
        )
        names = _(", ").join(order.trainee.person.name for order in changed)
        raise ValidationError(message % {"names": names}, code="changed")
    return orders


def _waits(order: Order) -> bool:
    return order.state in (OrderState.OPEN, OrderState.WAITING) and not order.is_voided
