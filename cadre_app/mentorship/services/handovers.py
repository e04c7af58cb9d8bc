"""结对交接 Hand-overs: the former pairing ends, the next one begins the day after, and what is open goes over with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.mentorship.handing_over import ONE_DAY, waiting, waiting_for
from cadre_app.mentorship.models import CheckIn, EndKind, GuidanceNote, Pairing
from cadre_app.mentorship.services.bulk import NewPairing, built, create_pairings_many
from cadre_app.mentorship.services.carrying import carry, open_steps_of
from cadre_app.mentorship.services.checks import lock_pairing
from cadre_app.mentorship.services.loads import lock_mentors
from cadre_app.mentorship.services.pairings import due_day, end_pairing
from cadre_app.mentorship.services.picks import PICKS, Pick, changed_since, hand_overs_of
from cadre_app.mentorship.services.refusals import LONGEST, problems_of
from cadre_app.mentorship.services.waiting import RELATED, hand_overs_for, reason_of
from cadre_app.people.models import Office, Person, Trainee
from cadre_app.people.services.checks import clean, refusal
from cadre_app.people.services.rewriting import lock_keys, rewrite_many

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_REASON = 200
DAY = "ended_on"


@dataclass(frozen=True)
class Move:
    """One pairing with its successor, by `office` or with a `choice_reason`, and why it ends."""

    pairing: Pairing
    mentor: Person
    reason: str
    office: Office | None = None
    choice_reason: str = ""


@dataclass(frozen=True)
class _Left:
    """What a pairing had open before it ended."""

    steps: list[GuidanceNote]
    check_in: CheckIn | None


@transaction.atomic
def hand_over_many(*, picks: Sequence[Pick], ended_on: date, months: int | None = None, actor: "User") -> list[Pairing]:
    """Hand everything in `picks` over by office; `ended_on` is the last day of the former mentors.

    Planned last days stay unless a length in `months` is given. Raises ValidationError and hands nothing over where one
    of them is not as it was looked at, where something is recorded after the day, or where something stands against
    the successor; each by name.
    """
    trainees = Pairing.objects.filter(pk__in={pick.pairing for pick in picks}).values("trainee")
    lock_keys(Person, Trainee.objects.filter(pk__in=trainees).values_list("person_id", flat=True))
    lock_keys(Trainee, trainees.values_list("trainee", flat=True))
    lock_mentors(pick.mentor for pick in picks)
    lock_keys(Pairing, {pick.pairing for pick in picks})
    found = {each.pairing.pk: each for each in hand_overs_of(picks, actor=actor)}
    if changed := changed_since(picks, found, actor=actor):
        raise ValidationError({PICKS: changed})
    moves = []
    for pick in picks:
        each = found[pick.pairing]
        if each.successor is None:
            raise ValueError(each.key)
        with translation.override(settings.LANGUAGE_CODE):  # as it is kept
            reason = each.reason
        moves.append(Move(each.pairing, each.successor, reason, each.suggestion.office))
    return _moved(moves, ended_on, months, actor)


@transaction.atomic
def hand_over(
    pairing: Pairing,
    *,
    mentor: Person,
    choice_reason: str,
    ended_on: date,
    months: int | None = None,
    version: int | None = None,
    actor: "User",
) -> Pairing:
    """另选导师 Hand one over to somebody else than the holder of the office, with a reason.

    Raises Stale; ValidationError by field, also for whoever is the mentor already.
    """
    pairing = lock_pairing(pairing.pk, version=version)
    if mentor.pk == pairing.mentor_id:
        message = _("%(mentor)s is the mentor already: a pairing is not handed over to the same person.")
        raise refusal("mentor", message % {"mentor": mentor.name}, code="same_mentor")
    if pairing.due_on <= timezone.localdate():
        message = _("It is planned until %(day)s: complete it instead of handing it over.")
        raise refusal(DAY, message % {"day": formats.date_format(pairing.due_on)}, code="completed_instead")
    lock_mentors([mentor.pk])
    row = waiting().filter(pk=pairing.pk).select_related(*RELATED).first()
    with translation.override(settings.LANGUAGE_CODE):  # as it is kept
        reason = reason_of(row) if row is not None else choice_reason
    [made] = _moved([Move(pairing, mentor, reason, choice_reason=choice_reason)], ended_on, months, actor)
    return made


@transaction.atomic
def keep_mentor(pairing: Pairing, *, office: UUID | None, version: int | None = None, actor: "User") -> Pairing:
    """留任 The mentor goes on by the `office` (its key) that counts now, which they hold as well; without one, somebody
    who was chosen stays although the trainee went elsewhere. Raises Stale, ValidationError.
    """
    pairing = lock_pairing(pairing.pk, version=version)
    row = waiting_for(actor).filter(pk=pairing.pk).select_related(*RELATED).first()
    [found] = hand_overs_for([row]) if row is not None else [None]
    counts = found.suggestion.office if found is not None and found.is_kept else None
    stays = found is not None and found.may_stay and office is None
    if found is None or (counts.pk if counts is not None else None) != office or not (counts or stays):
        message = _("This mentor does not hold the office that counts now. Look at the hand-over again.")
        raise ValidationError(message, code="changed_since")
    with history.change(pairing, actor=actor, verb="mentorship.pairing.kept", reason=found.reason):
        if counts is not None:
            pairing.office, pairing.choice_reason, pairing.kept_on = counts, "", None
        else:
            pairing.kept_on = timezone.localdate()
        clean(pairing)
        pairing.save()
    return pairing


def _moved(moves: Sequence[Move], ended_on: date, months: int | None, actor: "User") -> list[Pairing]:
    """End all, begin all: everything or nothing. Trainees, mentors and pairings are locked."""
    left = {move.pairing.pk: _left_open(move.pairing) for move in moves}
    _end_all(moves, ended_on, actor)
    wanted = [_next(move, ended_on, months) for move in moves]
    _check(wanted)
    _release([move.pairing.pk for move in moves], actor)
    made = create_pairings_many(wanted, actor=actor)
    for pairing, move in zip(made, moves, strict=True):
        carry(pairing, left[move.pairing.pk].steps, left[move.pairing.pk].check_in, actor=actor)
    return made


def _left_open(pairing: Pairing) -> _Left:
    return _Left(open_steps_of(pairing), CheckIn.objects.open().filter(pairing=pairing).first())


def _end_all(moves: Iterable[Move], ended_on: date, actor: "User") -> None:
    told: dict[str, list[ValidationError]] = {}
    for move in moves:
        reason = move.reason[:LONGEST_REASON]
        try:
            with transaction.atomic():
                end_pairing(move.pairing, ended_on=ended_on, end_kind=EndKind.EARLY, reason=reason, actor=actor)
        except ValidationError as error:
            for field, errors in _by_field(error).items():
                named = [_named(move.pairing, single.messages[0], str(single.code)) for single in errors]
                told.setdefault(field, []).extend(named)
    if told:
        raise ValidationError(told)


def _next(move: Move, ended_on: date, months: int | None) -> NewPairing:
    former, first = move.pairing, ended_on + ONE_DAY
    return NewPairing(
        trainee=former.trainee,
        kind=former.kind,
        mentor=move.mentor,
        office=move.office,
        choice_reason=move.choice_reason,
        started_on=first,
        due_on=due_day(first, months) if months else former.due_on,
        check_in_days=former.check_in_days,
        follows=former,
    )


def _check(wanted: Sequence[NewPairing]) -> None:
    pairings = [built(new) for new in wanted]
    told: dict[str, list[ValidationError]] = {}
    for pairing, problems in zip(pairings, problems_of(pairings), strict=True):
        if pairing.due_on < pairing.started_on:
            known = {"day": formats.date_format(pairing.due_on)}
            text = _("It is planned until %(day)s: complete it instead, or give a length for the next pairing.") % known
            told.setdefault(DAY, []).append(_named(pairing, text, "too_late"))
        if pairing.due_on > pairing.started_on + LONGEST:
            told.setdefault("months", []).append(_named(pairing, _("A pairing lasts five years at most."), "too_late"))
        for problem in problems:
            field = DAY if problem.field == "started_on" else problem.field
            told.setdefault(field, []).append(_named(pairing, problem.text, problem.code))
    if told:
        raise ValidationError(told)


def _release(former: Iterable[UUID], actor: "User") -> None:
    """A hand-over that was taken back no longer follows, so that another one can."""
    voided = Pairing.objects.filter(follows__in=list(former)).exclude(voided_at=None).values_list("pk", flat=True)
    changes = {pk: {"follows_id": None} for pk in voided}
    rewrite_many(Pairing, changes, actor=actor, verb="mentorship.pairing.changed")


def _by_field(error: ValidationError) -> dict[str, list[ValidationError]]:
    return error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}


def _named(pairing: Pairing, text: str, code: str) -> ValidationError:
    known = {"name": pairing.trainee.person.name, "problem": text}
    return ValidationError(_("%(name)s: %(problem)s") % known, code=code)
