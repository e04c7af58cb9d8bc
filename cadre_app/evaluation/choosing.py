"""Where an evaluation can take place, and about whom."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from cadre_app.evaluation.permissions import OFFICE
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of
from cadre_app.people.models import Trainee, VillageTerm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User


def places(user: "User") -> "QuerySet[Unit]":
    """Units of those who set one up."""
    return Unit.objects.standing().within(user.unit_ranges(*OFFICE))


def people_at(user: "User", unit: Unit) -> "QuerySet[Trainee]":
    """People in development whom `user` works with: in the village now, or of the unit and what lies below it."""
    today = timezone.localdate()
    here = any_of((unit.range,), "village__path")
    terms = VillageTerm.objects.standing().filter(here, started_on__lte=today)
    in_village = terms.filter(Q(ended_on=None) | Q(ended_on__gte=today)).values("trainee")
    files = Trainee.objects.in_scope(user, *OFFICE).in_development()
    found = files.filter(any_of((unit.range,), "home_unit__path") | Q(pk__in=in_village))
    return found.select_related("person", "home_unit").order_by("stroke_key", "pk")
