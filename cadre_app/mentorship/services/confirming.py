"""确认结对 Confirming suggestions, one or many: exactly what was looked at, or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.core.roles import Role
from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.services.bulk import NewPairing, built, create_pairings_many
from cadre_app.mentorship.services.loads import lock_mentors
from cadre_app.mentorship.services.refusals import already, problems_of, refuse_far, refuse_terms
from cadre_app.mentorship.services.suggestions import Suggestion, suggestions_for, wanting
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services.rewriting import lock_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST = 200
PICKS = "picks"


@dataclass(frozen=True)
class Pick:
    """A suggestion as somebody looked at it: `Suggestion.key`."""

    trainee: UUID
    kind: str
    mentor: UUID


def parsed(text: str) -> Pick | None:
    """What a form sent; None for what is no key of a suggestion that can be confirmed."""
    trainee, _dot, rest = text.partition(".")
    kind, _dot, mentor = rest.partition(".")
    try:
        return Pick(UUID(trainee), MentorKind(kind).value, UUID(mentor))
    except ValueError:
        return None


def picked(picks: Iterable[Pick], *, actor: "User") -> list[Suggestion]:
    """The suggestions of these trainees and kinds as they stand now, in the scope of `actor`, newest trainees first."""
    wanted = {(pick.trainee, pick.kind) for pick in picks}
    files = Trainee.objects.in_scope(actor, Role.STAFF).in_development().filter(pk__in={key for key, _kind in wanted})
    rows: list[Any] = list(in_order(wanting(files)))
    return [each for each in suggestions_for(rows) if (each.trainee.pk, str(each.kind)) in wanted]


def still_as_shown(picks: Iterable[Pick], *, actor: "User") -> list[Suggestion]:
    """Those of `picks` that can still be confirmed as they were looked at."""
    shown = {(pick.trainee, pick.kind): pick.mentor for pick in picks}
    found = picked(picks, actor=actor)
    return [
        each
        for each in found
        if each.mentor is not None and not each.hindrance and shown[each.trainee.pk, str(each.kind)] == each.mentor.pk
    ]


def in_order(trainees: Any) -> Any:
    """With everything that a suggestion names, the newest trainees first."""
    return trainees.select_related("person", "home_unit", "linked_village").order_by("-arrived_on", "-pk")


@transaction.atomic
def confirm_suggestions(
    *,
    picks: Sequence[Pick],
    started_on: date,
    months: int | None = None,
    check_in_days: int | None = None,
    actor: "User",
) -> list[Pairing]:
    """Pair everybody in `picks` by office, all from one day.

    Raises ValidationError and pairs nobody where one of them has a mentor of that kind meanwhile, where the suggestion
    is another one now, or where something stands against the day; each by name.
    """
    refuse_far(started_on)
    lock_keys(
        Person, Trainee.objects.filter(pk__in={pick.trainee for pick in picks}).values_list("person_id", flat=True)
    )
    lock_keys(Trainee, {pick.trainee for pick in picks})
    found = {(each.trainee.pk, str(each.kind)): each for each in picked(picks, actor=actor)}
    changed = _changed_since(picks, found, actor)
    if changed:
        raise ValidationError({PICKS: changed})
    wanted = [_wanted(found[pick.trainee, pick.kind], started_on, months, check_in_days) for pick in picks]
    lock_mentors(new.mentor.pk for new in wanted)
    _check(wanted)
    return create_pairings_many(wanted, actor=actor)


def _wanted(suggestion: Suggestion, started_on: date, months: int | None, check_in_days: int | None) -> NewPairing:
    if suggestion.mentor is None:
        raise ValueError(suggestion.key)
    return NewPairing(
        trainee=suggestion.trainee,
        kind=suggestion.kind,
        mentor=suggestion.mentor,
        office=suggestion.office,
        started_on=started_on,
        months=months,
        check_in_days=check_in_days,
    )


def _changed_since(
    picks: Iterable[Pick], found: dict[tuple[UUID, str], Suggestion], actor: "User"
) -> list[ValidationError]:
    """What is no longer as it was shown, in words."""
    missing = {pick.trainee for pick in picks if (pick.trainee, pick.kind) not in found}
    files = Trainee.objects.in_scope(actor, Role.STAFF).select_related("person").in_bulk(missing)
    running = Pairing.objects.running().filter(trainee__in=files).select_related("mentor")
    mentored = {(pairing.trainee_id, pairing.kind): pairing for pairing in running}
    told = []
    for pick in picks:
        suggestion = found.get((pick.trainee, pick.kind))
        if suggestion is not None:
            text = _other_now(suggestion, pick)
        else:
            text = _gone(files.get(pick.trainee), mentored.get((pick.trainee, pick.kind)))
        if text:
            told.append(ValidationError(text, code="changed_since"))
    return told


def _other_now(suggestion: Suggestion, pick: Pick) -> str:
    name = suggestion.trainee.person.name
    if suggestion.hindrance:
        return _("%(name)s: %(problem)s") % {"name": name, "problem": suggestion.problem}
    if suggestion.mentor is None or suggestion.mentor.pk != pick.mentor:
        return _("%(name)s: somebody else holds the office now. Look at the suggestion again.") % {"name": name}
    return ""


def _gone(file: Trainee | None, running: Pairing | None) -> str:
    if file is None:
        return _("One of the people chosen is no longer in your scope.")
    if running is not None:
        return _("%(name)s: %(problem)s") % {"name": file.person.name, "problem": already(running)}
    return _("%(name)s: this pairing is no longer suggested.") % {"name": file.person.name}


def _check(wanted: Sequence[NewPairing]) -> None:
    pairings = [built(new) for new in wanted]
    refuse_terms(pairings[0])
    told: dict[str, list[ValidationError]] = {}
    for pairing, problems in zip(pairings, problems_of(pairings), strict=True):
        for problem in problems:
            text = _("%(name)s: %(problem)s") % {"name": pairing.trainee.person.name, "problem": problem.text}
            told.setdefault(problem.field, []).append(ValidationError(text, code=problem.code))
    if told:
        raise ValidationError(told)
