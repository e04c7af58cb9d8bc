"""What talks and symposiums ask of people: their time on a day."""

from typing import TYPE_CHECKING, Any

from django.db.models import Case, DateField, F, Q, When
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from cadre_app.care.models import Invitation, Occasion, SymposiumState, Talk, TalkState
from cadre_app.care.models.plans import WORKERS
from cadre_app.core.demands import PERSONS, Demand, demands
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked


def announce() -> None:
    """Called once, when the app is ready."""
    demands.register("care.talks", Demand(_("Talks"), PERSONS, 10, talks, words=lambda code: str(Occasion(code).label)))
    demands.register("care.symposiums", Demand(_("Symposiums"), PERSONS, 20, symposiums))


def talks(asked: "Asked") -> "QuerySet[Any]":
    """Held on a day, or booked for one."""
    rows = Talk.objects.standing().filter(
        Q(held_on__range=(asked.since, asked.as_of))
        | Q(state=TalkState.BOOKED, booked_at__date__range=(asked.since, asked.as_of)),
        trainee__in=files_of(asked, *WORKERS).values("pk"),
    )
    day = Case(When(held_on__isnull=False, then=F("held_on")), default=TruncDate("booked_at"), output_field=DateField())
    return rows.annotate(asked_of=F("trainee_id"), asked_on=day, asked_what=F("occasion"))


def symposiums(asked: "Asked") -> "QuerySet[Any]":
    """Invited to one that was notified or held, whoever came."""
    rows = Invitation.objects.standing().filter(
        symposium__voided_at=None,
        symposium__state__in=(SymposiumState.NOTIFIED, SymposiumState.HELD, SymposiumState.CLOSED),
        symposium__day__range=(asked.since, asked.as_of),
        trainee__in=files_of(asked, *WORKERS).values("pk"),
    )
    return rows.annotate(asked_of=F("trainee_id"), asked_on=F("symposium__day"), asked_what=F("symposium__title"))
