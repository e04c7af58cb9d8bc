"""调动离职: changes of unit, departures, and taking either back."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core.days import add_years, months_between
from cadre_app.core.probation import cancelling_of
from cadre_app.core.roles import Role
from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee, Transfer, TransferKind, VillageTerm
from cadre_app.people.models.transfers import ENDS_OF_PROBATION
from cadre_app.people.policies import MINIMUM_SERVICE_YEARS
from cadre_app.people.services.checks import (
    clean,
    lock_file,
    lock_open_file,
    refusal,
    refuse_before,
    refuse_future,
)
from cadre_app.people.services.terms import end_term, reopen_term
from cadre_app.stages.texts import MONTHS_A_YEAR, duration_text

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class Service:
    """Service completed on a day: whole `years` and further `months`; the minimum is complete after `minimum_until`."""

    years: int
    months: int
    minimum_until: date
    is_complete: bool

    @property
    def text(self) -> str:
        """Years and months in the viewer's language."""
        return duration_text(self.years * MONTHS_A_YEAR + self.months)


def service_of(trainee: Trainee, on: date | None = None) -> Service:
    """The service period on a local date, by default today or the day of departure (policy minimum_service_years)."""
    on = on or trainee.departed_on or timezone.localdate()
    years, months = divmod(months_between(trainee.arrived_on, on), MONTHS_A_YEAR)
    until = add_years(trainee.arrived_on, MINIMUM_SERVICE_YEARS.on(on)) - timedelta(days=1)
    return Service(years, months, until, is_complete=on > until)


@transaction.atomic
def transfer_trainee(
    trainee: Trainee,
    *,
    to_unit: Unit,
    effective_on: date,
    document_number: str,
    note: str = "",
    version: int | None = None,
    actor: "User | None",
) -> Transfer:
    """Move a file to another unit, in which `actor` is staff as well; not in the future, not before an earlier one.

    Raises Stale for an old `version` of the file; ValidationError by field.
    """
    trainee = lock_open_file(trainee.pk, version)
    _check_day(trainee, effective_on)
    if to_unit.pk == trainee.home_unit_id:
        raise refusal("to_unit", _("The person already belongs to this unit."), code="same_unit")
    _check_target("to_unit", to_unit, effective_on, actor)
    transfer = Transfer(trainee=trainee, kind=TransferKind.INTERNAL, effective_on=effective_on)
    transfer.from_unit, transfer.to_unit = trainee.home_unit, to_unit
    transfer.document_number, transfer.note = document_number, note
    _save_new(transfer, actor)
    with history.change(trainee, actor=actor, verb="people.trainee.transferred"):
        trainee.home_unit = to_unit
        trainee.save(update_fields=["home_unit", "updated_at"])
    return transfer


@transaction.atomic
def undo_transfer(transfer: Transfer, *, reason: str, version: int | None = None, actor: "User") -> Transfer:
    """Void the latest transfer and move the file back; raises Stale, ValidationError if something followed it."""
    trainee = lock_open_file(transfer.trainee_id)
    transfer = Transfer.objects.lock(transfer.pk, version)
    latest = _latest(trainee)
    if transfer.is_voided or transfer.is_departure or latest is None or latest.pk != transfer.pk:
        raise ValidationError(_("Only the latest transfer can be taken back."), code="not_latest")
    if trainee.home_unit_id != transfer.to_unit_id:
        raise ValidationError(_("The file has been moved since. Record a new transfer."), code="moved")
    _check_target(None, transfer.from_unit, timezone.localdate(), actor)
    history.void(transfer, actor=actor, reason=reason)
    with history.change(trainee, actor=actor, verb="people.trainee.transferred", reason=reason):
        trainee.home_unit = transfer.from_unit
        trainee.save(update_fields=["home_unit", "updated_at"])
    return Transfer.objects.get(pk=transfer.pk)


@transaction.atomic
def record_departure(
    trainee: Trainee,
    *,
    kind: str,
    effective_on: date,
    destination: str = "",
    document_number: str,
    approval: str = "",
    note: str = "",
    version: int | None = None,
    actor: "User | None",
) -> Transfer:
    """Close a file: it becomes read-only, and a village term that runs ends with it (cut short unless it was due).

    Before the minimum service `approval` is required, but for a probation that was not passed. Raises Stale for an old
    `version`; ValidationError by field.
    """
    trainee = lock_open_file(trainee.pk, version)
    if kind == TransferKind.INTERNAL:
        raise refusal("kind", _("Choose the kind of departure."), code="not_a_departure")
    _check_day(trainee, effective_on)
    ends_probation = kind in ENDS_OF_PROBATION.values()
    if ends_probation:
        _check_cancelling(trainee, kind, effective_on)
    if not ends_probation and not approval and not service_of(trainee, effective_on).is_complete:
        message = _("The minimum service is not complete on this day: name the approval of leaving earlier.")
        raise refusal("approval", message, code="within_service")
    transfer = Transfer(trainee=trainee, kind=kind, effective_on=effective_on, from_unit=trainee.home_unit)
    transfer.destination, transfer.document_number = destination, document_number
    transfer.approval, transfer.note = approval, note
    transfer.ended_term = _end_running_term(trainee, effective_on, actor)
    _save_new(transfer, actor)
    trainee = Trainee.objects.lock(trainee.pk)
    with history.change(trainee, actor=actor, verb="people.trainee.departed"):
        trainee.departed_on = effective_on
        trainee.save(update_fields=["departed_on", "updated_at"])
    return transfer


@transaction.atomic
def undo_departure(trainee: Trainee, *, reason: str, version: int | None = None, actor: "User") -> Trainee:
    """Open a file again that a departure had closed, and the village term that ended with it. Raises Stale."""
    trainee = lock_file(trainee.pk, version)
    departure = trainee.transfers.standing().exclude(kind=TransferKind.INTERNAL).first()
    if trainee.is_voided or trainee.departed_on is None or departure is None:
        raise ValidationError(_("This person has not left."), code="not_departed")
    history.void(departure, actor=actor, reason=reason)
    with history.change(trainee, actor=actor, verb="people.trainee.departure_undone", reason=reason):
        trainee.departed_on = None
        trainee.save(update_fields=["departed_on", "updated_at"])
    if departure.ended_term is not None:
        reopen_term(departure.ended_term, reason=reason, actor=actor)
    return Trainee.objects.get(pk=trainee.pk)


def _end_running_term(trainee: Trainee, effective_on: date, actor: "User | None") -> VillageTerm | None:
    """The term without a last day, ended: on the day it was due if that has passed, else cut short on `effective_on`."""
    for term in trainee.village_terms.standing():
        if term.started_on > effective_on or (term.ended_on or effective_on) > effective_on:
            message = _("A village term reaches past this day. Correct or void it first.")
            raise refusal("effective_on", message, code="term_after")
    running = trainee.village_terms.standing().filter(ended_on=None).first()
    if running is None:
        return None
    was_due = running.due_on is not None and running.due_on <= effective_on
    last_day = running.due_on if was_due and running.due_on is not None else effective_on
    return end_term(running, ended_on=last_day, is_cut_short=not was_due, actor=actor)


def _check_day(trainee: Trainee, day: date) -> None:
    refuse_future("effective_on", day)
    arrived = {"day": formats.date_format(trainee.arrived_on)}
    refuse_before("effective_on", day, trainee.arrived_on, _("The person reported for duty on %(day)s.") % arrived)
    latest = _latest(trainee)
    if latest is not None:
        known = {"day": formats.date_format(latest.effective_on)}
        refuse_before("effective_on", day, latest.effective_on, _("The last transfer was on %(day)s.") % known)


def _check_cancelling(trainee: Trainee, kind: str, day: date) -> None:
    """It follows a conclusion that a leader signed off, from the day of its document on."""
    found = cancelling_of(trainee)
    if found is None:
        message = _("This follows the conclusion “not qualified” on the probation, once it is signed off.")
        raise refusal("kind", message, code="not_cancelled")
    if kind != ENDS_OF_PROBATION[trainee.status]:
        label = ENDS_OF_PROBATION[trainee.status].label
        message = _("By the personnel status this is: %(kind)s.") % {"kind": label}
        raise refusal("kind", message, code="other_status")
    if found.document_on is not None:
        message = _("The document of the conclusion is of %(day)s.") % {"day": formats.date_format(found.document_on)}
        refuse_before("effective_on", day, found.document_on, message)


def _check_target(field: str | None, unit: Unit, day: date, actor: "User | None") -> None:
    problem = ""
    if unit.is_voided or (unit.closed_on is not None and unit.closed_on <= day):
        problem = _("This unit is closed or voided.")
    elif actor is not None and not actor.holds(unit, Role.STAFF):
        problem = _("This unit is outside your own scope.")
    if problem:
        raise refusal(field, problem, code="target") if field else ValidationError(problem, code="target")


def _latest(trainee: Trainee) -> Transfer | None:
    return trainee.transfers.standing().order_by("-effective_on", "-created_at").first()


def _save_new(transfer: Transfer, actor: "User | None") -> None:
    transfer.served_months = months_between(transfer.trainee.arrived_on, transfer.effective_on)
    with history.change(transfer, actor=actor, verb="people.transfer.recorded"):
        clean(transfer)
        transfer.save()
