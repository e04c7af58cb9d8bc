"""Staff put off being reminded, with a reason: the term itself stays what it is."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.reminders.models import Occurrence

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LATEST = timedelta(days=366)
MOST = 1_000
LAST_STEP = 32_000


@transaction.atomic
def postpone_items(*, keys: Sequence[UUID], postponed_to: date, reason: str, actor: "User") -> list[Occurrence]:
    """Move the reminding of open items in the actor's scope to a later local day; others are left out.

    Raises ValidationError by field, also when none of `keys` can be postponed any more.
    """
    _check_day(postponed_to)
    rows = Occurrence.objects.postponable(actor).filter(pk__in=list(keys)[:MOST]).order_by("pk")
    items = list(rows.select_for_update(of=("self",)))
    if not items:
        raise ValidationError(_("These items are settled or no longer in your scope."), code="nothing_left")
    with history.changes_many(items, actor=actor, verb="reminders.occurrence.postponed", reason=reason) as changed:
        for item in changed:
            item.postponed_to, item.postponed_why = postponed_to, reason
            item.said, item.next_on = _passed(postponed_to), timezone.localdate()
        Occurrence.objects.bulk_update(changed, ["postponed_to", "postponed_why", "said", "next_on"], batch_size=500)
    return items


@transaction.atomic
def bring_back(occurrence: Occurrence, *, reason: str = "", version: int | None = None, actor: "User") -> Occurrence:
    """Undo a postponement: the item stands on its own day again, and no step is told twice. Raises Stale, ValidationError."""
    item = Occurrence.objects.lock(occurrence.pk, version)
    if item.postponed_to is None or item.closed_at is not None:
        raise ValidationError(_("This item is settled, or not postponed any more."), code="not_postponed")
    with history.change(item, actor=actor, verb="reminders.occurrence.brought_back", reason=reason):
        item.postponed_to, item.postponed_why = None, ""
        item.said, item.next_on = _passed(item.due_on), timezone.localdate()
        item.save(update_fields=["postponed_to", "postponed_why", "said", "next_on", "updated_at"])
    return Occurrence.objects.get(pk=item.pk)


def _passed(day: date) -> int:
    """The step of today: whoever puts off or takes back knows of the item, so that only later steps are told."""
    return max(min((timezone.localdate() - day).days, LAST_STEP), -LAST_STEP)


def _check_day(day: date) -> None:
    today = timezone.localdate()
    if day <= today:
        raise ValidationError({"postponed_to": ValidationError(_("Choose a day after today."), code="past")})
    if day > today + LATEST:
        raise ValidationError({"postponed_to": ValidationError(_("At most one year ahead."), code="too_late")})
