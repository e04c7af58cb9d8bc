"""帮带见面 Check-ins: arranged, moved, held, called off."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.history import services as history
from cadre_app.mentorship.models import CheckIn, Pairing
from cadre_app.mentorship.services.checks import lock_pairing
from cadre_app.mentorship.services.days import keep_days
from cadre_app.people.services.checks import clean, refusal, refuse_before, refuse_future

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def arrange_check_in(pairing: Pairing, *, planned_on: date, place: str = "", actor: "User | None") -> CheckIn:
    """Arrange the next check-in; one at a time. Raises ValidationError by field."""
    pairing = lock_pairing(pairing.pk)
    check_in = CheckIn(pairing=pairing, planned_on=planned_on, place=place)
    with history.change(check_in, actor=actor, verb="mentorship.checkin.arranged"):
        _check_day(pairing, planned_on)
        clean(check_in)
        check_in.save(force_insert=True)
    keep_days(pairing)
    return check_in


@transaction.atomic
def change_check_in(
    check_in: CheckIn, *, planned_on: date, place: str = "", version: int | None = None, actor: "User"
) -> CheckIn:
    """Move an open check-in. Raises Stale, or ValidationError by field."""
    pairing, check_in = _lock_open(check_in, version)
    with history.change(check_in, actor=actor, verb="mentorship.checkin.changed"):
        if planned_on != check_in.planned_on:
            _check_day(pairing, planned_on)
        check_in.planned_on, check_in.place = planned_on, place
        clean(check_in)
        check_in.save()
    keep_days(pairing)
    return check_in


@transaction.atomic
def hold_check_in(check_in: CheckIn, *, held_on: date, version: int | None = None, actor: "User | None") -> CheckIn:
    """Say that it was held, where no note does. Raises Stale, or ValidationError by field."""
    pairing, check_in = _lock_open(check_in, version)
    refuse_future("held_on", held_on)
    _refuse_before_start("held_on", pairing, held_on)
    with history.change(check_in, actor=actor, verb="mentorship.checkin.held"):
        check_in.held_on = held_on
        clean(check_in)
        check_in.save()
    keep_days(pairing)
    return check_in


@transaction.atomic
def call_off_check_in(check_in: CheckIn, *, reason: str, version: int | None = None, actor: "User") -> CheckIn:
    """Call an open check-in off. Raises Stale, ValidationError."""
    pairing, check_in = _lock_open(check_in, version)
    with history.change(check_in, actor=actor, verb="mentorship.checkin.called_off"):
        check_in.called_off_on, check_in.called_off_reason = timezone.localdate(), reason
        clean(check_in)
        check_in.save()
    keep_days(pairing)
    return check_in


@transaction.atomic
def reopen_check_in(check_in: CheckIn, *, reason: str = "", version: int | None = None, actor: "User") -> CheckIn:
    """Take back that it was held or called off. Raises Stale; ValidationError where a note says that it was held."""
    pairing = lock_pairing(check_in.pairing_id)
    check_in = CheckIn.objects.lock(check_in.pk, version)
    if check_in.is_open or check_in.is_voided:
        raise ValidationError(_("This check-in is not closed."), code="open")
    if check_in.has_note:
        raise ValidationError(_("A guidance note says that it was held. Change or void that note."), code="noted")
    with history.change(check_in, actor=actor, verb="mentorship.checkin.reopened", reason=reason):
        check_in.held_on, check_in.called_off_on, check_in.called_off_reason = None, None, ""
        clean(check_in)
        check_in.save()
    keep_days(pairing)
    return check_in


def _lock_open(check_in: CheckIn, version: int | None) -> tuple[Pairing, CheckIn]:
    pairing = lock_pairing(check_in.pairing_id)
    check_in = CheckIn.objects.lock(check_in.pk, version)
    if not check_in.is_open:
        raise ValidationError(_("This check-in was held or called off already."), code="closed")
    return pairing, check_in


def _check_day(pairing: Pairing, day: date) -> None:
    _refuse_before_start("planned_on", pairing, day)
    message = _("A check-in is arranged for today or later. One that was held is entered as held.")
    refuse_before("planned_on", day, timezone.localdate(), message)
    latest = timezone.localdate() + timedelta(days=pairing.check_in_days)
    if day > latest:
        message = ngettext(
            "The agreement says at least every %(days)d day: arrange it for %(day)s at the latest.",
            "The agreement says at least every %(days)d days: arrange it for %(day)s at the latest.",
            pairing.check_in_days,
        )
        known = {"days": pairing.check_in_days, "day": formats.date_format(latest)}
        raise refusal("planned_on", message % known, code="too_late")


def _refuse_before_start(field: str, pairing: Pairing, day: date) -> None:
    message = _("The pairing began on %(day)s.") % {"day": formats.date_format(pairing.started_on)}
    refuse_before(field, day, pairing.started_on, message)
