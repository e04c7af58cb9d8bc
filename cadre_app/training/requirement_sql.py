"""The reckoning of training hours for many files at once; tested against `requirement.py`."""

from datetime import date
from decimal import Decimal
from functools import reduce
from operator import add
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
from cadre_app.training.requirement import (
    COUNTY_POSTS,
    LAST_COUNSEL,
    Basis,
    Pace,
    Reckoning,
    Rules,
    Sums,
    basis_of,
    first_year,
)

HOURS: DecimalField[Any, Any] = DecimalField(max_digits=8, decimal_places=1)
NONE = Value(Decimal(0), output_field=HOURS)
IS_COUNTY = ~Q(status=Status.INSTITUTION) & (Q(post_level__in=COUNTY_POSTS) | Q(rank_order__lte=LAST_COUNSEL))
BASES = (Basis.YEARLY, Basis.COUNTY)
CLASSROOM, ONLINE = Q(mode=Mode.CLASSROOM), Q(mode=Mode.ONLINE)


def with_hours(trainees: "QuerySet[Any]", year: int, rules: Rules | None = None) -> "QuerySet[Any]":
    """Files with what a Reckoning of `year` holds: hours, days, and what `missing` there is.

    One query; each file's entries are summed by the index of its hours.
    """
    today = timezone.localdate()
    rules = rules or Rules.of_year(year, today)
    rows: QuerySet[Any, Any] = trainees.annotate(
        classroom=_summed(Sum("hours", filter=CLASSROOM), year),
        online=_summed(Sum("hours", filter=ONLINE), year),
        counted=_counted(rules, year),
        required=_by_basis(*(Value(rules.required(basis), output_field=HOURS) for basis in BASES), field=HOURS),
        online_counts=Value(rules.online_counts),
        online_cap=Value(rules.online_cap),
        elapsed=days_gone(min(today, date(year, 12, 31)), year),
        whole=_whole(year),
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


def reckoned(row: Any, *, year: int) -> Reckoning:
    """The reckoning of a row of `with_hours`."""
    return Reckoning(
        year=year,
        basis=basis_of(row.status, row.post_level, row.rank_order),
        classroom=row.classroom,
        online=row.online,
        counted=row.counted,
        required=row.required,
        online_counts=row.online_counts,
        online_cap=row.online_cap,
        elapsed=row.elapsed,
        whole=row.whole,
    )


def sums_of(trainee: Any, year: int) -> dict[int, Sums]:
    """Classroom and online hours of one file in each year that may count by the end of `year`; one query."""
    rows: Any = entries_of(first_year(Basis.COUNTY, year), year).filter(trainee=trainee).order_by()
    by_year = rows.values_list("earned_on__year").annotate(
        classroom=Coalesce(Sum("hours", filter=CLASSROOM), NONE), online=Coalesce(Sum("hours", filter=ONLINE), NONE)
    )
    return {of: (classroom, online) for of, classroom, online in by_year}


def entries_of(year: int, last: int | None = None) -> "QuerySet[HoursEntry]":
    """What stands in `year`, or from it until `last`."""
    return HoursEntry.objects.standing().filter(earned_on__range=(date(year, 1, 1), date(last or year, 12, 31)))


def days_gone(day: date, year: int) -> Case:
    """Days until `day`, both included, since the first one that counts or reporting for duty; 1 at least."""
    return _by_basis(*(_since(first_year(basis, year), day) for basis in BASES))


def _whole(year: int) -> Case:
    """As `requirement.days_of`: county level always has five years."""
    begin, last = date(first_year(Basis.COUNTY, year), 1, 1), date(year, 12, 31)
    return _by_basis(_since(year, last), Value((last - begin).days + 1))


def _since(year: int, day: date) -> Func:
    template = f"GREATEST(DATE '{day.isoformat()}' - GREATEST(%(expressions)s, DATE '{year:04d}-01-01') + 1, 1)"
    return Func(F("arrived_on"), template=template, output_field=IntegerField())


def _counted(rules: Rules, year: int) -> Case:
    """What counts of the year; of county level of five years, one by one where online hours have a limit in each."""
    total, first = _counting(rules), first_year(Basis.COUNTY, year)
    spans = [(of, of) for of in range(first, year + 1)] if rules.counted_online else [(first, year)]
    return _by_basis(_summed(total, year), reduce(add, (_summed(total, *span) for span in spans)), field=HOURS)


def _summed(total: Any, year: int, last: int | None = None) -> Any:
    rows = entries_of(year, last).filter(trainee=OuterRef("pk")).order_by().values("trainee")
    return Coalesce(Subquery(rows.annotate(total=total).values("total"), output_field=HOURS), NONE)


def _counting(rules: Rules) -> Any:
    classroom = Coalesce(Sum("hours", filter=CLASSROOM), NONE)
    if not rules.counted_online:
        return classroom
    online = Coalesce(Sum("hours", filter=ONLINE), NONE)
    most = Value(Decimal(rules.counted_online), output_field=HOURS)
    return classroom + Least(online, most, output_field=HOURS)


def _by_basis(yearly: Any, county: Any, *, field: Any = None) -> Case:
    """One of both by the rule that holds for the file; in the order of BASES."""
    return Case(When(IS_COUNTY, then=county), default=yearly, output_field=field or IntegerField())
