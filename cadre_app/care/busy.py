"""When somebody is taken by a booked talk or a symposium; nothing is said about what a talk is for."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.care.models import Answer, Invitation, SymposiumState, Talk, TalkState
from cadre_app.core.busy import Busy, Taken, busies

HOUR = timedelta(hours=1)


def announce() -> None:
    """Called once, when the app is ready."""
    busies.register("care.talks", Busy(gettext_lazy("Heart-to-heart talks"), taken))
    busies.register("care.symposiums", Busy(gettext_lazy("Symposiums"), taken_by_symposiums))


def taken(trainees: Collection[UUID], starts: datetime, ends: datetime) -> list[Taken]:
    """Booked talks of these people; each is taken to last an hour."""
    booked = Talk.objects.standing().filter(trainee__in=trainees, state=TalkState.BOOKED)
    rows = booked.filter(booked_at__gt=starts - HOUR, booked_at__lt=ends).order_by()
    return [
        Taken(trainee, at, at + HOUR, _("Heart-to-heart talk"), key)
        for trainee, at, key in rows.values_list("trainee", "booked_at", "pk")
        if at is not None
    ]


def taken_by_symposiums(trainees: Collection[UUID], starts: datetime, ends: datetime) -> list[Taken]:
    """Symposiums on whose list these people are, unless they asked for leave or it is cancelled."""
    first, last = timezone.localtime(starts).date(), timezone.localtime(ends).date()
    rows = Invitation.objects.standing().filter(trainee__in=trainees, symposium__voided_at=None)
    rows = rows.filter(symposium__day__range=(first, last)).exclude(answer=Answer.EXCUSED)
    rows = rows.exclude(symposium__state=SymposiumState.CANCELLED).select_related("symposium").order_by()
    found = []
    for row in rows:
        begins, closes = row.symposium.span
        if begins < ends and closes > starts:
            text = _("Symposium “%(title)s”") % {"title": row.symposium.title}
            found.append(Taken(row.trainee_id, begins, closes, text, row.symposium_id))
    return found
