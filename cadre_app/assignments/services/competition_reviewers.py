"""Named reviewers of a comparison: named, released; nobody scores a team of which they or a relative are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.assignments.models import (
    Competition,
    CompetitionMember,
    CompetitionReviewer,
    CompetitionState,
)
from cadre_app.assignments.services.competitions import lock_competition
from cadre_app.history import services as history
from cadre_app.people.models import Person
from cadre_app.people.models.persons import relatives_of
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

VERB = "assignments.competitionreviewer"
NAMABLE = (CompetitionState.DRAFT, CompetitionState.OPEN, CompetitionState.REVIEW)
MOST_REVIEWERS = 15


@transaction.atomic
def name_reviewers(
    competition: Competition, *, persons: Sequence[Person], version: int | None = None, actor: "User"
) -> Competition:
    """Name who scores. Raises Stale, ValidationError by field."""
    competition = lock_competition(competition, version, states=NAMABLE)
    wanted = list({person.pk: person for person in persons}.values())
    there = set(competition.reviewers.standing().values_list("person_id", flat=True))
    if not wanted:
        raise refusal("persons", _("Name at least one person."), code="none")
    if len(there) + len(wanted) > MOST_REVIEWERS:
        message = _("A comparison has %(most)s reviewers at most.")
        raise refusal("persons", message % {"most": MOST_REVIEWERS}, code="too_many")
    _check_persons(competition, wanted, there)
    for person in wanted:
        reviewer = CompetitionReviewer(competition=competition, person=person)
        with history.change(reviewer, actor=actor, verb=f"{VERB}.named"):
            clean(reviewer)
            reviewer.save(force_insert=True)
    return competition


@transaction.atomic
def release_reviewer(
    reviewer: CompetitionReviewer, *, reason: str, version: int | None = None, actor: "User"
) -> CompetitionReviewer:
    """Somebody no longer scores; what they gave does not count. Raises Stale; ValidationError after the review."""
    lock_competition(reviewer.competition, states=NAMABLE)
    found = CompetitionReviewer.objects.lock(reviewer.pk, version)
    if found.is_voided:
        raise ValidationError(_("This reviewer was released."), code="voided")
    history.void(found, actor=actor, reason=reason)
    return CompetitionReviewer.objects.get(pk=found.pk)


def _check_persons(competition: Competition, wanted: Sequence[Person], there: "set[UUID]") -> None:
    members = CompetitionMember.objects.standing().filter(team__competition=competition, team__voided_at=None)
    team = set(members.values_list("trainee__person_id", flat=True))
    relatives = relatives_of(team)
    for person in wanted:
        if message := _why_not(person, team, relatives, there):
            raise refusal("persons", message % {"name": person.name}, code="partial")


def _why_not(person: Person, team: "set[UUID]", relatives: "set[UUID]", there: "set[UUID]") -> str:
    if person.pk in team:
        return _("%(name)s is in a team of this comparison and does not score it.")
    if person.pk in relatives:
        return _("%(name)s is a declared relative of a member of a team and does not score it.")
    if person.pk in there:
        return _("%(name)s reviews this comparison already.")
    if person.account is None or not person.account.is_active:
        return _("%(name)s has no account to score with. Have one set up first.")
    return ""
