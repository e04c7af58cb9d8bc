"""点单征集 Rounds: opened for certain days, changed, closed early, opened again, voided while nobody ordered."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal
from cadre_app.training.models import OrderRound

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST = timedelta(days=366)
AHEAD = timedelta(days=731)


@transaction.atomic
def create_round(
    *,
    title: str,
    opens_on: date,
    closes_on: date,
    most: int,
    for_advanced_only: bool = True,
    note: str = "",
    actor: "User",
) -> OrderRound:
    """A round of local dates, both included. Raises ValidationError by field."""
    made = OrderRound()
    _fill(made, title, opens_on, closes_on, most, note, for_advanced_only=for_advanced_only)
    with history.change(made, actor=actor, verb="training.orderround.created"):
        _check_days(made)
        if closes_on < timezone.localdate():
            raise refusal("closes_on", _("This day has passed already."), code="past")
        clean(made)
        made.save(force_insert=True)
    return made


@transaction.atomic
def change_round(
    found: OrderRound,
    *,
    title: str,
    opens_on: date,
    closes_on: date,
    most: int,
    for_advanced_only: bool = True,
    note: str = "",
    version: int | None = None,
    actor: "User",
) -> OrderRound:
    """Change a round; orders that were taken stay, so its days and its number must hold theirs. Another last day opens a
    round again that was closed early. Raises Stale, ValidationError by field.
    """
    found = _lock(found, version)
    last, before = found.closes_on, found.most
    with history.change(found, actor=actor, verb="training.orderround.changed"):
        _fill(found, title, opens_on, closes_on, most, note, for_advanced_only=for_advanced_only)
        found.closed_at = found.closed_at if closes_on == last else None
        _check_days(found)
        _check_orders(found)
        if most < before:
            _check_most(found)
        clean(found)
        found.save()
    return found


@transaction.atomic
def close_round(found: OrderRound, *, version: int | None = None, actor: "User") -> OrderRound:
    """No orders from this moment on: today becomes its last day. Raises Stale, ValidationError."""
    found = _lock(found, version)
    if not found.is_open:
        raise ValidationError(_("This round is not open."), code="not_open")
    with history.change(found, actor=actor, verb="training.orderround.closed"):
        found.closes_on, found.closed_at = timezone.localdate(), timezone.now()
        clean(found)
        found.save()
    return found


@transaction.atomic
def reopen_round(found: OrderRound, *, closes_on: date, version: int | None = None, actor: "User") -> OrderRound:
    """Take orders again until the day given. Raises Stale, ValidationError by field."""
    found = _lock(found, version)
    today = timezone.localdate()
    if not found.is_over_on(today):
        raise ValidationError(_("This round is not closed."), code="not_closed")
    if closes_on < today:
        raise refusal("closes_on", _("This day has passed already."), code="past")
    with history.change(found, actor=actor, verb="training.orderround.reopened"):
        found.closes_on, found.closed_at = closes_on, None
        _check_days(found)
        clean(found)
        found.save()
    return found


@transaction.atomic
def void_round(found: OrderRound, *, reason: str, version: int | None = None, actor: "User") -> OrderRound:
    """Void a round as long as nobody ordered in it. Raises Stale, ValidationError."""
    found = _lock(found, version)
    if found.orders.standing().exists():
        message = _("People have ordered in this round. Close it early instead.")
        raise ValidationError(message, code="has_orders")
    history.void(found, actor=actor, reason=reason)
    return OrderRound.objects.get(pk=found.pk)


def _lock(found: OrderRound, version: int | None) -> OrderRound:
    found = OrderRound.objects.lock(found.pk, version)
    if found.is_voided:
        raise ValidationError(_("This round was voided."), code="voided")
    return found


def _fill(
    found: OrderRound,
    title: str,
    opens_on: date,
    closes_on: date,
    most: int,
    note: str,
    *,
    for_advanced_only: bool,
) -> None:
    found.title, found.opens_on, found.closes_on = title.strip(), opens_on, closes_on
    found.most, found.note, found.for_advanced_only = most, note.strip(), for_advanced_only


def _check_days(found: OrderRound) -> None:
    if found.opens_on > timezone.localdate() + AHEAD:
        raise refusal("opens_on", _("A round is planned two years ahead at most."), code="too_late")
    if found.closes_on - found.opens_on > LONGEST:
        raise refusal("closes_on", _("A round lasts one year at most."), code="too_long")


def _check_orders(found: OrderRound) -> None:
    """The days on which people ordered lie within those of the round."""
    taken = found.orders.standing().aggregate(first=Min("ordered_on"), last=Max("ordered_on"))
    first, last = taken["first"], taken["last"]
    if first is not None and first < found.opens_on:
        message = _("Somebody ordered on %(day)s already.") % {"day": formats.date_format(first)}
        raise refusal("opens_on", message, code="orders_before")
    if last is not None and last > found.closes_on:
        message = _("Somebody ordered on %(day)s already.") % {"day": formats.date_format(last)}
        raise refusal("closes_on", message, code="orders_after")


def _check_most(found: OrderRound) -> None:
    """Nobody has ordered more than one may."""
    counts = found.orders.live().order_by().values("trainee").annotate(courses=Count("pk"))
    ordered = counts.aggregate(most=Max("courses"))["most"] or 0
    if ordered > found.most:
        message = _("Somebody has ordered %(count)s courses in this round.") % {"count": ordered}
        raise refusal("most", message, code="orders_above")
