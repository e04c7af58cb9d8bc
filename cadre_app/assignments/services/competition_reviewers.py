"""Named reviewers of a comparison: named, released; nobody scores where they or a relative are in a team, a member is
theirs to mentor, or a result was entered by them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.assignments.models import (
    Competition,
    CompetitionEntry,
    CompetitionMember,
    CompetitionReviewer,
    CompetitionState,
)
from cadre_app.assignments.models.competition_members import mentors_of
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


@dataclass(frozen=True)
class _Ties:
    """Keys of who must not score, by why; `accounts`: of whoever entered or changed a result."""

    team: "set[UUID]"
    relatives: "set[UUID]"
    mentors: "set[UUID]"
    accounts: "set[UUID]"
    there: "set[UUID]"


def _check_persons(competition: Competition, wanted: Sequence[Person], there: "set[UUID]") -> None:
    members = CompetitionMember.objects.in_teams().filter(team__competition=competition)
    known = list(members.values_list("trainee", "trainee__person_id"))
    team = {person for _file, person in known}
    rows = CompetitionEntry.objects.standing().filter(competition=competition).values_list("entered_by", "changed_by")
    accounts = {account for pair in rows for account in pair if account is not None}
    ties = _Ties(team, relatives_of(team), mentors_of(file for file, _person in known), accounts, there)
    for person in wanted:
        if message := _why_not(person, ties):
            raise refusal("persons", message % {"name": person.name}, code="partial")


def _why_not(person: Person, ties: _Ties) -> str:
    account = person.account
    reasons = (
        (person.pk in ties.team, _("%(name)s is in a team of this comparison and does not score it.")),
        (
            person.pk in ties.relatives,
            _("%(name)s is a declared relative of a member of a team and does not score it."),
        ),
        (person.pk in ties.mentors, _("%(name)s is the mentor of a member of a team and does not score it.")),
        (person.pk in ties.there, _("%(name)s reviews this comparison already.")),
        (
            account is None or not account.is_active,
            _("%(name)s has no account to score with. Have one set up first."),
        ),
        (
            account is not None and account.pk in ties.accounts,
            _("%(name)s has entered a result of this comparison and does not score it."),
        ),
    )
    return next((reason for holds, reason in reasons if holds), "")
