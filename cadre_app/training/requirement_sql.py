"""The reckoning of training hours for many files at once; tested against `requirement.py`."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    DecimalField,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone

from cadre_app.people.models import Status
from cadre_app.training.models import HoursEntry, Mode
from cadre_app.training.requirement import COUNTY_POSTS, LAST_COUNSEL, Basis, Pace, Reckoning, Rules, basis_of

HOURS: DecimalField[Any, Any] = DecimalField(max_digits=8, decimal_places=1)
NONE = Value(Decimal(0), output_field=HOURS)
IS_COUNTY = ~Q(status=Status.INSTITUTION) & (Q(post_level__in=COUNTY_POSTS) | Q(rank_order__lte=LAST_COUNSEL))
CLASSROOM, ONLINE = Q(mode=Mode.CLASSROOM), Q(mode=Mode.ONLINE)


def with_hours(trainees: "QuerySet[Any]", year: int, rules: Rules | None = None) -> "QuerySet[Any]":
    """Files with `classroom`, `online`, `counted`, `required`, `missing` (hours) and `elapsed`, `whole` (days) of `year`.

    One query; each file's entries are summed by the index of its hours.
    """
    today = timezone.localdate()
    rules = rules or Rules.of_year(year, today)
    rows: QuerySet[Any, Any] = trainees.annotate(
        classroom=_summed(Sum("hours", filter=CLASSROOM), year),
        online=_summed(Sum("hours", filter=ONLINE), year),
        counted=_summed(_counting(rules), year),
        required=_required(rules),
        elapsed=_days(min(today, date(year, 12, 31)), year),
        whole=_days(date(year, 12, 31), year),
    )
    found: QuerySet[Any, Any] = rows.annotate(missing=Greatest(F("required") - F("counted"), NONE, output_field=HOURS))
    return found


def in_pace(pace: str) -> Q:
    """The condition that a row of `with_hours` is at this pace; as `requirement.pace_of`."""
    reached = Q(counted__gte=F("required"))
    on_course = Q(missing__gt=0, counted__gte=F("required") * F("elapsed") * Decimal("1.0") / F("whole"))
    if pace == Pace.REACHED:
        return reached
    return on_course if pace == Pace.ON_COURSE else ~reached & ~on_course


def reckoned(row: Any, *, year: int, rules: Rules) -> Reckoning:
    """The reckoning of a row of `with_hours`."""
    return Reckoning(
        year=year,
        basis=basis_of(row.status, row.post_level, row.rank_order),
        classroom=row.classroom,
        online=row.online,
        counted=row.counted,
        required=row.required,
        online_cap=rules.online_cap,
        elapsed=row.elapsed,
        whole=row.whole,
    )


def sums_of(trainee: Any, year: int) -> tuple[Decimal, Decimal]:
    """Classroom and online hours of one file in `year`; one query."""
    found = (
        entries_of(year)
        .filter(trainee=trainee)
        .aggregate(
            classroom=Coalesce(Sum("hours", filter=CLASSROOM), NONE), online=Coalesce(Sum("hours", filter=ONLINE), NONE)
        )
    )
    return found["classroom"], found["online"]


def entries_of(year: int) -> "QuerySet[HoursEntry]":
    """What counts in `year`."""
    return HoursEntry.objects.standing().filter(earned_on__range=(date(year, 1, 1), date(year, 12, 31)))


def _summed(total: Any, year: int) -> Any:
    rows = entries_of(year).filter(trainee=OuterRef("pk")).order_by().values("trainee")
    return Coalesce(Subquery(rows.annotate(total=total).values("total"), output_field=HOURS), NONE)


def _counting(rules: Rules) -> Any:
    classroom = Coalesce(Sum("hours", filter=CLASSROOM), NONE)
    online = Coalesce(Sum("hours", filter=ONLINE), NONE)
    return classroom + Least(online, Value(Decimal(rules.online_cap), output_field=HOURS), output_field=HOURS)


def _required(rules: Rules) -> Case:
    county, yearly = (Value(rules.required(basis), output_field=HOURS) for basis in (Basis.COUNTY, Basis.YEARLY))
    return Case(When(IS_COUNTY, then=county), default=yearly, output_field=HOURS)


def _days(last: date, year: int) -> Func:
    """Days from the first one of the year, or of reporting for duty, until `last`, both included; 1 at least."""
    first = f"GREATEST(%(expressions)s, DATE '{year:04d}-01-01')"
    template = f"GREATEST(DATE '{last.isoformat()}' - {first} + 1, 1)"
    return Func(F("arrived_on"), template=template, output_field=IntegerField())
