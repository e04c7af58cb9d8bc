"""党纪处分、政务处分、组织处理 entered, corrected, lifted, voided; none of it is told by history."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.conduct import kinds
from cadre_app.conduct.kinds import SanctionCategory
from cadre_app.conduct.models import Sanction
from cadre_app.conduct.services.checks import check_day, lock_entry, set_period
from cadre_app.conduct.services.talks import call_after_criticism, call_off
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
    """Correct a decision. Raises Stale, ValidationError by field."""
    sanction = lock_entry(sanction, version)
    with history.change(sanction, actor=actor, verb="conduct.sanction.changed"):
        _write(sanction, kind, organ, document_number, decided_on, ends_on, end_reason)
        sanction.save()
    return sanction


@transaction.atomic
def lift_sanction(sanction: Sanction, *, lifted_on: date, version: int | None = None, actor: "User") -> Sanction:
    """解除 On a day that has come. Raises Stale, ValidationError by field."""
    sanction = lock_entry(sanction, version)
    if sanction.lifted_on is not None:
        raise ValidationError(_("This decision is lifted already."), code="lifted")
    refuse_future("lifted_on", lifted_on)
    refuse_before("lifted_on", lifted_on, sanction.decided_on, _("It cannot be lifted before it was decided."))
    with history.change(sanction, actor=actor, verb="conduct.sanction.lifted"):
        sanction.lifted_on = lifted_on
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
    if kind != sanction.kind:
        sanction.months = kinds.months(kind)
    sanction.kind, sanction.category = kind, kinds.category_of(kind)
    sanction.organ, sanction.document_number, sanction.decided_on = organ, document_number, decided_on
    if sanction.months is None and ends_on is None and kind not in kinds.ENDLESS:
        message = _("The decision says until when it counts: enter the day.")
        raise refusal("ends_on", message, code="no_end")
    set_period(sanction, decided_on, ends_on, end_reason)
    clean(sanction)
