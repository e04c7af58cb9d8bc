"""What postings, leave and field research ask: reports of people, confirmations and appraisals of units."""

from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.models import Leave, PostingAppraisal, ProjectState, ResearchMember
from cadre_app.assignments.models.research import OVERSEERS
from cadre_app.core.demands import PERSONS, UNITS, Demand, demands
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked


def announce() -> None:
    """Called once, when the app is ready."""
    demands.register("assignments.reports", Demand(_("Research reports due"), PERSONS, 50, reports))
    demands.register("assignments.leaves", Demand(_("Leave to be confirmed"), UNITS, 30, leaves))
    demands.register("assignments.appraisals", Demand(_("Appraisals written as host"), UNITS, 40, appraisals))


def reports(asked: "Asked") -> "QuerySet[Any]":
    """Of everybody in the team on the day the report is due; dropped ones ask nothing."""
    rows = ResearchMember.objects.standing().filter(
        Q(left_on=None) | Q(left_on__gt=F("project__due_on")),
        project__voided_at=None,
        project__due_on__range=(asked.since, asked.as_of),
        trainee__in=files_of(asked, *OVERSEERS).values("pk"),
    )
    rows = rows.exclude(project__state=ProjectState.DROPPED)
    return rows.annotate(asked_of=F("trainee_id"), asked_on=F("project__due_on"), asked_what=F("project__title"))


def leaves(asked: "Asked") -> "QuerySet[Any]":
    """Confirmed by the unit of the person, by the day of the confirmation."""
    rows = Leave.objects.standing().filter(
        confirmed_on__range=(asked.since, asked.as_of), trainee__in=files_of(asked, *OVERSEERS).values("pk")
    )
    name = F("trainee__person__name")
    return rows.annotate(asked_of=F("trainee__home_unit_id"), asked_on=F("confirmed_on"), asked_what=name)


def appraisals(asked: "Asked") -> "QuerySet[Any]":
    """Of hosts that are units of the district, about people of the scope, by the day of writing."""
    rows = PostingAppraisal.objects.standing().filter(
        written_on__range=(asked.since, asked.as_of),
        posting__voided_at=None,
        posting__unit__isnull=False,
        posting__trainee__in=files_of(asked, *OVERSEERS).values("pk"),
    )
    name = F("posting__trainee__person__name")
    return rows.annotate(asked_of=F("posting__unit_id"), asked_on=F("written_on"), asked_what=name)
