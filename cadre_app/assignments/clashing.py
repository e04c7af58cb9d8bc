"""When somebody is taken whole: full-time postings and approved leave. What it is for is not said."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.assignments.models import PostingMode, PostingState
from cadre_app.assignments.stretches import leaves_within, postings_within
from cadre_app.core.busy import Busy, Taken, busies
from cadre_app.core.days import end_of, start_of

APPROVED = (PostingState.APPROVED, PostingState.RETURNED, PostingState.CLOSED)
MOMENT = timedelta(microseconds=1)


def announce() -> None:
    """Called once, when the app is ready."""
    busies.register("assignments.postings", Busy(gettext_lazy("Full-time postings"), taken_by_postings))
    busies.register("assignments.leaves", Busy(gettext_lazy("Leave"), taken_by_leave))


def taken_by_postings(trainees: Collection[UUID], starts: datetime, ends: datetime) -> list[Taken]:
    """Full-time postings that are approved: kind and host. Those not returned take every day until today."""
    first, last, today = *_days(starts, ends), timezone.localdate()
    rows = postings_within(first, last, today).filter(trainee__in=trainees, mode=PostingMode.FULL, state__in=APPROVED)
    found = []
    for one in rows.select_related("unit").order_by():
        until = one.covered_until
        if one.ended_on is None and until is not None and until < today:
            until = today
        span = start_of(one.started_on), end_of(until) if until is not None else max(ends, end_of(last))
        text = _("%(kind)s at %(host)s") % {"kind": one.get_kind_display(), "host": one.host}
        found.append(Taken(one.trainee_id, *span, text, one.pk, is_whole=True))
    return found


def taken_by_leave(trainees: Collection[UUID], starts: datetime, ends: datetime) -> list[Taken]:
    """Approved leave, also of those who are not back yet; neither its kind nor its reason is said."""
    first, last, today = *_days(starts, ends), timezone.localdate()
    rows = leaves_within(first, last, today).filter(trainee__in=trainees).order_by()
    found = []
    for one in rows:
        until = one.ended_on or (max(one.due_on, today) if one.started_on <= today else one.due_on)
        text = pgettext("time that is taken", "Leave")
        found.append(Taken(one.trainee_id, start_of(one.started_on), end_of(until), text, one.pk, is_whole=True))
    return found


def _days(starts: datetime, ends: datetime) -> tuple[date, date]:
    """The local days that the time touches; one that ends at midnight does not touch the day that begins there."""
    return timezone.localtime(starts).date(), timezone.localtime(max(ends - MOMENT, starts)).date()
