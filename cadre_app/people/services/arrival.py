"""新录用报到: the arrival checklist, one record per item done."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.core.days import add_years
from cadre_app.history import services as history
from cadre_app.people.models import ArrivalCheck, Trainee
from cadre_app.people.policies import ARRIVAL_DAYS
from cadre_app.people.services.checks import (
    clean,
    lock_open_file,
    refusal,
    refuse_before,
    refuse_future,
    refuse_standing,
)
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

TABLE = "arrival_item"
NO_LONGER_CHASED = timedelta(days=366)  # who arrived longer ago was entered with the files that were taken over


@transaction.atomic
def tick_item(trainee: Trainee, *, item: str, done_on: date, note: str = "", actor: "User | None") -> ArrivalCheck:
    """Tick off an item (a code in use of the table arrival_item) as done on a local date, not in the future.

    Raises ValidationError by field, also for an item that is ticked off already.
    """
    trainee = lock_open_file(trainee.pk)
    if item not in dict(codes.choices(TABLE)):
        raise refusal("item", _("This item is not on the checklist."), code="unknown_item")
    refuse_future("done_on", done_on)
    if trainee.arrived_on.year > date.min.year:
        message = _("This day lies more than a year before the arrival.")
        refuse_before("done_on", done_on, add_years(trainee.arrived_on, -1), message)
    check = ArrivalCheck(trainee=trainee, item=item, done_on=done_on, note=note)
    with history.change(check, actor=actor, verb="people.arrivalcheck.ticked"):
        clean(check)
        check.save()
    return check


@transaction.atomic
def untick_item(check: ArrivalCheck, *, reason: str, version: int | None = None, actor: "User") -> ArrivalCheck:
    """Take a tick back. Raises Stale, or ValidationError if that was done already."""
    lock_open_file(check.trainee_id)
    check = ArrivalCheck.objects.lock(check.pk, version)
    if check.is_voided:
        raise ValidationError(_("This item was taken back already."), code="voided")
    history.void(check, actor=actor, reason=reason, version=version)
    return ArrivalCheck.objects.get(pk=check.pk)


@transaction.atomic
def restore_tick(check: ArrivalCheck, *, reason: str = "", version: int | None = None, actor: "User") -> ArrivalCheck:
    """Undo `untick_item`. Raises Stale; ValidationError if the item was ticked off again meanwhile."""
    lock_open_file(check.trainee_id)
    check = ArrivalCheck.objects.lock(check.pk, version)
    refuse_standing(check)
    history.restore(check, actor=actor, reason=reason)
    return ArrivalCheck.objects.get(pk=check.pk)


def due_on(trainee: Trainee) -> date:
    """The day by which the checklist is complete (policy people.arrival_days, as it stands now)."""
    return trainee.arrived_on + timedelta(days=ARRIVAL_DAYS.now())
