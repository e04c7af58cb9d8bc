"""What the end of a probation asks: the own summary of the person, the opinion of the unit."""

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cadre_app.core.demands import PERSONS, UNITS, Demand, demands
from cadre_app.core.roles import Role
from cadre_app.people.demands import at_the_unit_of_the_day
from cadre_app.people.figures import files_of
from cadre_app.probation.models import Probation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked

READERS = (Role.STAFF, Role.LEADER)


def announce() -> None:
    """Called once, when the app is ready."""
    demands.register("probation.summaries", Demand(_("Summary at the end of probation"), PERSONS, 60, summaries))
    demands.register("probation.opinions", Demand(_("Opinion at the end of probation"), UNITS, 80, opinions))


def summaries(asked: "Asked") -> "QuerySet[Any]":
    """By the day on which it was handed in."""
    rows = Probation.objects.standing().filter(
        summary_on__range=(asked.since, asked.as_of), trainee__in=files_of(asked, *READERS).values("pk")
    )
    return rows.annotate(asked_of=F("trainee_id"), asked_on=F("summary_on"), asked_what=F("trainee__person__name"))


def opinions(asked: "Asked") -> "QuerySet[Any]":
    """Of the unit in which the person was on the day of the opinion."""
    rows = Probation.objects.standing().filter(opinion_on__range=(asked.since, asked.as_of))
    return at_the_unit_of_the_day(rows, asked, *READERS, day=F("opinion_on"), what="trainee__person__name")
