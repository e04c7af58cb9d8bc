"""What work achievements ask of units: to verify what their people submitted."""

from typing import TYPE_CHECKING, Any

from django.db.models import Case, DateField, F, Q, When
from django.utils.translation import gettext_lazy as _

from cadre_app.achievements.models import Achievement, AchievementState
from cadre_app.core.demands import UNITS, Demand, demands
from cadre_app.core.roles import Role
from cadre_app.people.demands import at_the_unit_of_the_day

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked


def announce() -> None:
    """Called once, when the app is ready."""
    demands.register("achievements.unit", Demand(_("Work achievements to be verified"), UNITS, 20, with_the_unit))


def with_the_unit(asked: "Asked") -> "QuerySet[Any]":
    """By the day on which the unit verified it; one that still waits by the day on which it came."""
    days = (asked.since, asked.as_of)
    waits = Q(state=AchievementState.UNIT)
    rows = Achievement.objects.standing().filter(
        (waits & Q(state_since__range=days)) | (~waits & Q(unit_verified_on__range=days))
    )
    day = Case(When(waits, then=F("state_since")), default=F("unit_verified_on"), output_field=DateField())
    return at_the_unit_of_the_day(rows, asked, Role.STAFF, Role.LEADER, day=day, what="title")
