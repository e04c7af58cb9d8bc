"""Reminders as something asked: each that was told counts once, whether or not it was read.

What a reminder is about may be restricted, so that only its day is shown.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, UUIDField, Value, When
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.models import Grant
from cadre_app.core.days import end_of, start_of
from cadre_app.core.demands import MENTORS, PERSONS, UNITS, Demand, demands, parties
from cadre_app.core.roles import Role
from cadre_app.people.demands import home_on
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
    """To the accounts of mentors, about mentees of the scope; and what they have to do as mentors that is about no file."""
    accounts = parties[MENTORS].rows(asked).order_by().exclude(account=None).values("account")
    files = files_of(asked, Role.STAFF, Role.LEADER).values("pk")
    own = Q(occurrence__trainee=None, occurrence__doer=F("recipient"))
    rows = _told(asked).filter(Q(occurrence__trainee__in=files) | own, occurrence__isnull=False, recipient__in=accounts)
    found: QuerySet[Any] = rows.annotate(asked_of=F("recipient__person__pk"))
    return found


def to_liaisons(asked: "Asked") -> "QuerySet[Any]":
    """To the liaisons of units and no business of theirs alone, once: at the unit in which whom it is about was on that day;
    about nobody, at the first of the units for which they worked then.
    """
    held = Grant.objects.standing().filter(
        Q(valid_until=None) | Q(valid_until__gte=OuterRef("asked_on")),
        user=OuterRef("recipient"),
        role=Role.LIAISON,
        valid_from__lte=OuterRef("asked_on"),
    )
    liaisons = Grant.objects.standing().filter(role=Role.LIAISON).values("user")
    rows = _told(asked).filter(recipient__in=liaisons).exclude(occurrence__is_personal=True)
    of_file = home_on(asked, file="occurrence__trainee", day="asked_on")
    first = Subquery(held.order_by("unit__path").values("unit")[:1])
    about = When(occurrence__trainee__isnull=False, then=of_file)
    found: QuerySet[Any] = rows.filter(Exists(held)).annotate(
        asked_of=Case(about, default=first, output_field=UUIDField())
    )
    return found


def _told(asked: "Asked") -> "QuerySet[Any]":
    rows = Notice.objects.filter(
        channel=Channel.INBOX, created_at__gte=start_of(asked.since), created_at__lt=end_of(asked.as_of)
    )
    found: QuerySet[Any] = rows.annotate(asked_on=TruncDate("created_at"), asked_what=Value("", CharField()))
    return found
