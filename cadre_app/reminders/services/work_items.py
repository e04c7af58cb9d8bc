"""The office's work calendar: entries, their days, and rounds done. `due_on` and `planned_on` are kept here alone."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal, refuse_future, refuse_standing
from cadre_app.policy.workdays import FIRST_DAY, LAST_DAY
from cadre_app.reminders import rounds
from cadre_app.reminders.models import Recurrence, WorkItem, WorkItemDone

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def add_item(
    *,
    title_zh: str,
    responsible: str,
    recurrence: str,
    due_on: date,
    title_en: str = "",
    basis: str = "",
    is_local: bool = False,
    note: str = "",
    actor: "User",
) -> WorkItem:
    """A new entry, due on `due_on` (today or later) and from then on as it recurs. Raises ValidationError by field."""
    item = WorkItem(title_zh=title_zh, title_en=title_en, responsible=responsible, basis=basis, note=note)
    item.is_local, item.recurrence = is_local, recurrence
    _check_day(due_on)
    _plan(item, due_on)
    with history.change(item, actor=actor, verb="reminders.workitem.added"):
        clean(item)
        item.save()
    return item


@transaction.atomic
def change_item(
    item: WorkItem,
    *,
    title_zh: str,
    responsible: str,
    recurrence: str,
    title_en: str = "",
    basis: str = "",
    is_local: bool = False,
    note: str = "",
    version: int | None = None,
    actor: "User",
) -> WorkItem:
    """Change what an entry says and how it recurs, not its day. Raises Stale, or ValidationError by field."""
    item = _lock(item, version)
    with history.change(item, actor=actor, verb="reminders.workitem.changed"):
        item.title_zh, item.title_en, item.responsible = title_zh, title_en, responsible
        item.basis, item.note, item.is_local, item.recurrence = basis, note, is_local, recurrence
        if item.due_on is None and recurrence != Recurrence.ONCE:
            _roll(item, timezone.localdate())
        clean(item)
        item.save()
    return item


@transaction.atomic
def move_item(
    item: WorkItem, *, due_on: date, from_now_on: bool, reason: str = "", version: int | None = None, actor: "User"
) -> WorkItem:
    """Move the present round to `due_on` (today or later), alone or with all that follow.

    Raises Stale; ValidationError by field, also when a single move would reach the next round.
    """
    item = _lock(item, version)
    if item.due_on is None:
        raise ValidationError(_("This entry is done and does not come round again."), code="done")
    _check_day(due_on)
    after = next(rounds.following(item.planned_on, item.day, item.recurrence), None)
    if not from_now_on and after is not None and due_on >= after:
        message = _("The next round is planned for %(day)s. Choose an earlier day, or move all rounds from now on.")
        raise refusal("due_on", message % {"day": formats.date_format(after)}, code="next_round")
    with history.change(item, actor=actor, reason=reason, verb="reminders.workitem.moved"):
        item.due_on = due_on
        if from_now_on:
            _plan(item, due_on)
        clean(item)
        item.save()
    return item


@transaction.atomic
def mark_done(
    item: WorkItem, *, done_on: date, note: str = "", version: int | None = None, actor: "User"
) -> WorkItemDone:
    """Record the present round as done and go on to the next one that comes after it and after `done_on`.

    Rounds missed in between are passed over. Raises Stale; ValidationError by field, also for an entry switched off.
    """
    item = _lock(item, version)
    if item.due_on is None:
        raise ValidationError(_("This entry is done and does not come round again."), code="done")
    if not item.is_on:
        raise ValidationError(_("This entry is switched off. Switch it on first."), code="off")
    refuse_future("done_on", done_on)
    done = WorkItemDone(item=item, planned_on=item.planned_on, due_on=item.due_on, done_on=done_on, by=actor, note=note)
    with history.change(done, actor=actor, verb="reminders.workitemdone.added"):
        clean(done)
        done.save()
    with history.change(item, actor=actor, verb="reminders.workitem.done"):
        after = max(item.planned_on, item.due_on, done_on)
        _go_on(item, rounds.first_after(item.planned_on, item.day, item.recurrence, after))
        clean(item)
        item.save()
    return done


@transaction.atomic
def undo_done(done: WorkItemDone, *, reason: str = "", version: int | None = None, actor: "User") -> WorkItem:
    """Take back the last round done: it is due again on its day. Raises Stale, or ValidationError for an older one."""
    item = _lock(done.item)
    done = WorkItemDone.objects.lock(done.pk, version)
    last = item.dones.standing().order_by("-planned_on").first()
    if last is None or last.pk != done.pk:
        raise ValidationError(_("Only the last round that was done can be taken back."), code="not_last")
    history.void(done, actor=actor, reason=reason)
    with history.change(item, actor=actor, reason=reason, verb="reminders.workitem.undone"):
        item.planned_on, item.due_on = done.planned_on, done.due_on
        clean(item)
        item.save()
    return item


@transaction.atomic
def switch_off(item: WorkItem, *, reason: str = "", version: int | None = None, actor: "User") -> WorkItem:
    """Leave an entry out until it is switched on again. Raises Stale."""
    item = _lock(item, version)
    with history.change(item, actor=actor, reason=reason, verb="reminders.workitem.switched_off"):
        item.is_on = False
        item.save(update_fields=["is_on", "updated_at"])
    return item


@transaction.atomic
def switch_on(item: WorkItem, *, reason: str = "", version: int | None = None, actor: "User") -> WorkItem:
    """Undo `switch_off`; rounds that went by meanwhile are passed over. Raises Stale."""
    item = _lock(item, version)
    with history.change(item, actor=actor, reason=reason, verb="reminders.workitem.switched_on"):
        item.is_on = True
        _catch_up(item)
        item.save(update_fields=["is_on", "planned_on", "due_on", "updated_at"])
    return item


@transaction.atomic
def void_item(item: WorkItem, *, reason: str, version: int | None = None, actor: "User") -> WorkItem:
    """Void an entry made by mistake; its rounds are kept. Raises Stale."""
    item = _lock(item, version)
    history.void(item, actor=actor, reason=reason)
    return WorkItem.objects.get(pk=item.pk)


@transaction.atomic
def restore_item(item: WorkItem, *, reason: str = "", version: int | None = None, actor: "User") -> WorkItem:
    """Undo `void_item`; rounds that went by meanwhile are passed over. Raises Stale."""
    item = WorkItem.objects.lock(item.pk, version)
    refuse_standing(item)
    history.restore(item, actor=actor, reason=reason)
    item = WorkItem.objects.lock(item.pk)
    with history.change(item, actor=actor, verb="reminders.workitem.moved"):
        _catch_up(item)
        item.save(update_fields=["planned_on", "due_on", "updated_at"])
    return item


def _lock(item: WorkItem, version: int | None = None) -> WorkItem:
    item = WorkItem.objects.lock(item.pk, version)
    if item.is_voided:
        raise ValidationError(_("This entry is voided."), code="voided")
    return item


def _check_day(due_on: date) -> None:
    if due_on < timezone.localdate():
        raise refusal("due_on", _("This day has passed. Choose today or a later day."), code="past")
    if due_on > LAST_DAY:
        message = _("The work calendar covers %(first)s to %(last)s.")
        raise refusal("due_on", message % {"first": FIRST_DAY.year, "last": LAST_DAY.year}, code="out_of_calendar")


def _plan(item: WorkItem, due_on: date) -> None:
    item.planned_on = item.due_on = due_on
    item.day = rounds.day_of(due_on)


def _catch_up(item: WorkItem) -> None:
    """Pass over rounds that went by; a single item keeps its day."""
    today = timezone.localdate()
    if item.is_overdue(today) and item.recurrence != Recurrence.ONCE:
        _roll(item, today)


def _roll(item: WorkItem, today: date) -> None:
    """To the first round after the present one whose workday is today or later."""
    coming = rounds.following(item.planned_on, item.day, item.recurrence)
    _go_on(item, next((planned for planned in coming if rounds.workday(planned) >= today), None))


def _go_on(item: WorkItem, planned: date | None) -> None:
    if planned is None:
        item.due_on = None
    else:
        item.planned_on, item.due_on = planned, rounds.workday(planned)
