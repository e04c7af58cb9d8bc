"""What postings, leave and field research ask: reports of people, confirmations and appraisals of units."""

from typing import TYPE_CHECKING, Any

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.models import (
    Leave,
    LeaveState,
    Posting,
    PostingAppraisal,
    PostingState,
    ProjectState,
    ResearchMember,
    TermReview,
)
from cadre_app.assignments.models.research import OVERSEERS
from cadre_app.assignments.policies import TERM_REVIEW_DAYS
from cadre_app.core.demands import PERSONS, UNITS, Demand, demands
from cadre_app.people.demands import about_files, at_the_unit_of_the_day, still_there
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked


def announce() -> None:
    """Called once, when the app is ready."""
    demands.register("assignments.reports", Demand(_("Research reports due"), PERSONS, 50, reports))
    demands.register("assignments.summaries", Demand(_("Own summary of the village term"), PERSONS, 62, summaries))
    demands.register("assignments.leaves", Demand(_("Leave to be confirmed"), UNITS, 30, leaves))
    demands.register("assignments.appraisals", Demand(_("Appraisals to be written as host"), UNITS, 40, appraisals))


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
    """Of the end of a village term, from the day on which its review opens by the setting, or on which it was handed in
    before that; a term that ended early, or a person who had left by then, was asked only what is there.
    """
    opens = ExpressionWrapper(F("due_on") - Value(TERM_REVIEW_DAYS.now()), output_field=DateField())
    rows = TermReview.objects.standing().annotate(asked_on=Least(opens, F("summary_on")))
    rows = rows.filter(
        Q(summary_on__isnull=False) | (Q(term__is_cut_short=False) & still_there("asked_on", file="term__trainee")),
        asked_on__range=(asked.since, asked.as_of),
        term__voided_at=None,
        term__trainee__in=files_of(asked, *OVERSEERS).values("pk"),
    )
    return rows.annotate(asked_of=F("term__trainee_id"), asked_what=F("term__village__name"))


def leaves(asked: "Asked") -> "QuerySet[Any]":
    """Asked for by the person, or confirmed, by the day on which it was last asked for and the unit of that day; what staff
    entered asked nobody, what was withdrawn before the unit's word asks nothing any more.
    """
    by_person = Q(requested_by=F("trainee__person__account"))
    waits = Q(state=LeaveState.REQUESTED)
    rows = Leave.objects.standing().filter(
        Q(confirmed_on__isnull=False) | waits | (by_person & ~Q(state=LeaveState.WITHDRAWN)),
        requested_on__range=(asked.since, asked.as_of),
    )
    return at_the_unit_of_the_day(rows, asked, *OVERSEERS, day=F("requested_on"), what="trainee__person__name")


def appraisals(asked: "Asked") -> "QuerySet[Any]":
    """Of hosts that are units of the district, by the day on which the return was recorded, wherever those are from about
    whom they write; of what came in as closed on paper nobody was asked.
    """
    here = PostingAppraisal.objects.standing().filter(posting=OuterRef("pk"), confirmed_by__isnull=False)
    rows = Posting.objects.standing().filter(
        Q(paper_signatory="") | Q(state=PostingState.RETURNED) | Exists(here),
        returned_on__range=(asked.since, asked.as_of),
        unit__isnull=False,
    )
    named = about_files(rows, asked, *OVERSEERS, what="trainee__person__name")
    found: QuerySet[Any] = named.annotate(asked_of=F("unit_id"), asked_on=F("returned_on"))
    return found
