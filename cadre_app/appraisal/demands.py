"""What assessments ask of units: the yearly list, and the sheets of each quarter."""

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from cadre_app.appraisal.models import QuarterlyAssessment, UnitQuota
from cadre_app.core.demands import UNITS, Demand, demands
from cadre_app.core.roles import Role
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked


def announce() -> None:
    """Called once, when the app is ready."""
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
    """Entered on one day is asked once, however many people it is about."""
    rows = QuarterlyAssessment.objects.standing().filter(
        entered_on__range=(asked.since, asked.as_of),
        trainee__in=files_of(asked, Role.STAFF, Role.LEADER).values("pk"),
    )
    name = F("trainee__person__name")
    return rows.annotate(asked_of=F("unit_id"), asked_on=F("entered_on"), asked_what=name)
