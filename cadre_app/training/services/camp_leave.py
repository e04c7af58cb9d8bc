"""Leave from the camp takes the time of whoever is on it: others are warned of it who plan something for them."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.busy import Taken
from cadre_app.training.models import CampMember

YEAR = timedelta(days=366)


def taken(trainees: Collection[UUID], starts: datetime, ends: datetime) -> list[Taken]:
    """Those on leave, for as much of this time as their camp lasts: no end of the leave is kept. Its reason is not told."""
    rows = CampMember.objects.on_leave().filter(trainee__in=trainees, camp__voided_at=None)
    days = timezone.localdate(starts), timezone.localdate(ends)
    rows = rows.filter(joined_on__lte=days[1], camp__reference_on__gt=days[0] - YEAR)
    found = []
    for member in rows.select_related("camp"):
        first = max(starts, _begin_of(member.joined_on))
        last = min(ends, _begin_of(member.camp.reference_on + YEAR))
        if first < last:
            found.append(Taken(member.trainee_id, first, last, _("On leave from the camp"), member.pk, is_whole=True))
    return found


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
