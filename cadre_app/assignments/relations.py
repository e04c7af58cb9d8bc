"""A posting ties its supervisor on site to the person, a review the reviewer to the team: by name and unit (ACCESS.md)."""

from typing import TYPE_CHECKING, Any

from cadre_app.assignments.models import Posting, ResearchMember
from cadre_app.assignments.models.reports import reviewed_by
from cadre_app.core.registries import Relation, relations
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

HOST, REVIEWER, LEVEL = "host", "reviewer", "name"


def announce() -> None:
    """Called once, when the app is ready."""
    relations.register(HOST, Relation(LEVEL, hosted))
    relations.register(REVIEWER, Relation(LEVEL, reviewed))


def hosted(user: "User") -> "QuerySet[Any, Any]":
    """Keys of those whose postings `user` supervises; nothing is asked for an account that is nobody's."""
    rows = Posting.objects.hosted_by(user) if own_keys(user)[0] is not None else Posting.objects.none()
    return rows.values("trainee")


def reviewed(user: "User") -> "QuerySet[Any, Any]":
    """Keys of the members of the projects that `user` reviews now."""
    if own_keys(user)[0] is None:
        return ResearchMember.objects.none().values("trainee")
    members = ResearchMember.objects.standing().filter(project__in=reviewed_by(user).values("report__project"))
    return members.values("trainee")
