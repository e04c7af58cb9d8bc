"""What the database computes of postings and village terms for 合规提示: days served, days stood still, last days."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import DateField, F, Func, IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce

from cadre_app.people.models import VillageTerm

if TYPE_CHECKING:
    from django.db.models import QuerySet

_INTEGER = IntegerField()


def served_on(months: int) -> Func:
    """From which day on the months are served: later by interruptions, sooner by the terms before."""
    template = f"((%(expressions)s) + interval '{int(months)} months')::date"
    months_later = Func(F("term_from"), template=template, output_field=DateField())
    days = Coalesce(F("interrupted"), 0) - Coalesce(F("served_before"), 0)
    return Func(months_later, days, arg_joiner=" + ", template="(%(expressions)s)", output_field=DateField())


def served_before() -> Subquery:
    """Days in the village in the terms that were over before the last one, interruptions left out; NULL for none."""
    earlier = VillageTerm.objects.standing().filter(
        trainee=OuterRef("trainee"), started_on__lt=OuterRef("term_from"), ended_on__isnull=False
    )
    whole = Func("ended_on", "started_on", arg_joiner=" - ", template="(%(expressions)s + 1)", output_field=_INTEGER)
    days = Cast(Sum(whole - Coalesce(days_interrupted(), 0)), _INTEGER)
    return Subquery(earlier.order_by().values("trainee").annotate(days=days).values("days"), output_field=_INTEGER)


def days_interrupted() -> Func:
    """By how many days the planned end of a village term was moved (`people.services.terms.due_day`)."""
    template = "((%(expressions)s)::date - 1)"
    planned = Func("started_on", "months", arg_joiner=" + interval '1 month' * ", template=template)
    return Func("due_on", planned, arg_joiner=" - ", template="(%(expressions)s)", output_field=IntegerField())


def terms_meanwhile(day: date) -> "QuerySet[VillageTerm]":
    """Standing village terms into which days of the posting fall (as `posting_checks.village_term_of`)."""
    start, last = OuterRef("started_on"), Coalesce(OuterRef("covered_until"), Value(date.max))
    goes_on = Q(ended_on=None) & (Q(due_on=None) | Q(due_on__gte=start) | Q(due_on__lt=day))
    terms = VillageTerm.objects.standing().filter(trainee=OuterRef("trainee"), started_on__lte=last)
    return terms.filter(Q(ended_on__gte=start) | goes_on)


def months_after(column: str, months: int, *, less: str = "0 days") -> Func:
    """The day `months` after that of the column, `less` an interval of the database."""
    template = f"(%(expressions)s + interval '{int(months)} months' - interval '{less}')::date"
    return Func(F(column), template=template, output_field=DateField())
