"""What training asks of people: days in class and on study visits, and sheets of feedback."""

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from cadre_app.core.days import end_of, start_of
from cadre_app.core.demands import PERSONS, Demand, demands
from cadre_app.core.roles import Role
from cadre_app.people.figures import files_of
from cadre_app.training.models import Enrolment, Outcome, SessionState, VisitMember, VisitState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked

READERS = (Role.STAFF, Role.LEADER)


def announce() -> None:
    """Called once, when the app is ready."""
    demands.register("training.days", Demand(_("Training days"), PERSONS, 30, classes, by_day=True))
    demands.register("training.visits", Demand(_("Study visits"), PERSONS, 32, visits, by_day=True))
    demands.register("training.feedback", Demand(_("Feedback on courses"), PERSONS, 34, sheets))


def classes(asked: "Asked") -> "QuerySet[Any]":
    """Days of classes of those on the roster of a session that is announced or over; two classes a day are one day."""
    rows = Enrolment.objects.enrolled().filter(
        session__voided_at=None,
        session__state__in=(SessionState.OPEN, SessionState.FINISHED, SessionState.POSTED),
        session__meetings__voided_at=None,
        session__meetings__held_on__range=(asked.since, asked.as_of),
        trainee__in=files_of(asked, *READERS).values("pk"),
    )
    day = F("session__meetings__held_on")
    return rows.annotate(asked_of=F("trainee_id"), asked_on=day, asked_what=F("session__course__title"))


def visits(asked: "Asked") -> "QuerySet[Any]":
    """On the list of a visit that was not called off."""
    rows = VisitMember.objects.standing().filter(
        visit__voided_at=None,
        visit__visited_on__range=(asked.since, asked.as_of),
        trainee__in=files_of(asked, *READERS).values("pk"),
    )
    rows = rows.exclude(visit__state=VisitState.CANCELLED)
    return rows.annotate(asked_of=F("trainee_id"), asked_on=F("visit__visited_on"), asked_what=F("visit__title"))


def sheets(asked: "Asked") -> "QuerySet[Any]":
    """One sheet of whoever completed a session, asked for on the day it was finished, given or not."""
    rows = Enrolment.objects.enrolled().filter(
        session__voided_at=None,
        session__finished_at__gte=start_of(asked.since),
        session__finished_at__lt=end_of(asked.as_of),
        outcome=Outcome.COMPLETED,
        trainee__in=files_of(asked, *READERS).values("pk"),
    )
    day = TruncDate("session__finished_at")
    return rows.annotate(asked_of=F("trainee_id"), asked_on=day, asked_what=F("session__course__title"))
