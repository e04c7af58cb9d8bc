"""Giving a course ties the teacher to those on its roster (ACCESS.md, "scope"), by name and unit."""

from typing import TYPE_CHECKING, Any

from cadre_app.accounts.models import AccountKind
from cadre_app.core.registries import Relation, relations
from cadre_app.training.models import Enrolment, Place, SessionState
from cadre_app.training.models.sessions import taught_by

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

TRAINER = "trainer"
RUNS = (SessionState.PLANNED, SessionState.OPEN, SessionState.FINISHED)


def announce() -> None:
    """Called once, when the app is ready."""
    relations.register(TRAINER, Relation("name", taught))


def taught(user: "User") -> "QuerySet[Any, Any]":
    """Keys of those on the rosters of the own sessions until hours are posted; nothing is asked for other accounts."""
    if user.kind != AccountKind.TRAINER:
        return Enrolment.objects.none().values("trainee")
    rows = Enrolment.objects.standing().filter(taught_by(user, "session__"), place=Place.ENROLLED)
    return rows.filter(session__state__in=RUNS).values("trainee")
