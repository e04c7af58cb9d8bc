"""Reminders as something asked: each that was told counts once, whatever it was about and whether it was read.

What a reminder is about may be restricted, so that only its day is shown.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from cadre_app.core.days import end_of, start_of
from cadre_app.core.demands import MENTORS, PERSONS, UNITS, Demand, demands, parties
from cadre_app.core.roles import Role
from cadre_app.people.figures import files_of
from cadre_app.reminders.models import Channel, Notice

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked

LABEL = _("Reminders told")
LAST = 900


def announce() -> None:
    """Called once, when the app is ready."""
    demands.register("reminders.persons", Demand(LABEL, PERSONS, LAST, to_people))
    demands.register("reminders.mentors", Demand(LABEL, MENTORS, LAST, to_mentors))
    demands.register("reminders.units", Demand(LABEL, UNITS, LAST, to_liaisons))


def to_people(asked: "Asked") -> "QuerySet[Any]":
    """To the accounts of people with a growth file."""
    accounts = files_of(asked, Role.STAFF, Role.LEADER).exclude(person__account=None).values("person__account")
    rows = _told(asked).filter(recipient__in=accounts)
    found: QuerySet[Any] = rows.annotate(asked_of=F("recipient__person__trainee__pk"))
    return found


def to_mentors(asked: "Asked") -> "QuerySet[Any]":
    """To the accounts of mentors, whatever the reminder was about."""
    accounts = parties[MENTORS].rows(asked).order_by().exclude(account=None).values("account")
    rows = _told(asked).filter(recipient__in=accounts)
    found: QuerySet[Any] = rows.annotate(asked_of=F("recipient__person__pk"))
    return found


def to_liaisons(asked: "Asked") -> "QuerySet[Any]":
    """To the liaisons of units, at the unit for which they worked on that day."""
    day = F("asked_on")
    held = Q(recipient__grants__valid_until=None) | Q(recipient__grants__valid_until__gte=day)
    rows = _told(asked).filter(
        held,
        recipient__grants__role=Role.LIAISON,
        recipient__grants__voided_at=None,
        recipient__grants__valid_from__lte=day,
    )
    found: QuerySet[Any] = rows.annotate(asked_of=F("recipient__grants__unit_id"))
    return found


def _told(asked: "Asked") -> "QuerySet[Any]":
    rows = Notice.objects.filter(
        channel=Channel.INBOX, created_at__gte=start_of(asked.since), created_at__lt=end_of(asked.as_of)
    )
    found: QuerySet[Any] = rows.annotate(asked_on=TruncDate("created_at"), asked_what=Value("", CharField()))
    return found
