"""What lies on the days of an outside course: a hint for whoever verifies it, never a refusal."""

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.training.models import (
    Enrolment,
    Outcome,
    OutsideCourse,
    Place,
    SessionState,
    VisitMember,
    VisitState,
)
from cadre_app.training.models.choices import AWAY


def of_course(course: OutsideCourse) -> list[str]:
    """Other outside courses, sessions and study visits on these days, in words; three queries."""
    first, last = course.started_on, course.ended_on
    others = OutsideCourse.objects.standing().filter(
        trainee=course.trainee_id, started_on__lte=last, ended_on__gte=first
    )
    places = Enrolment.objects.standing().filter(trainee=course.trainee_id, place=Place.ENROLLED)
    places = places.filter(session__starts_on__lte=last, session__ends_on__gte=first, session__voided_at=None)
    places = places.exclude(session__state=SessionState.CANCELLED).exclude(outcome=Outcome.ABSENT)
    visits = VisitMember.objects.standing().filter(trainee=course.trainee_id, visit__visited_on__range=(first, last))
    visits = visits.exclude(presence__in=AWAY).exclude(visit__state=VisitState.CANCELLED).filter(visit__voided_at=None)
    found = [_named(other.title, other.started_on, other.ended_on) for other in others.exclude(pk=course.pk)]
    found += [
        _named(place.session.course.title, place.session.starts_on, place.session.ends_on)
        for place in places.select_related("session__course").order_by("session__starts_on", "pk")
    ]
    found += [
        _named(member.visit.title, member.visit.visited_on, member.visit.visited_on)
        for member in visits.select_related("visit").order_by("visit__visited_on", "pk")
    ]
    return found


def _named(title: str, first: date, last: date) -> str:
    if first == last:
        return _("%(title)s on %(day)s") % {"title": title, "day": formats.date_format(first)}
    days = {"title": title, "first": formats.date_format(first), "last": formats.date_format(last)}
    return _("%(title)s, %(first)s to %(last)s") % days
