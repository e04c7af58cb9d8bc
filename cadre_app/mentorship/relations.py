"""A running pairing ties the mentor to the trainee's file (ACCESS.md, "scope")."""

from typing import TYPE_CHECKING, Any

from cadre_app.core.registries import Relation, relations
from cadre_app.mentorship.models import Pairing
from cadre_app.mentorship.models.pairings import mentored_by
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

MENTOR = "mentor"


def announce() -> None:
    """Called once, when the app is ready."""
    relations.register(MENTOR, Relation(MENTOR, mentees, mentors))


def mentees(user: "User") -> "QuerySet[Any, Any]":
    """Keys of the trainees whom `user` mentors now; nothing is asked for an account that is nobody's."""
    pairings = Pairing.objects.filter(mentored_by(user)) if own_keys(user)[0] is not None else Pairing.objects.none()
    return pairings.values("trainee")


def mentors(trainees: Any) -> "QuerySet[Any, Any]":
    """Keys of the persons who mentor one of these trainees now."""
    return Pairing.objects.running().filter(trainee__in=trainees).values("mentor")
