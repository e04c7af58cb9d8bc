"""What may be asked of growth files as of a day (local date): the same conditions for the roster and for figures."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cadre_app.org.paths import any_of
from cadre_app.people.models import ArrivalCheck, Interruption, Trainee, Transfer, TransferKind, VillageTerm
from cadre_app.people.services.arrival import NO_LONGER_CHASED, TABLE
from cadre_app.people.services.terms import VILLAGE_KINDS
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.org.models import Unit
    from cadre_app.people.models.trainees import TraineeQuerySet

SOON = timedelta(days=90)


def here(day: date) -> Q:
    """In development: has reported for duty and not left."""
    return Q(arrived_on__lte=day) & (Q(departed_on=None) | Q(departed_on__gt=day))


def arrived(since: date, day: date) -> Q:
    """Reported for duty in this period, wherever they are now."""
    return Q(arrived_on__range=(since, day))


def left(since: date, day: date) -> Q:
    """Left in this period."""
    return Q(departed_on__range=(since, day))


def in_village(day: date) -> Q:
    """On a village term that has begun, is not over and does not stand still."""
    return Q(pk__in=_running(day).filter(~Exists(_standing_still(day))).values("trainee_id"))


def interrupted(day: date) -> Q:
    """On a village term that stands still."""
    return Q(pk__in=_running(day).filter(Exists(_standing_still(day))).values("trainee_id"))


def without_term(day: date) -> Q:
    """No village term has begun."""
    return ~Q(Exists(_begun(day).filter(trainee=OuterRef("pk"))))


def term_ends_soon(day: date) -> Q:
    """The village term that counts ends within 90 days."""
    return Q(term_ends_on__range=(day, day + SOON))


def probation_ends_soon(day: date) -> Q:
    """Probation ends within 90 days."""
    return Q(probation_ends_on__range=(day, day + SOON))


def checklist_open(day: date) -> Q:
    """Reported within the last 366 days, and some item of the arrival checklist, as it stands now, was not done."""
    wanted = [code for code, _name in codes.choices(TABLE)]
    if not wanted:
        return Q(pk__in=[])
    since = day - NO_LONGER_CHASED
    done = ArrivalCheck.objects.standing().filter(item__in=wanted, done_on__lte=day, trainee__arrived_on__gte=since)
    complete = done.order_by().values("trainee_id").annotate(done=Count("pk")).filter(done__gte=len(wanted))
    return arrived(since, day) & ~Q(pk__in=complete.values("trainee_id"))


def terms_on(day: date) -> "QuerySet[VillageTerm]":
    """Village terms of a day: begun, and neither ended nor voided."""
    return VillageTerm.objects.standing().filter(Q(ended_on=None) | Q(ended_on__gte=day), started_on__lte=day)


def of_unit(trainees: "TraineeQuerySet", unit: "Unit", day: date, *, direct: bool = False) -> "TraineeQuerySet":
    """Files of `unit` on a day and, unless `direct`, of all below; a village also has those who served there.

    On a past day a file belongs to the unit that the first transfer after it led away from.
    """
    at_home = Q(home_unit=unit) if direct else any_of((unit.range,), "home_unit__path")
    if day < timezone.localdate():
        at_home = _moved_from(unit, day, direct=direct) | (at_home & ~Q(pk__in=moves_after(day).values("trainee_id")))
    if unit.kind not in VILLAGE_KINDS:
        return trainees.filter(at_home)
    own = Trainee.objects.order_by().filter(at_home).values("pk")
    there = terms_on(day).order_by().filter(any_of((unit.range,), "village__path")).values("trainee_id")
    return trainees.filter(pk__in=own.union(there))


def _moved_from(unit: "Unit", day: date, *, direct: bool) -> Q:
    """The first transfer after a day led away from `unit` or, unless `direct`, one below it."""
    moves = moves_after(day)
    same_day = Q(effective_on=OuterRef("effective_on"), created_at__lt=OuterRef("created_at"))
    earlier = moves.filter(same_day | Q(effective_on__lt=OuterRef("effective_on")), trainee=OuterRef("trainee"))
    there = Q(from_unit=unit) if direct else any_of((unit.range,), "from_unit__path")
    first = moves.filter(there).filter(~Exists(earlier))
    return Q(pk__in=first.values("trainee_id"))


def moves_after(day: date | OuterRef) -> "QuerySet[Transfer]":
    """Transfers from unit to unit after a day."""
    return Transfer.objects.order_by().standing().filter(kind=TransferKind.INTERNAL, effective_on__gt=day)


def first_move_after(day: date | OuterRef, *, file: str = "pk") -> "QuerySet[Transfer]":
    """For a subquery: the transfers after a day of the file in the column `file`; the first led away from where it was then."""
    return moves_after(day).filter(trainee=OuterRef(file)).order_by("effective_on", "created_at")


def _begun(day: date) -> "QuerySet[VillageTerm]":
    return VillageTerm.objects.order_by().standing().filter(started_on__lte=day)


def _running(day: date) -> "QuerySet[VillageTerm]":
    """Until the last day that was recorded, which may be later than the one planned; else until that one."""
    is_due = Q(due_on=None) | Q(due_on__gte=day)
    return _begun(day).filter(Q(ended_on__gte=day) | (Q(ended_on=None) & is_due))


def _standing_still(day: date) -> "QuerySet[Interruption]":
    return Interruption.objects.standing().filter(
        Q(ended_on=None) | Q(ended_on__gte=day), term=OuterRef("pk"), started_on__lte=day
    )
