"""订阅: a report each month of a saved filter or of the figures; asked for, changed, cancelled, taken up again."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.core.days import add_months, last_of_month
from cadre_app.history import services as history
from cadre_app.lists.evaluating import NotAllowed, Standing, standing_of
from cadre_app.lists.models import Report, SavedFilter, Subject, Subscription
from cadre_app.lists.wording import PAUSES
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.core.models import BaseModel
    from cadre_app.org.models import Unit


@transaction.atomic
def subscribe_list(saved: SavedFilter, *, day: int, actor: User) -> Subscription:
    """A report of a saved filter on `day` of each month; how it stands now is kept to compare the first one with.

    Raises ValidationError where the list cannot be reported, or is already.
    """
    return _subscribe(Subscription(owner=actor, subject=Subject.LIST, saved=saved, day=day), actor)


@transaction.atomic
def subscribe_figures(*, unit: "Unit | None", day: int, actor: User) -> Subscription:
    """As `subscribe_list`, of the figures of the overview for `unit`, or for everything that `actor` works for."""
    return _subscribe(Subscription(owner=actor, subject=Subject.FIGURES, unit=unit, day=day), actor)


@transaction.atomic
def change_day(subscription: Subscription, *, day: int, version: int | None = None, actor: User) -> Subscription:
    """Another day of the month, one report a month as before: what is due this month still comes. Raises Stale."""
    subscription = Subscription.objects.lock(subscription.pk, version)
    today = timezone.localdate()
    month = (today.replace(day=1), last_of_month(today))
    with history.change(subscription, actor=actor, verb="lists.subscription.changed"):
        subscription.day = day
        if Report.objects.filter(subscription=subscription, is_first=False, made_on__range=month).exists():
            subscription.next_on = next_day(day, month[1])
        elif subscription.next_on > month[1] or subscription.next_on.replace(day=day) > today:
            subscription.next_on = next_day(day, today)
        clean(subscription)
        subscription.save(update_fields=["day", "next_on", "updated_at"])
    return subscription


@transaction.atomic
def cancel(subscription: Subscription, *, version: int | None = None, actor: User) -> "BaseModel":
    """No more reports; those that were made stay. Raises Stale."""
    return history.void(subscription, actor=actor, reason="", version=version)


@transaction.atomic
def resume(subscription: Subscription, *, version: int | None = None, actor: User) -> Subscription:
    """Take a paused one up again. Raises Stale, or ValidationError while it still may not be had."""
    subscription = Subscription.objects.lock(subscription.pk, version)
    _require_allowed(subscription, actor)
    with history.change(subscription, actor=actor, verb="lists.subscription.resumed"):
        subscription.paused_on, subscription.paused_why = None, ""
        subscription.next_on = next_day(subscription.day, timezone.localdate())
        subscription.save(update_fields=["paused_on", "paused_why", "next_on", "updated_at"])
    return subscription


def compare_anew(saved: SavedFilter) -> None:
    """After other conditions: the next report is compared with how these stand now, not with what the old ones held; with
    nothing where its owner may not have them (yet), also of a paused one that is taken up again later.
    """
    found = Subscription.objects.standing().filter(saved=saved).select_related("owner", "saved").first()
    if found is None:
        return
    try:
        keys = standing_of(found, found.owner).keys
    except NotAllowed:
        keys = None
    latest = Report.objects.filter(subscription=found).order_by("-made_on").values("pk")[:1]
    Report.objects.filter(pk__in=latest).update(keys=sorted(keys or ()), is_whole=keys is not None)


def next_day(day: int, after: date) -> date:
    """The next such day of a month after `after`."""
    found = after.replace(day=day)
    return found if found > after else add_months(found, 1)


def _subscribe(subscription: Subscription, actor: User) -> Subscription:
    User.objects.lock(actor.pk)
    today = timezone.localdate()
    found = _require_allowed(subscription, actor)
    subscription.next_on = next_day(subscription.day, today)
    with history.change(subscription, actor=actor, verb="lists.subscription.made"):
        clean(subscription)
        subscription.save()
    Report.objects.create(
        subscription=subscription,
        made_on=today,
        is_first=True,
        total=found.total,
        keys=sorted(found.keys or ()),
        is_whole=found.keys is not None,
        numbers=found.numbers,
    )
    return subscription


def _require_allowed(subscription: Subscription, actor: User) -> Standing:
    try:
        return standing_of(subscription, actor)
    except NotAllowed as error:
        raise ValidationError(str(PAUSES[error.why]), code=error.why) from error
