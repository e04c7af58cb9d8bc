"""The growth files of a roster as they stood on its day: official orders in SQL, post, rank and unit of the day set on rows."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from cadre_app.org.models import Unit
from cadre_app.people.models import PostRecord, Trainee, Transfer, TransferKind
from cadre_app.people.models.trainees import WITHOUT_RANK
from cadre_app.people.services.current import take_current_post
from cadre_app.policy import codes, snapshot
from cadre_app.rosters.filters import records_until
from cadre_app.rosters.models import Order

if TYPE_CHECKING:
    from uuid import UUID

Trainees = QuerySet[Trainee]

NOW = {
    Order.UNIT: ("home_unit__path", "rank_order", "rank_since", "stroke_key"),
    Order.YEAR: ("arrival_year", "stroke_key"),
    Order.RANK: ("rank_order", "rank_since", "stroke_key"),
    Order.STROKES: ("stroke_key",),
}
THEN = {"home_unit__path": "path_then", "rank_order": "rank_order_then", "rank_since": "rank_since_then"}


def in_order(trainees: Trainees, order: str, day: date) -> Trainees:
    """Sorted as the unit, post and rank of `day` say; ranks held for a longer time come first."""
    names = NOW[Order(order)]
    if day < timezone.localdate():
        trainees, names = _as_of(trainees, day), tuple(THEN.get(name, name) for name in names)
    terms: list[Any] = [F(name).asc(nulls_last=True) if name.startswith("rank_since") else name for name in names]
    return trainees.order_by(*terms, "pk")


def set_back(rows: Iterable[Any], day: date) -> None:
    """Unit, post, rank, village terms and departure of these unsaved rows become those of `day`; two queries."""
    found = list(rows)
    if day >= timezone.localdate():
        return
    records: defaultdict[UUID, list[PostRecord]] = defaultdict(list)
    for record in PostRecord.objects.standing().filter(trainee__in=found, started_on__lte=day):
        records[record.trainee_id].append(record)
    units = Unit.objects.only("name", "path").in_bulk({row.unit_then for row in found if row.unit_then})
    with snapshot.held():
        for row in found:
            take_current_post(row, records[row.pk])
            row.home_unit = units.get(row.unit_then, row.home_unit)
            row.departed_on = row.departed_on if row.departed_on and row.departed_on <= day else None
            row.terms_now = [term for term in row.terms_now if term.started_on <= day]
            for term in row.terms_now:
                if term.ended_on is not None and term.ended_on > day:
                    term.ended_on, term.is_cut_short = None, False


def _as_of(trainees: Trainees, day: date) -> Trainees:
    moves = Transfer.objects.standing().filter(kind=TransferKind.INTERNAL, effective_on__gt=day, trainee=OuterRef("pk"))
    first = moves.order_by("effective_on", "created_at")
    records = records_until(day)
    rows = trainees.annotate(
        unit_then=Subquery(first.values("from_unit")[:1]),
        path_then=Coalesce(Subquery(first.values("from_unit__path")[:1]), F("home_unit__path")),
        rank_then=Subquery(records.values("rank")[:1]),
    )
    since = records.filter(rank=OuterRef("rank_then")).exclude(rank="").order_by("started_on")
    places = [
        When(rank_then=code, then=Value(place)) for place, (code, _name) in enumerate(codes.choices("rank"), start=1)
    ]
    return rows.annotate(
        rank_order_then=Case(*places, default=Value(WITHOUT_RANK), output_field=IntegerField()),
        rank_since_then=Subquery(since.values("started_on")[:1]),
    )
