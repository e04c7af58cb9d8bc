"""What postings, leave and field research ask: reports of people, confirmations and appraisals of units."""

from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.models import Leave, PostingAppraisal, ProjectState, ResearchMember, TermReview
from cadre_app.assignments.models.research import OVERSEERS
from cadre_app.core.demands import PERSONS, UNITS, Demand, demands
from cadre_app.people.demands import about_files, at_the_unit_of_the_day
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked


def announce() -> None:
    """Called once, when the app is ready."""
    demands.register("assignments.reports", Demand(_("Research reports due"), PERSONS, 50, reports))
    demands.register("assignments.summaries", Demand(_("Own summary of the village term"), PERSONS, 62, summaries))
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


def summaries(asked: "Asked") -> "QuerySet[Any]":
    """Of the end of a village term, by the day on which it was handed in."""
    rows = TermReview.objects.standing().filter(
        summary_on__range=(asked.since, asked.as_of),
        term__voided_at=None,
        term__trainee__in=files_of(asked, *OVERSEERS).values("pk"),
    )
    village = F("term__village__name")
    return rows.annotate(asked_of=F("term__trainee_id"), asked_on=F("summary_on"), asked_what=village)


def leaves(asked: "Asked") -> "QuerySet[Any]":
    """Confirmed by the unit in which the person was on the day of the confirmation."""
    rows = Leave.objects.standing().filter(confirmed_on__range=(asked.since, asked.as_of))
    return at_the_unit_of_the_day(rows, asked, *OVERSEERS, day=F("confirmed_on"), what="trainee__person__name")


def appraisals(asked: "Asked") -> "QuerySet[Any]":
    """Of hosts that are units of the district, by the day of writing, wherever those are from about whom they write."""
    rows = PostingAppraisal.objects.standing().filter(
        written_on__range=(asked.since, asked.as_of), posting__voided_at=None, posting__unit__isnull=False
    )
    named = about_files(rows, asked, *OVERSEERS, what="posting__trainee__person__name", file="posting__trainee")
    found: QuerySet[Any] = named.annotate(asked_of=F("posting__unit_id"), asked_on=F("written_on"))
    return found
