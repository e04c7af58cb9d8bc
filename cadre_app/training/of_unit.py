"""Sessions and visits are the district's: they belong to a unit when somebody of it was on the roster."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from cadre_app.org.paths import any_of
from cadre_app.training.models import Enrolment, Place, VisitMember

if TYPE_CHECKING:
    from cadre_app.org.models import Unit

HOME = "trainee__home_unit__path"


def on_roster(unit: "Unit") -> Exists:
    """For a session: somebody of `unit` or below has a place on its roster."""
    seats = Enrolment.objects.standing().filter(any_of((unit.range,), HOME), session=OuterRef("pk"))
    return Exists(seats.filter(place=Place.ENROLLED).order_by())


def on_visit(unit: "Unit") -> Exists:
    """For a study visit: somebody of `unit` or below is on its list."""
    return Exists(VisitMember.objects.standing().filter(any_of((unit.range,), HOME), visit=OuterRef("pk")).order_by())
