"""审核、签批 an outcome is checked by one and signed off by another, a leader; neither of them whoever entered it."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.advancement.models import Outcome, OutcomeState
from cadre_app.advancement.services.checks import check_all, lock_outcome, refuse_early
from cadre_app.advancement.services.effects import apply
from cadre_app.core.signing import refuse_same_hand
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def check_outcome(outcome: Outcome, *, on: date | None = None, version: int | None = None, actor: "User") -> Outcome:
    """已登记 审核 passed: on to a leader. Raises Stale; ValidationError for one's own entry, and where it breaks a rule by now."""
    outcome = _lock_waiting(outcome, version, actor, OutcomeState.ANNOUNCED)
    check_all(outcome, outcome)
    with history.change(outcome, actor=actor, verb="advancement.outcome.checked"):
        outcome.state, outcome.checked_by = OutcomeState.RECORDED, actor
        outcome.checked_on = on or timezone.localdate()
        clean(outcome)
        outcome.save()
    return outcome


@transaction.atomic
def sign_outcome(outcome: Outcome, *, on: date | None = None, version: int | None = None, actor: "User") -> Outcome:
    """已入档 签批: post, rank and résumé are written as `effects.planned` says, once.

    Raises Stale; ValidationError as `check_outcome`, and before the day it takes effect.
    """
    outcome = _lock_waiting(outcome, version, actor, OutcomeState.RECORDED)
    check_all(outcome, outcome)
    refuse_early(outcome)
    with history.change(outcome, actor=actor, verb="advancement.outcome.signed_off"):
        outcome.state, outcome.signed_by = OutcomeState.IN_FILE, actor
        outcome.signed_on = on or timezone.localdate()
        clean(outcome)
        outcome.save()
    apply(outcome, actor=actor)
    return outcome


@transaction.atomic
def return_outcome(outcome: Outcome, *, reason: str, version: int | None = None, actor: "User") -> Outcome:
    """退回补充 with a reason, which whoever entered it reads. Raises Stale, ValidationError."""
    outcome = _lock_waiting(outcome, version, actor, OutcomeState.ANNOUNCED, OutcomeState.RECORDED)
    with history.change(outcome, actor=actor, verb="advancement.outcome.returned", reason=reason):
        outcome.state, outcome.return_reason = OutcomeState.RETURNED, reason.strip()
        outcome.returned_on, outcome.checked_by, outcome.checked_on = timezone.localdate(), None, None
        clean(outcome)
        outcome.save()
    return outcome


def _lock_waiting(outcome: Outcome, version: int | None, actor: "User", *states: str) -> Outcome:
    outcome = lock_outcome(outcome, version)
    if outcome.state not in states:
        raise ValidationError(_("This outcome does not wait for this step."), code="not_waiting")
    refuse_same_hand(actor, entered=outcome.entered_by_id, checked=outcome.checked_by_id)
    return outcome
