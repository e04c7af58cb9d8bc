"""What assessments ask: of units the yearly list and the sheets of each quarter, of people their own report and signature."""

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, Q
from django.db.models.functions import Cast, Least
from django.utils.translation import gettext_lazy as _

from cadre_app.appraisal.models import (
    AnnualAssessment,
    AnnualCorrection,
    NoGrade,
    QuarterlyAssessment,
    UnitQuota,
    is_asked_to_sign,
    is_assessed,
)
from cadre_app.core.demands import PERSONS, UNITS, Demand, demands
from cadre_app.core.roles import Role
from cadre_app.people.demands import about_files, still_there
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked

READERS = (Role.STAFF, Role.LEADER)
LONGEST = 2  # years after the end of the one that is assessed in which somebody still signs
NOT_ASSESSED = (NoGrade.AWAY, NoGrade.CASE_OPEN, NoGrade.TRANSFERRED)


def announce() -> None:
    """Called once, when the app is ready."""
    demands.register(
        "appraisal.own_reports", Demand(_("Own report of the annual assessment"), PERSONS, 66, own_reports)
    )
    demands.register("appraisal.signatures", Demand(_("Annual assessment to be signed"), PERSONS, 68, signatures))
    again = Demand(_("Corrected annual assessment to be signed"), PERSONS, 69, signatures_again)
    demands.register("appraisal.signatures_again", again)
    demands.register("appraisal.annual", Demand(_("Annual assessment to be entered"), UNITS, 50, annual))
    demands.register(
        "appraisal.quarterly", Demand(_("Quarterly assessment entered"), UNITS, 60, quarterly, by_day=True)
    )


def annual(asked: "Asked") -> "QuerySet[Any]":
    """Each unit that has people to assess, once a year, by the last day for entering."""
    days = (asked.since, asked.as_of)
    rows = UnitQuota.objects.of_open_years().filter(campaign__ends_on__range=days)
    year = Cast(F("campaign__year"), CharField())
    return rows.annotate(asked_of=F("unit_id"), asked_on=F("campaign__ends_on"), asked_what=year)


def quarterly(asked: "Asked") -> "QuerySet[Any]":
    """Entered on one day is asked once, however many people it is about; history from paper was asked of nobody."""
    rows = QuarterlyAssessment.objects.kept_here().filter(entered_on__range=(asked.since, asked.as_of))
    named = about_files(rows, asked, *READERS, what="trainee__person__name")
    found: QuerySet[Any] = named.annotate(asked_of=F("unit_id"), asked_on=F("entered_on"))
    return found


def own_reports(asked: "Asked") -> "QuerySet[Any]":
    """个人述职 of everybody who is assessed, from the day on which the year is opened for entering, or of the report before
    that; who was not assessed in the end was asked only what is there.
    """
    rows = _of_years(asked).filter(is_assessed(), paper_signatory="")
    rows = rows.exclude(self_report_on=None, no_grade__in=NOT_ASSESSED)
    day = Least(F("quota__campaign__starts_on"), F("self_report_on"))
    return _on_days(rows, asked, day, done=Q(self_report_on__isnull=False))


def signatures(asked: "Asked") -> "QuerySet[Any]":
    """本人签字 under the result, signed or not, by the day of the filing; history from paper was asked of nobody."""
    rows = _of_years(asked).filter(filed_on__isnull=False, paper_signatory="")
    return _on_days(rows, asked, F("filed_on"), done=Q(signed_on__isnull=False))


def signatures_again(asked: "Asked") -> "QuerySet[Any]":
    """The same under what was corrected after the filing, by the day on which the correction was signed off."""
    rows = AnnualCorrection.objects.signed().filter(
        is_asked_to_sign("decided_on", "assessment__"),
        still_there("decided_on", file="assessment__trainee"),
        decided_on__range=(asked.since, asked.as_of),
        assessment__filed_on__lt=F("decided_on"),
        assessment__voided_at=None,
        assessment__quota__campaign__voided_at=None,
        assessment__trainee__in=files_of(asked, *READERS).values("pk"),
    )
    year = Cast(F("assessment__year"), CharField())
    return rows.annotate(asked_of=F("assessment__trainee_id"), asked_on=F("decided_on"), asked_what=year)


def _of_years(asked: "Asked") -> "QuerySet[Any]":
    """Those of the years in which something can have been asked."""
    found: QuerySet[Any] = AnnualAssessment.objects.standing().filter(
        year__range=(asked.since.year - LONGEST, asked.as_of.year),
        quota__campaign__voided_at=None,
        trainee__in=files_of(asked, *READERS).values("pk"),
    )
    return found


def _on_days(rows: "QuerySet[Any]", asked: "Asked", day: Any, *, done: Q) -> "QuerySet[Any]":
    """Asked on a `day` of the period; of whoever had left by then only what is `done`."""
    rows = rows.annotate(asked_on=day).filter(
        done | still_there("asked_on"), asked_on__range=(asked.since, asked.as_of)
    )
    found: QuerySet[Any] = rows.annotate(asked_of=F("trainee_id"), asked_what=Cast(F("year"), CharField()))
    return found
