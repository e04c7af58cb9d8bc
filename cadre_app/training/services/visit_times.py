"""A study visit takes its day: what others are warned of who plan something for those who take part."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.busy import Taken
from cadre_app.training.models import VisitMember, VisitState

FIRST, LAST = time(8, 0), time(18, 0)
INSTANT = timedelta(microseconds=1)


def span(day: date) -> tuple[datetime, datetime]:
    """The hours of the local day that a visit takes."""
    return timezone.make_aware(datetime.combine(day, FIRST)), timezone.make_aware(datetime.combine(day, LAST))


def taken(trainees: Collection[UUID], starts: datetime, ends: datetime) -> list[Taken]:
    """Visits of these people in this time that were not cancelled; one query."""
    days = timezone.localdate(starts), timezone.localdate(ends - INSTANT)
    rows = VisitMember.objects.standing().filter(
        trainee__in=trainees, visit__visited_on__range=days, visit__voided_at=None
    )
    found = []
    for member in rows.exclude(visit__state=VisitState.CANCELLED).select_related("visit"):
        first, last = span(member.visit.visited_on)
        if first < ends and last > starts:
            text = _("Study visit: %(title)s") % {"title": member.visit.title}
            found.append(Taken(member.trainee_id, first, last, text, key=member.visit_id))
    return found
