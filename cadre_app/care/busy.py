"""When somebody is taken by a booked talk; nothing is said about what it is for."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.care.models import Talk, TalkState
from cadre_app.core.busy import Busy, Taken, busies

HOUR = timedelta(hours=1)


def announce() -> None:
    """Called once, when the app is ready."""
    busies.register("care.talks", Busy(gettext_lazy("Heart-to-heart talks"), taken))


def taken(trainees: Collection[UUID], starts: datetime, ends: datetime) -> list[Taken]:
    """Booked talks of these people; each is taken to last an hour."""
    booked = Talk.objects.standing().filter(trainee__in=trainees, state=TalkState.BOOKED)
    rows = booked.filter(booked_at__gt=starts - HOUR, booked_at__lt=ends).order_by()
    return [
        Taken(trainee, at, at + HOUR, _("Heart-to-heart talk"), key)
        for trainee, at, key in rows.values_list("trainee", "booked_at", "pk")
        if at is not None
    ]
