"""Sessions and visits are the district's: they belong to a unit when somebody of it was on the roster."""

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from cadre_app.people import conditions
from cadre_app.people.models import Trainee
from cadre_app.training.models import Enrolment, Place, VisitMember

if TYPE_CHECKING:
    from cadre_app.org.models import Unit
    from cadre_app.people.models.trainees import TraineeQuerySet


def on_roster(units: "Collection[Unit]", day: date) -> Exists:
    """For a session: somebody who was of one of `units` or below on a day has a place on its roster."""
    seats = Enrolment.objects.standing().filter(trainee__in=_files(units, day).values("pk"), session=OuterRef("pk"))
    return Exists(seats.filter(place=Place.ENROLLED).order_by())


def on_visit(units: "Collection[Unit]", day: date) -> Exists:
    """For a study visit: somebody who was of one of `units` or below on a day is on its list."""
    members = VisitMember.objects.standing().filter(trainee__in=_files(units, day).values("pk"), visit=OuterRef("pk"))
    return Exists(members.order_by())


def _files(units: "Collection[Unit]", day: date) -> "TraineeQuerySet":
    files = [conditions.of_unit(Trainee.objects.order_by(), unit, day) for unit in units]
    return (
        files[0]
        if len(files) == 1
        else Trainee.objects.order_by().filter(reduce(or_, (Q(pk__in=each.values("pk")) for each in files)))
    )
