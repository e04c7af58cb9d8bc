"""使用情况登记 entering, changing, voiding and restoring outcomes."""

from copy import copy
from datetime import date
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.advancement.models import Outcome, OutcomeState
from cadre_app.advancement.services.checks import check_all, lock_outcome
from cadre_app.advancement.services.effects import refuse_carried, take_back
from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import lock_open_file

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class Announced(TypedDict, total=False):
    """What was announced; left out is empty."""

    kind: str
    unit: Unit | None
    post: str
    post_level: str
    rank: str
    post_grade: str
    document_number: str
    published_on: date
    effective_on: date
    resume_text: str
    remark: str


@transaction.atomic
def enter_outcome(
    trainee: Trainee, *, on: date | None = None, actor: "User", **announced: Unpack[Announced]
) -> Outcome:
    """已公布 Enter an announced result; it is checked and signed off next. `on`: the day of the entry, today by default.

    Raises ValidationError by field: announced after today, no document number, first grading, nothing new.
    """
    trainee = lock_open_file(trainee.pk)
    outcome = Outcome(trainee=trainee, entered_by=actor, entered_on=on or timezone.localdate())
    with history.change(outcome, actor=actor, verb="advancement.outcome.entered"):
        _set(outcome, announced)
        check_all(outcome)
        outcome.save(force_insert=True)
    return outcome


@transaction.atomic
def change_outcome(
    outcome: Outcome, *, version: int | None = None, actor: "User", **announced: Unpack[Announced]
) -> Outcome:
    """Correct or complete what is not signed off; it is checked anew. Raises Stale; ValidationError as `enter_outcome`."""
    outcome = lock_outcome(outcome, version)
    if outcome.state == OutcomeState.IN_FILE:
        message = _("This outcome is signed off. Void it with a reason and enter it anew.")
        raise ValidationError(message, code="signed")
    before = copy(outcome)
    with history.change(outcome, actor=actor, verb="advancement.outcome.changed"):
        _set(outcome, announced)
        # Whoever wrote it last answers for it, and neither checks nor signs it.
        outcome.entered_by, outcome.entered_on = actor, timezone.localdate()
        _back_to_start(outcome)
        check_all(outcome, before)
        outcome.save()
    return outcome


@transaction.atomic
def void_outcome(outcome: Outcome, *, reason: str, version: int | None = None, actor: "User") -> Outcome:
    """Void an entry; what its sign-off wrote is taken back as far as nobody changed it since.

    Raises Stale; ValidationError also where a later outcome goes on with what this one brought.
    """
    outcome = lock_outcome(outcome, version)
    if outcome.state == OutcomeState.IN_FILE:
        refuse_carried(outcome)
        take_back(outcome, reason=reason, actor=actor)
    history.void(outcome, actor=actor, reason=reason)
    return Outcome.objects.get(pk=outcome.pk)


@transaction.atomic
def restore_outcome(outcome: Outcome, *, reason: str = "", version: int | None = None, actor: "User") -> Outcome:
    """Undo `void_outcome`; what waited or was signed off is checked and signed off anew, as whoever restores it enters it.

    Raises Stale, ValidationError.
    """
    outcome = lock_outcome(outcome, version, voided=True)
    history.restore(outcome, actor=actor, reason=reason)
    if not starts_anew(outcome):
        return Outcome.objects.get(pk=outcome.pk)
    outcome = Outcome.objects.lock(outcome.pk)
    with history.change(outcome, actor=actor, verb="advancement.outcome.reopened", reason=reason):
        outcome.entered_by, outcome.entered_on = actor, timezone.localdate()
        _back_to_start(outcome)
        outcome.save()
    return outcome


def starts_anew(outcome: Outcome) -> bool:
    """Whether restoring it begins the chain again; what was returned is completed first."""
    return outcome.state != OutcomeState.RETURNED


def _set(outcome: Outcome, announced: Announced) -> None:
    for name, value in announced.items():
        setattr(outcome, name, value.strip() if isinstance(value, str) else value)


def _back_to_start(outcome: Outcome) -> None:
    outcome.state = OutcomeState.ANNOUNCED
    outcome.checked_by = outcome.checked_on = outcome.signed_by = outcome.signed_on = None
    outcome.returned_on, outcome.return_reason = None, ""
