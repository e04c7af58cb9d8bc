"""党纪处分、政务处分、组织处理 entered, corrected, lifted, voided; none of it is told by history."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.conduct import kinds
from cadre_app.conduct.kinds import SanctionCategory
from cadre_app.conduct.models import Sanction
from cadre_app.conduct.services.checks import (
    asked_end,
    check_day,
    check_number,
    lock_entry,
    period_end,
    set_period,
)
from cadre_app.conduct.services.talks import call_after_criticism, call_off, follow_day
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, lock_open_file, refusal, refuse_before, refuse_future

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

CATEGORIES = tuple(SanctionCategory)


@transaction.atomic
def enter_sanction(
    trainee: "Trainee",
    *,
    kind: str,
    organ: str,
    document_number: str,
    decided_on: date,
    ends_on: date | None = None,
    end_reason: str = "",
    actor: "User",
) -> Sanction:
    """Enter a decision; the end of its period follows from the kind. Raises ValidationError by field."""
    sanction = Sanction(trainee=lock_open_file(trainee.pk))
    with history.change(sanction, actor=actor, verb="conduct.sanction.entered"):
        _write(sanction, kind, organ, document_number, decided_on, ends_on, end_reason)
        call_after_criticism(sanction, decided_on, actor=actor)
        sanction.save(force_insert=True)
    return sanction


@transaction.atomic
def change_sanction(
    sanction: Sanction,
    *,
    kind: str,
    organ: str,
    document_number: str,
    decided_on: date,
    ends_on: date | None = None,
    end_reason: str = "",
    version: int | None = None,
    actor: "User",
) -> Sanction:
    """Correct a decision; the talk that it calls for follows its day. Raises Stale, ValidationError by field."""
    sanction = lock_entry(sanction, version)
    known = sanction.decided_on
    with history.change(sanction, actor=actor, verb="conduct.sanction.changed"):
        _write(sanction, kind, organ, document_number, decided_on, ends_on, end_reason)
        if decided_on != known:
            follow_day(sanction, decided_on, actor=actor)
        sanction.save()
    return sanction


@transaction.atomic
def lift_sanction(
    sanction: Sanction,
    *,
    lifted_on: date | None,
    lift_reason: str = "",
    lift_document: str = "",
    version: int | None = None,
    actor: "User",
) -> Sanction:
    """解除 On a day that has come, before its period is over with reason and document; what was entered before is corrected.

    Raises Stale, ValidationError by field.
    """
    sanction = lock_entry(sanction, version)
    if sanction.is_final:
        raise ValidationError(_("This decision is final: it is not lifted."), code="final")
    if lifted_on is None:
        return _take_lifting_back(sanction, actor)
    refuse_future("lifted_on", lifted_on)
    refuse_before("lifted_on", lifted_on, sanction.decided_on, _("It cannot be lifted before it was decided."))
    with history.change(sanction, actor=actor, verb="conduct.sanction.lifted"):
        sanction.lifted_on, sanction.lift_document = lifted_on, lift_document.strip()
        sanction.lift_reason = lift_reason if sanction.is_lifted_early else ""
        if sanction.is_lifted_early:
            _check_early_lifting(sanction)
        if sanction.lift_document:
            check_number("lift_document", sanction.lift_document)
        clean(sanction)
        sanction.save()
    return sanction


def _take_lifting_back(sanction: Sanction, actor: "User") -> Sanction:
    """It was entered by mistake: the decision counts as if it had not been lifted."""
    if sanction.lifted_on is None:
        raise refusal("lifted_on", _("Please fill this in."), code="required")
    with history.change(sanction, actor=actor, verb="conduct.sanction.lifting_taken_back"):
        sanction.lifted_on, sanction.lift_reason, sanction.lift_document = None, "", ""
        clean(sanction)
        sanction.save()
    return sanction


@transaction.atomic
def void_sanction(sanction: Sanction, *, void_reason: str, version: int | None = None, actor: "User") -> Sanction:
    """It no longer stands, for one of the reasons that name nothing; nor does the occasion of a talk that it made.

    Raises Stale, ValidationError.
    """
    sanction = lock_entry(sanction, version)
    with history.change(sanction, actor=actor, verb="conduct.sanction.reason_given"):
        sanction.void_reason = void_reason
        clean(sanction)
        sanction.save()
    history.void(sanction, actor=actor, reason="")
    call_off(sanction, actor=actor)
    return Sanction.objects.get(pk=sanction.pk)


@transaction.atomic
def restore_sanction(sanction: Sanction, *, version: int | None = None, actor: "User") -> Sanction:
    """A decision that was voided stands again. Raises Stale, ValidationError."""
    sanction = lock_entry(sanction, version, voided=True)
    history.restore(sanction, actor=actor)
    sanction = Sanction.objects.get(pk=sanction.pk)
    with history.change(sanction, actor=actor, verb="conduct.sanction.reason_given"):
        sanction.void_reason = ""
        call_after_criticism(sanction, sanction.decided_on, actor=actor)
        sanction.save()
    return sanction


def _write(
    sanction: Sanction,
    kind: str,
    organ: str,
    document_number: str,
    decided_on: date,
    ends_on: date | None,
    end_reason: str,
) -> None:
    check_day(sanction.trainee, "decided_on", decided_on)
    if not kinds.is_offered(kind, CATEGORIES, keep=sanction.kind):
        raise refusal("kind", _("Choose one of what is offered here."), code="not_a_kind")
    is_other = kind != sanction.kind
    if is_other:
        sanction.months = kinds.months(kind)
    check_number("document_number", document_number)
    ends_on = asked_end(sanction, ends_on, end_reason, is_other=is_other)
    sanction.kind, sanction.category = kind, kinds.category_of(kind)
    sanction.organ, sanction.document_number, sanction.decided_on = organ, document_number, decided_on
    _check_end(sanction, ends_on, end_reason)
    set_period(sanction, decided_on, ends_on, end_reason)
    _check_lifting(sanction)
    clean(sanction)


def _check_early_lifting(sanction: Sanction) -> None:
    if not sanction.lift_reason:
        message = _("Its period lasts until %(day)s. Lifting it earlier needs a reason.")
        known = {"day": formats.date_format(sanction.ends_on)}  # type: ignore[arg-type]
        raise refusal("lift_reason", message % known, code="no_reason")
    if not sanction.lift_document:
        message = _("Lifting it before its period is over needs the document that says so.")
        raise refusal("lift_document", message, code="required")


def _check_lifting(sanction: Sanction) -> None:
    """The day of its lifting still fits what was corrected. Raises ValidationError by field."""
    if sanction.lifted_on is None:
        return
    known = {"day": formats.date_format(sanction.lifted_on)}
    if sanction.lifted_on < sanction.decided_on:
        message = _("It was lifted on %(day)s, before this day: correct the lifting first.")
        raise refusal("decided_on", message % known, code="lifted")
    if sanction.is_lifted_early and not sanction.lift_reason:
        message = _("It was lifted on %(day)s, before this period is over: correct the lifting first.")
        raise refusal("ends_on", message % known, code="lifted")


def _check_end(sanction: Sanction, ends_on: date | None, end_reason: str) -> None:
    """What is final has no end and is not lifted; where the decision sets the period it has an end, of the length that its
    kind knows or with a reason. Raises ValidationError by field.
    """
    if sanction.is_final:
        if sanction.lifted_on is not None:
            raise refusal("kind", _("This decision was lifted: it cannot be a final one."), code="lifted")
        if ends_on is not None:
            raise refusal("ends_on", _("A final decision has no period of effect: leave this empty."), code="final")
        return
    if sanction.months is not None:
        return
    if ends_on is None:
        raise refusal("ends_on", _("The decision says until when it counts: enter the day."), code="no_end")
    days = [period_end(sanction.decided_on, months) for months in kinds.BY_DECISION.get(sanction.kind, ())]
    if days and ends_on not in days and not end_reason:
        message = _("By its kind it lasts one year or two: until %(first)s or %(last)s. Another day needs a reason.")
        known = {"first": formats.date_format(days[0]), "last": formats.date_format(days[-1])}
        raise refusal("end_reason", message % known, code="no_reason")
