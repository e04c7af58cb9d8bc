"""One order, one place: whoever has it waits nowhere else, and a session taken up again does not double it."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from cadre_app.training.models import CourseSession, Enrolment, Place
from cadre_app.training.models.choices import CLOSED_ORDERS, COMING
from cadre_app.training.services.rosters import leave
from cadre_app.training.services.seats import has_another

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models.enrolments import EnrolmentQuerySet


def leave_waiting_lists(orders: Collection[UUID], *, reason: str, actor: "User") -> list[Enrolment]:
    """These orders wait in no coming session any more; the places that were waiting."""
    rows = _waiting(orders).select_related("session").order_by("session", "pk")
    return [leave(row, reason=reason, is_kept_off=False, actor=actor) for row in rows]


def leave_out(session: CourseSession, *, actor: "User") -> None:
    """Of a cancelled session that is held again those stay off who go to another one of its course meanwhile, and those
    whose order is closed. The waiting list first, so that nobody of them moves up.
    """
    elsewhere = Enrolment.objects.enrolled().filter(
        trainee=OuterRef("trainee"),
        session__course=session.course_id,
        session__state__in=COMING,
        session__voided_at=None,
    )
    rows = Enrolment.objects.standing().filter(session=session).exclude(place=Place.DECLINED)
    rows = rows.filter(Q(order__state__in=CLOSED_ORDERS) | Exists(elsewhere.exclude(session=session)))
    listed = list(rows.select_related("session", "order").order_by("placed_at", "pk"))
    for row in sorted(listed, key=lambda row: row.place != Place.WAITING):
        leave(row, reason=_why(row), is_kept_off=False, actor=actor)


def _why(row: Enrolment) -> str:
    if row.order is not None and row.order.state in CLOSED_ORDERS:
        return _("The order has been closed: %(state)s") % {"state": row.order.get_state_display()}
    return has_another()


def _waiting(orders: Collection[UUID]) -> "EnrolmentQuerySet":
    rows = Enrolment.objects.order_by().standing().filter(order__in=orders, place=Place.WAITING)
    return rows.filter(session__state__in=COMING, session__voided_at=None)
