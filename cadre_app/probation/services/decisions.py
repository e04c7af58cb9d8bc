"""审核、签批 A conclusion is checked by one and signed off by another, a leader; neither of them whoever entered it."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.signing import refuse_same_hand
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal
from cadre_app.probation.models import CLOSED, Conclusion, Probation, State
from cadre_app.probation.services import effects
from cadre_app.probation.services.conclusions import (
    check_document,
    check_extension,
    check_grading,
    check_grounds,
    check_written,
)
from cadre_app.probation.services.records import end_of, lock_probation

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def check_conclusion(one: Probation, *, version: int | None = None, actor: "User") -> Probation:
    """审核 Passed on to a leader. Raises Stale; ValidationError for one's own entry, and where it breaks a rule by now."""
    one = _lock_waiting(one, version, actor)
    if one.checked_on is not None:
        raise ValidationError(_("This assessment does not wait for this step."), code="not_waiting")
    _check_rules(one)
    with history.change(one, actor=actor, verb="probation.probation.checked"):
        one.checked_by, one.checked_on = actor, timezone.localdate()
        clean(one)
        one.save()
    return one


@transaction.atomic
def sign_conclusion(
    one: Probation,
    *,
    document_number: str = "",
    document_on: date | None = None,
    version: int | None = None,
    actor: "User",
) -> Probation:
    """签批 已任职定级, 延期 or 取消录用: what follows is written as `effects` says, once.

    The document of a grading is given here where it was not known before. Raises Stale; ValidationError as `check_conclusion`, and where the file says another post and rank from that day on.
    """
    one = _lock_waiting(one, version, actor)
    if one.checked_on is None:
        raise ValidationError(_("This assessment does not wait for this step."), code="not_waiting")
    _check_rules(one)
    end = end_of(one)
    with history.change(one, actor=actor, verb="probation.probation.signed_off"):
        if asks_document(one):
            one.document_number, one.document_on = document_number.strip(), document_on
            check_document(one, required=True)
        if one.conclusion == Conclusion.PASSED:
            effects.write_grading(one, end, actor=actor)
        one.state, one.ended_on = CLOSED[Conclusion(one.conclusion)], end
        one.signed_by, one.signed_on = actor, timezone.localdate()
        clean(one)
        one.save()
    if one.conclusion == Conclusion.DEFERRED:
        effects.extend(one, actor=actor)
    effects.note_papers(one, actor=actor)
    if one.conclusion == Conclusion.PASSED:
        effects.ask_for_talk(one, actor=actor)
    return one


def asks_document(one: Probation) -> bool:
    """Whether the sign-off asks for the document of the grading."""
    return one.conclusion == Conclusion.PASSED and not one.document_number


@transaction.atomic
def return_conclusion(one: Probation, *, reason: str, version: int | None = None, actor: "User") -> Probation:
    """退回补充 With what is to be completed; the words of the conclusion stand. Raises Stale, ValidationError."""
    one = _lock_waiting(one, version, actor)
    _back_to_work(one, "probation.probation.returned", reason, actor)
    return one


@transaction.atomic
def take_sign_off_back(one: Probation, *, reason: str, version: int | None = None, actor: "User") -> Probation:
    """撤销签批 What it wrote is taken back, and the conclusion is entered anew.

    Raises Stale; ValidationError where something was built on it since.
    """
    one = lock_probation(one, version)
    if not one.is_closed:
        raise ValidationError(_("This assessment is not signed off."), code="not_signed_off")
    effects.take_back(one, reason=reason, actor=actor)
    end = one.ended_on
    _back_to_work(one, "probation.probation.unsigned", reason, actor, was_unsigned=True)
    effects.give_end_back(one, end, reason=reason, actor=actor)
    return one


def _back_to_work(one: Probation, verb: str, reason: str, actor: "User", *, was_unsigned: bool = False) -> None:
    if not reason.strip():
        raise refusal("reason", _("Please fill this in."), code="required")
    with history.change(one, actor=actor, verb=verb, reason=reason):
        one.state, one.ended_on, one.post_record = State.UNDER_WAY, None, None
        one.wrote_record = False
        one.checked_by, one.checked_on, one.signed_by, one.signed_on = None, None, None, None
        one.returned_on, one.return_reason, one.was_unsigned = timezone.localdate(), reason.strip(), was_unsigned
        clean(one)
        one.save()


def _check_rules(one: Probation) -> None:
    if one.conclusion == Conclusion.PASSED:
        check_grounds(one)
        check_grading(one, keep=one.rank)
        return
    check_written(one)
    if one.conclusion == Conclusion.DEFERRED:
        check_extension(one)


def _lock_waiting(one: Probation, version: int | None, actor: "User") -> Probation:
    one = lock_probation(one, version)
    if one.state != State.WAITING:
        raise ValidationError(_("This assessment does not wait for this step."), code="not_waiting")
    refuse_same_hand(actor, entered=one.entered_by_id, checked=one.checked_by_id)
    return one
