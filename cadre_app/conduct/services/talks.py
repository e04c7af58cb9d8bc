"""A talk after criticism: staff are told that one is due, not why (PRODUCT.md, "Talks")."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from cadre_app.care.models import Occasion
from cadre_app.care.services import triggers

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

RECENT = timedelta(days=30)


def call_for_talk(trainee: "Trainee", day: date, *, actor: "User") -> None:
    """For what happened within the last 30 days; the occasion names nothing of the entry behind it, not even its day."""
    today = timezone.localdate()
    if day >= today - RECENT:
        triggers.add_trigger(trainee, occasion=Occasion.SETBACK, happened_on=today, actor=actor)
