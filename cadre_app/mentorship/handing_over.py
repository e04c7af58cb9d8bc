"""待交接 Which running pairings wait for a hand-over, why and since when: one condition for list, filter, desk and bell.

An office changed hands; the trainee went to another unit, or the village that counts is another one; the mentor left or
was voided. Worked out when it is asked for, never stored (docs/adr/0016).
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.core.roles import Role
from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.people.models import OfficeHolding, Transfer, TransferKind, VillageTerm, of_scope

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

ONE_DAY = timedelta(days=1)


class Change(models.TextChoices):
    """What happened, in the order in which it is named where more than one thing did."""

    UNIT = "unit", _("Change of unit")
    VILLAGE = "village", _("Change of village")
    OFFICE = "office", _("Change of office")
    LEFT = "left", _("Mentor left")


def waiting(today: date | None = None) -> "QuerySet[Any]":
    """Running pairings that wait, each as `with_change` tells it and with `due_day` (`changed_on`, never NULL).

    Those at or past their planned last day are completed instead, those to come are not handed over yet.
    """
    day = today or timezone.localdate()
    rows = Pairing.objects.running().filter(
        started_on__lte=day, due_on__gt=day, trainee__departed_on=None, trainee__voided_at=None
    )
    found = with_change(rows, day).exclude(change="")
    dated: QuerySet[Any] = found.annotate(due_day=Coalesce("changed_on", "started_on"))
    return dated


def with_change(rows: Any, day: date) -> "QuerySet[Any]":
    """Each with `change` (a Change, empty where nothing happened) and `changed_on`: the first day on which it was so,
    NULL where no record tells.
    """
    changes = Case(
        When(_other_unit(), then=Value(Change.UNIT.value)),
        When(_other_village(day), then=Value(Change.VILLAGE.value)),
        When(_not_in_office(day), then=Value(Change.OFFICE.value)),
        When(_left(), then=Value(Change.LEFT.value)),
        default=Value(""),
        output_field=models.CharField(),
    )
    days = Case(
        When(change=Change.UNIT, then=_moved_on()),
        When(change=Change.VILLAGE, then=_village_since(day)),
        When(change=Change.OFFICE, then=_out_of_office_since(day)),
        When(change=Change.LEFT, then=_left_since()),
        default=Value(None, output_field=DateField()),
        output_field=DateField(),
    )
    found: QuerySet[Any] = rows.annotate(change=changes).annotate(changed_on=days)
    return found


def waiting_for(user: "User") -> "QuerySet[Any]":
    """Those that `user` would hand over: in the scope of staff."""
    return waiting().filter(of_scope(user, Role.STAFF, prefix="trainee__"))


def _other_unit() -> Q:
    return Q(kind=MentorKind.POLITICAL, office__isnull=False) & ~Q(office__unit=F("trainee__home_unit"))


def _other_village(day: date) -> Q:
    """As services.suggestions: the term that runs, else one that is planned, else the linked village."""
    counts = Coalesce(Subquery(_terms(day).values("village")[:1]), F("trainee__linked_village"))
    return Q(kind=MentorKind.COMMUNITY, office__isnull=False) & ~Q(office__unit=counts)


def _terms(day: date) -> Any:
    """The village terms of the trainee that count, the one that counts first."""
    terms = VillageTerm.objects.standing().filter(Q(ended_on=None) | Q(ended_on__gte=day), trainee=OuterRef("trainee"))
    return terms.order_by("started_on")


def _not_in_office(day: date) -> Q:
    return Q(office__isnull=False) & ~Q(Exists(_holdings().filter(_held(day))))


def _holdings() -> Any:
    return OfficeHolding.objects.filter(office=OuterRef("office"), person=OuterRef("mentor"))


def _held(day: date) -> Q:
    return Q(voided_at=None) & (Q(until=None) | Q(until__gte=day))


def _left() -> Q:
    mentor = Q(mentor__trainee__voided_at=None, mentor__trainee__departed_on__isnull=False)
    return Q(mentor__voided_at__isnull=False) | mentor


def _moved_on() -> Subquery:
    """The transfer that led to the unit of today."""
    moves = Transfer.objects.standing().filter(
        kind=TransferKind.INTERNAL, trainee=OuterRef("trainee"), to_unit=OuterRef("trainee__home_unit")
    )
    return Subquery(moves.order_by("-effective_on").values("effective_on")[:1])


def _village_since(day: date) -> Coalesce:
    """The first day in the village, else the first one after the last term, where the linked village counts again."""
    over = VillageTerm.objects.standing().filter(trainee=OuterRef("trainee"), ended_on__lt=day)
    return Coalesce(
        Subquery(_terms(day).values("started_on")[:1]),
        Subquery(over.order_by("-ended_on").annotate(next=_next_day("ended_on")).values("next")[:1]),
    )


def _out_of_office_since(day: date) -> Coalesce:
    """The day after the last one in office, else the day on which the holding was voided."""
    over = _holdings().filter(voided_at=None, until__lt=day).annotate(next=_next_day("until"))
    voided = _holdings().exclude(voided_at=None).annotate(day=TruncDate("voided_at"))
    return Coalesce(
        Subquery(over.order_by("-until").values("next")[:1]), Subquery(voided.order_by("-voided_at").values("day")[:1])
    )


def _left_since() -> Coalesce:
    return Coalesce(TruncDate("mentor__voided_at"), _next_day("mentor__trainee__departed_on"))


def _next_day(name: str) -> Any:
    return ExpressionWrapper(F(name) + Value(1), output_field=DateField())
