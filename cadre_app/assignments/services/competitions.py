"""夺旗争先 Comparisons of results: planned, changed until they are open, cancelled, resumed, voided, restored."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import Competition, CompetitionState, FrontKey
from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.people.services.checks import clean, refusal, refuse_standing

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

VERB = "assignments.competition"
EARLIEST_YEAR, FARTHEST = 2015, timedelta(days=366)
CANCELLABLE = (
    CompetitionState.DRAFT,
    CompetitionState.OPEN,
    CompetitionState.REVIEW,
    CompetitionState.CLOSED,
    CompetitionState.SIGNED,
)


@transaction.atomic
def plan_competition(
    *,
    title: str,
    unit: Unit,
    front_keys: Sequence[str],
    started_on: date,
    ended_on: date,
    description: str = "",
    actor: "User",
) -> Competition:
    """Plan a comparison; its criteria are set before it is opened. Raises ValidationError by field."""
    competition = Competition(set_by=actor, state=CompetitionState.DRAFT, state_since=timezone.localdate())
    with history.change(competition, actor=actor, verb=f"{VERB}.planned"):
        _fill(competition, title, unit, front_keys, started_on, ended_on, description)
        competition.save()
    return competition


@transaction.atomic
def change_competition(
    competition: Competition,
    *,
    title: str,
    unit: Unit,
    front_keys: Sequence[str],
    started_on: date,
    ended_on: date,
    description: str = "",
    version: int | None = None,
    actor: "User",
) -> Competition:
    """Change what is being prepared. Raises Stale, ValidationError by field; also once it is open."""
    competition = lock_competition(competition, version, states=(CompetitionState.DRAFT,))
    with history.change(competition, actor=actor, verb=f"{VERB}.changed"):
        _fill(competition, title, unit, front_keys, started_on, ended_on, description)
        competition.save()
    return competition


@transaction.atomic
def cancel_competition(
    competition: Competition, *, reason: str, version: int | None = None, actor: "User"
) -> Competition:
    """It is not carried on, with a reason. Raises Stale; ValidationError once it is published."""
    competition = lock_competition(competition, version, states=CANCELLABLE)
    with history.change(competition, actor=actor, verb=f"{VERB}.cancelled", reason=reason):
        competition.state_before = competition.state
        move(competition, CompetitionState.CANCELLED)
        competition.cancel_reason = reason
        clean(competition)
        competition.save()
    return competition


@transaction.atomic
def resume_competition(
    competition: Competition, *, reason: str = "", version: int | None = None, actor: "User"
) -> Competition:
    """A cancelled one stands where it stood. Raises Stale, ValidationError."""
    competition = lock_competition(competition, version, states=(CompetitionState.CANCELLED,))
    with history.change(competition, actor=actor, verb=f"{VERB}.resumed", reason=reason):
        move(competition, CompetitionState(competition.state_before))
        competition.state_before, competition.cancel_reason = "", ""
        clean(competition)
        competition.save()
    return competition


@transaction.atomic
def void_competition(
    competition: Competition, *, reason: str, version: int | None = None, actor: "User"
) -> Competition:
    """Take back what was entered by mistake. Raises Stale; ValidationError once results are entered."""
    competition = lock_competition(competition, version)
    if competition.entries.standing().exists():
        raise ValidationError(_("Results are entered already. Cancel it instead, with a reason."), code="has_results")
    history.void(competition, actor=actor, reason=reason)
    return Competition.objects.get(pk=competition.pk)


@transaction.atomic
def restore_competition(
    competition: Competition, *, reason: str = "", version: int | None = None, actor: "User"
) -> Competition:
    """It stands again. Raises Stale; ValidationError where another one has its title."""
    found = Competition.objects.lock(competition.pk, version)
    refuse_standing(found)
    history.restore(found, actor=actor, reason=reason)
    return Competition.objects.get(pk=found.pk)


def lock_competition(
    competition: Competition, version: int | None = None, *, states: "Collection[str] | None" = None
) -> Competition:
    """Lock a standing comparison. Raises Stale; ValidationError where its state is none of `states`."""
    competition = Competition.objects.lock(competition.pk, version)
    if competition.is_voided:
        raise ValidationError(_("This comparison is voided."), code="voided")
    if states is not None and competition.state not in states:
        message = _("This cannot be done now: the comparison is “%(state)s”.")
        raise ValidationError(message % {"state": competition.get_state_display()}, code="state")
    return competition


def move(competition: Competition, state: CompetitionState) -> None:
    """To another state as of today; the caller saves."""
    if competition.state != state:
        competition.state, competition.state_since = state, timezone.localdate()


def _fill(
    competition: Competition,
    title: str,
    unit: Unit,
    front_keys: Sequence[str],
    started_on: date,
    ended_on: date,
    description: str,
) -> None:
    competition.title, competition.unit, competition.description = title, unit, description
    competition.front_keys = [key for key in FrontKey.values if key in front_keys]
    competition.started_on, competition.ended_on = started_on, ended_on
    for field, day in (("started_on", started_on), ("ended_on", ended_on)):
        if day.year < EARLIEST_YEAR or day > timezone.localdate() + FARTHEST:
            raise refusal(field, _("Enter a day from 2015 on, at most one year ahead."), code="year")
    if unit.is_voided or (unit.closed_on is not None and unit.closed_on <= timezone.localdate()):
        raise refusal("unit", _("“%(unit)s” is closed. Choose another unit.") % {"unit": unit.name}, code="closed")
    clean(competition)
