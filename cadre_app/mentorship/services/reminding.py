"""提醒导师 Mentors of several pairings are reminded by hand: only of what a rule says is due, one item a pairing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.core.roles import Role
from cadre_app.mentorship.models import Pairing
from cadre_app.people.models import of_scope
from cadre_app.reminders.models import Occurrence
from cadre_app.reminders.services.telling_again import tell_again, told_lately

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

# What is said first where several are due.
RULES = ("mentorship.check_in", "mentorship.note_of_month", "mentorship.quiet")


class Outcome:
    """What can be done for a pairing."""

    READY, LATELY, NOTHING, NO_ACCOUNT = "ready", "lately", "nothing", "no_account"


@dataclass(frozen=True)
class Reminder:
    """One pairing with what its mentor would be told, or why not."""

    pairing: Any
    item: Occurrence | None
    outcome: str

    @property
    def is_ready(self) -> bool:
        return self.outcome == Outcome.READY


def reminders_for(keys: Iterable[UUID], *, actor: "User") -> list[Reminder]:
    """For the running ones among these pairings in the scope of `actor` as staff; three queries."""
    rows = Pairing.objects.running().filter(of_scope(actor, Role.STAFF, prefix="trainee__"), pk__in=set(keys))
    pairings = list(rows.select_related("trainee__person", "mentor__account").order_by("trainee__stroke_key", "kind"))
    due = Occurrence.objects.open().filter(rule__in=RULES, source__in=[row.pk for row in pairings])
    first: dict[UUID, Occurrence] = {}
    for item in sorted(due, key=lambda item: (RULES.index(item.rule), item.day)):
        first.setdefault(item.source, item)
    lately = told_lately(first.values())
    return [_reminder(row, first.get(row.pk), lately) for row in pairings]


@transaction.atomic
def remind_mentors(*, keys: Sequence[UUID], actor: "User") -> list[Occurrence]:
    """Tell the mentors of these pairings what is due; returns what was told.

    Raises ValidationError where nothing is left to tell.
    """
    ready = [each.item for each in reminders_for(keys, actor=actor) if each.is_ready and each.item is not None]
    told = tell_again(ready, actor=actor)
    if not told:
        raise ValidationError(_("There is nobody to remind any more."), code="nobody")
    return told


def _reminder(pairing: Pairing, item: Occurrence | None, lately: set[UUID]) -> Reminder:
    account = pairing.mentor.account
    if account is None or not account.is_active:
        return Reminder(pairing, item, Outcome.NO_ACCOUNT)
    if item is None or item.doer_id != account.pk:
        return Reminder(pairing, None, Outcome.NOTHING)
    return Reminder(pairing, item, Outcome.LATELY if item.pk in lately else Outcome.READY)
