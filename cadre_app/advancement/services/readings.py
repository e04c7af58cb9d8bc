"""Readings of what is restricted here, on record (committed) before the first byte leaves; outside a transaction."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

CRITERIA_READ = "advancement.criteria.read"
RANK_READ = "advancement.rank.read"


def read_rank(trainee: "Trainee", *, actor: "User") -> None:
    """Somebody opens a reckoning with periods of effect, whether there are any or not."""
    history.record_reading(RANK_READ, actor=actor, obj=trainee)


def read_criteria(trainees: "Collection[Trainee]", *, actor: "User") -> None:
    """Somebody opens the criteria check about these people: who, whom and when, one row for each; nothing of what it says."""
    history.record_readings(CRITERIA_READ, actor=actor, objs=trainees)
