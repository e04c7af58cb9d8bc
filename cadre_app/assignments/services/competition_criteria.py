"""What counts in a comparison, set before it is opened and locked from then on, by the database too."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.assignments.models import Competition, CompetitionCriterion, CompetitionState
from cadre_app.assignments.services.competitions import lock_competition
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

VERB = "assignments.competitioncriterion"
MOST_CRITERIA = 8


@transaction.atomic
def add_criterion(
    competition: Competition,
    *,
    name: str,
    counts: str,
    points: int,
    is_ordering: bool = False,
    actor: "User",
) -> CompetitionCriterion:
    """Set one more criterion. Raises ValidationError by field; also once the comparison is open."""
    competition = _lock_draft(competition)
    there = list(competition.criteria.standing().values_list("order", flat=True))
    if len(there) >= MOST_CRITERIA:
        raise refusal("name", _("A comparison has %(most)s criteria at most.") % {"most": MOST_CRITERIA}, code="most")
    criterion = CompetitionCriterion(competition=competition, order=max(there, default=0) + 1)
    with history.change(criterion, actor=actor, verb=f"{VERB}.added"):
        _fill(criterion, name, counts, points, is_ordering=is_ordering)
        criterion.save(force_insert=True)
    return criterion


@transaction.atomic
def change_criterion(
    criterion: CompetitionCriterion,
    *,
    name: str,
    counts: str,
    points: int,
    is_ordering: bool = False,
    version: int | None = None,
    actor: "User",
) -> CompetitionCriterion:
    """Change a criterion. Raises Stale, ValidationError by field; also once the comparison is open."""
    _lock_draft(criterion.competition)
    criterion = _lock(criterion, version)
    with history.change(criterion, actor=actor, verb=f"{VERB}.changed"):
        _fill(criterion, name, counts, points, is_ordering=is_ordering)
        criterion.save()
    return criterion


@transaction.atomic
def remove_criterion(
    criterion: CompetitionCriterion, *, reason: str = "", version: int | None = None, actor: "User"
) -> CompetitionCriterion:
    """Take a criterion out. Raises Stale; ValidationError once the comparison is open."""
    _lock_draft(criterion.competition)
    history.void(_lock(criterion, version), actor=actor, reason=reason)
    return CompetitionCriterion.objects.get(pk=criterion.pk)


def _lock_draft(competition: Competition) -> Competition:
    competition = lock_competition(competition)
    if competition.state != CompetitionState.DRAFT:
        raise ValidationError(_("The comparison is open: its criteria stay as they were set."), code="locked")
    return competition


def _lock(criterion: CompetitionCriterion, version: int | None) -> CompetitionCriterion:
    found = CompetitionCriterion.objects.lock(criterion.pk, version)
    if found.is_voided:
        raise ValidationError(_("This criterion was taken out."), code="voided")
    return found


def _fill(criterion: CompetitionCriterion, name: str, counts: str, points: int, *, is_ordering: bool) -> None:
    criterion.name, criterion.counts, criterion.points = name, counts, points
    criterion.is_ordering = is_ordering
    clean(criterion)
