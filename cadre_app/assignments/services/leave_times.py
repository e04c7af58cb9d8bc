"""Leave takes its days: what others are warned of who plan something for somebody who is away."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import Leave
from cadre_app.core.busy import Taken
from cadre_app.core.days import end_of, start_of

INSTANT = timedelta(microseconds=1)


def taken(trainees: Collection[UUID], starts: datetime, ends: datetime) -> list[Taken]:
    """Approved and ended leave of these people in this time; one query. The kind is nobody's business who plans."""
    first, last = timezone.localdate(starts), timezone.localdate(ends - INSTANT)
    rows = Leave.objects.taking().filter(trainee__in=trainees, started_on__lte=last)
    rows = rows.filter(Q(ended_on__gte=first) | Q(ended_on=None, due_on__gte=first))
    return [
        Taken(
            leave.trainee_id, start_of(leave.started_on), end_of(leave.ended_on or leave.due_on), _("On leave"),
            key=leave.pk, is_whole=True,
        )
        for leave in rows
    ]  # fmt: skip
