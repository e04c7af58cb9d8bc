"""Days on which a village term stood still; each moves the end of the term (顺延)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.people.models import Interruption, VillageTerm
from cadre_app.people.services.checks import clean, refusal, refuse_before, refuse_future, refuse_standing
from cadre_app.people.services.terms import due_day, keep_term_end, lock_term

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_DAYS = 5 * 366


@transaction.atomic
def interrupt_term(
    term: VillageTerm,
    *,
    started_on: date,
    ended_on: date | None = None,
    reason: str,
    document_number: str = "",
    version: int | None = None,
    actor: "User | None",
) -> Interruption:
    """Record that a term stood still from `started_on` (not in the future) until `ended_on`, both included.

    While there is no last day the term has no end. Raises Stale for an old `version` of the term; ValidationError.
    """
    trainee, term = lock_term(term, version)
    item = Interruption(term=term, started_on=started_on, ended_on=ended_on)
    item.reason, item.document_number = reason, document_number
    with history.change(item, actor=actor, verb="people.interruption.added"):
        _check(item)
        item.save()
    keep_term_end(trainee, actor=actor)
    return item


@transaction.atomic
def change_interruption(
    interruption: Interruption,
    *,
    started_on: date,
    ended_on: date | None,
    reason: str,
    document_number: str = "",
    version: int | None = None,
    actor: "User",
) -> Interruption:
    """Correct an interruption or enter its last day. Raises Stale, or ValidationError by field."""
    trainee, term = lock_term(interruption.term)
    item = _lock(interruption, term, version)
    with history.change(item, actor=actor, verb="people.interruption.changed"):
        item.started_on, item.ended_on = started_on, ended_on
        item.reason, item.document_number = reason, document_number
        _check(item)
        item.save()
    keep_term_end(trainee, actor=actor)
    return item


@transaction.atomic
def void_interruption(
    interruption: Interruption, *, reason: str, version: int | None = None, actor: "User"
) -> Interruption:
    """Void an interruption entered by mistake; its days no longer move the end of the term."""
    trainee, term = lock_term(interruption.term)
    item = _lock(interruption, term, version)
    history.void(item, actor=actor, reason=reason, version=version)
    keep_term_end(trainee, actor=actor)
    return Interruption.objects.get(pk=item.pk)


@transaction.atomic
def restore_interruption(
    interruption: Interruption, *, reason: str = "", version: int | None = None, actor: "User"
) -> Interruption:
    """Undo `void_interruption`: its days move the end of the term again.

    Raises Stale; ValidationError while the term is voided, or where it no longer fits the term.
    """
    trainee, term = lock_term(interruption.term)
    item = _lock(interruption, term, version, voided=True)
    _check(item)
    history.restore(item, actor=actor, reason=reason)
    keep_term_end(trainee, actor=actor)
    return Interruption.objects.get(pk=item.pk)


def _lock(interruption: Interruption, term: VillageTerm, version: int | None, *, voided: bool = False) -> Interruption:
    item = Interruption.objects.lock(interruption.pk, version)
    if voided:
        refuse_standing(item)
    elif item.is_voided:
        raise ValidationError(_("This interruption is voided."), code="voided")
    item.term = term
    return item


def _check(item: Interruption) -> None:
    """Inside the term, begun, not endless; asked before the database builds the period."""
    term = item.term
    message = _("The village term began on %(day)s.") % {"day": formats.date_format(term.started_on)}
    refuse_before("started_on", item.started_on, term.started_on, message)
    refuse_future("started_on", item.started_on)
    if item.ended_on is not None:
        _check_end(item, item.ended_on)
    elif term.ended_on is not None:
        raise refusal("ended_on", _("The village term has ended: enter the last day."), code="term_ended")
    last = _last_day_without(item)
    if last is not None and item.started_on > last:
        message = _("The village term ends on %(day)s: after that day it cannot stand still.")
        raise refusal("started_on", message % {"day": formats.date_format(last)}, code="after_term")
    clean(item)


def _check_end(item: Interruption, ended_on: date) -> None:
    if ended_on < item.started_on:
        raise refusal("ended_on", _("An interruption cannot end before it started."), code="before_start")
    if ended_on - item.started_on > timedelta(days=LONGEST_DAYS):
        raise refusal("ended_on", _("An interruption lasts five years at most."), code="too_long")
    if item.term.ended_on is not None and ended_on > item.term.ended_on:
        message = _("The village term ended on %(day)s.") % {"day": formats.date_format(item.term.ended_on)}
        raise refusal("ended_on", message, code="after_term")


def _last_day_without(item: Interruption) -> date | None:
    """The last day of the term by everything but `item`; None while another interruption has no last day."""
    if item.term.ended_on is not None:
        return item.term.ended_on
    others = item.term.interruptions.standing().exclude(pk=item.pk)
    if any(other.ended_on is None for other in others):
        return None
    return due_day(item.term, sum((other.ended_on - other.started_on).days + 1 for other in others if other.ended_on))
