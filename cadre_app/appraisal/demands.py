"""What assessments ask: of units the yearly list and the sheets of each quarter, of people their own report and signature."""

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from cadre_app.appraisal.models import AnnualAssessment, QuarterlyAssessment, UnitQuota
from cadre_app.core.demands import PERSONS, UNITS, Demand, demands
from cadre_app.core.roles import Role
from cadre_app.people.demands import about_files
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked

READERS = (Role.STAFF, Role.LEADER)
LONGEST = 2  # years after the end of the one that is assessed in which somebody still signs


def announce() -> None:
    """Called once, when the app is ready."""
    demands.register(
        "appraisal.own_reports", Demand(_("Own report of the annual assessment"), PERSONS, 66, own_reports)
    )
    demands.register("appraisal.signatures", Demand(_("Annual assessment to be signed"), PERSONS, 68, signatures))
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
    """个人述职 of the annual assessment, by the day of the report."""
    return _own(asked, "self_report_on")


def signatures(asked: "Asked") -> "QuerySet[Any]":
    """本人签字 under the result, by the day on which it was signed."""
    return _own(asked, "signed_on")


def _own(asked: "Asked", day: str) -> "QuerySet[Any]":
    days = (asked.since, asked.as_of)
    rows = AnnualAssessment.objects.standing().filter(
        year__range=(asked.since.year - LONGEST, asked.as_of.year),
        quota__campaign__voided_at=None,
        trainee__in=files_of(asked, *READERS).values("pk"),
        **{f"{day}__range": days},
    )
    return rows.annotate(asked_of=F("trainee_id"), asked_on=F(day), asked_what=Cast(F("year"), CharField()))
