"""What the end of a probation asks: the own summary of the person, the opinion of the unit."""

from typing import TYPE_CHECKING, Any

from django.db.models import DateField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from cadre_app.core.demands import PERSONS, UNITS, Demand, demands
from cadre_app.core.roles import Role
from cadre_app.people.demands import at_the_unit_of_the_day, still_there
from cadre_app.people.figures import files_of
from cadre_app.probation.models import Probation
from cadre_app.probation.policies import OPEN_DAYS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked

READERS = (Role.STAFF, Role.LEADER)


def announce() -> None:
    """Called once, when the app is ready."""
    demands.register("probation.summaries", Demand(_("Summary at the end of probation"), PERSONS, 60, summaries))
    demands.register("probation.opinions", Demand(_("Opinion at the end of probation"), UNITS, 80, opinions))


def summaries(asked: "Asked") -> "QuerySet[Any]":
    """From the day on which it can be written by the setting, or on which it was handed in before that; of who had left by
    then only what is there.
    """
    end = Coalesce("ended_on", "trainee__probation_ends_on")
    opens = ExpressionWrapper(end - Value(OPEN_DAYS.now()), output_field=DateField())
    rows = Probation.objects.standing().annotate(asked_on=Least(opens, F("summary_on")))
    rows = rows.filter(
        Q(summary_on__isnull=False) | still_there("asked_on"),
        asked_on__range=(asked.since, asked.as_of),
        trainee__in=files_of(asked, *READERS).values("pk"),
    )
    return rows.annotate(asked_of=F("trainee_id"), asked_what=F("trainee__person__name"))


def opinions(asked: "Asked") -> "QuerySet[Any]":
    """From the day on which the own summary was handed in, of the unit in which the person was then."""
    days = (asked.since, asked.as_of)
    rows = Probation.objects.standing().filter(
        Q(summary_on__range=days) | Q(summary_on=None, opinion_on__range=days),
    )
    day = Coalesce("summary_on", "opinion_on")
    return at_the_unit_of_the_day(rows, asked, *READERS, day=day, what="trainee__person__name")
