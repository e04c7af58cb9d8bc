"""待交接 Which running pairings wait for a hand-over, why and since when: one condition for list, filter, desk and bell.

An office changed hands; the trainee went to another unit, or the village that counts is another one (also where the mentor
was chosen, who may stay); the mentor left or was voided. Nothing waits before the day on which it happens. Worked out when it is asked for, never stored (docs/adr/0016).
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.db.models.lookups import Exact
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
        When(_moved_unit(), then=Value(Change.UNIT.value)),
        When(_moved_village(day), then=Value(Change.VILLAGE.value)),
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


def _moved_unit() -> Q:
    """Of a chosen mentor: the trainee has left the unit of the day on which the choice was made, or made again."""
    later = Transfer.objects.standing().filter(
        kind=TransferKind.INTERNAL, trainee=OuterRef("trainee"), effective_on__gt=_chosen(OuterRef)
    )
    left = Subquery(later.order_by("effective_on").values("from_unit")[:1])
    before = Coalesce(left, F("trainee__home_unit"), output_field=models.UUIDField())
    return Q(kind=MentorKind.POLITICAL, office=None) & ~Q(trainee__home_unit=before)


def _other_village(day: date) -> Q:
    """The term that runs, else the linked village; whoever mentors for a term that is planned was chosen in advance."""
    planned = VillageTerm.objects.standing().filter(
        trainee=OuterRef("trainee"), village=OuterRef("office__unit"), started_on__gt=day
    )
    is_ahead = Q(Exists(planned))
    return Q(kind=MentorKind.COMMUNITY, office__isnull=False) & ~Q(office__unit=_village(_terms(day))) & ~is_ahead


def _moved_village(day: date) -> Q:
    """As `_moved_unit`."""
    chosen = _chosen(OuterRef)
    then = _standing_terms().filter(Q(ended_on=None) | Q(ended_on__gte=chosen), started_on__lte=chosen)
    here, before = _village(_terms(day)), _village(then.order_by("-started_on"))
    return Q(kind=MentorKind.COMMUNITY, office=None) & ~Q(Exact(here, before))


def _chosen(name: Any) -> Greatest:
    """The day on which a chosen mentor began, or was kept since."""
    return Greatest(name("started_on"), name("kept_on"))


def _village(terms: Any) -> Coalesce:
    village = terms.values("village")[:1]
    return Coalesce(Subquery(village), F("trainee__linked_village"), output_field=models.UUIDField())


def _standing_terms() -> Any:
    return VillageTerm.objects.standing().filter(trainee=OuterRef("trainee"))


def _terms(day: date) -> Any:
    """The village term of the trainee that runs."""
    running = _standing_terms().filter(Q(ended_on=None) | Q(ended_on__gte=day), started_on__lte=day)
    return running.order_by("-started_on")


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
    over = _standing_terms().filter(ended_on__lt=day)
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
