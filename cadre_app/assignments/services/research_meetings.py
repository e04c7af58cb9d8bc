"""推进会 Progress meetings: their minutes, an item for each report that was looked at, steps that are done."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import ProgressItem, ProgressMeeting, ResearchCall, ResearchProject
from cadre_app.assignments.models.choices import OPEN_PROJECTS
from cadre_app.assignments.services.research_states import lock_project
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refuse_before, refuse_future

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def record_meeting(
    *,
    held_on: date,
    minutes: str,
    call: ResearchCall | None = None,
    place: str = "",
    chair: str = "",
    actor: "User",
) -> ProgressMeeting:
    """Record a meeting that was held. Raises ValidationError by field."""
    meeting = ProgressMeeting(call=call, held_on=held_on, place=place, chair=chair, minutes=minutes)
    refuse_future("held_on", held_on)
    with history.change(meeting, actor=actor, verb="assignments.progressmeeting.recorded"):
        clean(meeting)
        meeting.save()
    return meeting


@transaction.atomic
def change_meeting(
    meeting: ProgressMeeting,
    *,
    held_on: date,
    minutes: str,
    call: ResearchCall | None = None,
    place: str = "",
    chair: str = "",
    version: int | None = None,
    actor: "User",
) -> ProgressMeeting:
    """Correct the minutes. Raises Stale, ValidationError by field."""
    meeting = _lock(meeting, version)
    refuse_future("held_on", held_on)
    with history.change(meeting, actor=actor, verb="assignments.progressmeeting.changed"):
        meeting.held_on, meeting.minutes, meeting.call = held_on, minutes, call
        meeting.place, meeting.chair = place, chair
        clean(meeting)
        meeting.save()
    return meeting


@transaction.atomic
def void_meeting(
    meeting: ProgressMeeting, *, reason: str, version: int | None = None, actor: "User"
) -> ProgressMeeting:
    """Take back a meeting, then its items, by which order `restore_meeting` knows them. Raises Stale, ValidationError."""
    meeting = _lock(meeting, version)
    history.void(meeting, actor=actor, reason=reason)
    for item in ProgressItem.objects.standing().filter(meeting=meeting).select_for_update(of=("self",)):
        history.void(item, actor=actor, reason=reason)
    return ProgressMeeting.objects.get(pk=meeting.pk)


@transaction.atomic
def restore_meeting(
    meeting: ProgressMeeting, *, reason: str = "", version: int | None = None, actor: "User"
) -> ProgressMeeting:
    """Undo `void_meeting`; items that were taken out before stay out. Raises Stale, ValidationError."""
    meeting = ProgressMeeting.objects.lock(meeting.pk, version)
    if not meeting.is_voided:
        raise ValidationError(_("This meeting is not voided."), code="not_voided")
    items = ProgressItem.objects.filter(meeting=meeting, voided_at__gte=meeting.voided_at)
    for item in items.select_for_update(of=("self",)):
        history.restore(item, actor=actor, reason=reason)
    history.restore(meeting, actor=actor, reason=reason)
    return ProgressMeeting.objects.get(pk=meeting.pk)


@transaction.atomic
def add_item(
    meeting: ProgressMeeting,
    *,
    project: ResearchProject,
    progress: str,
    next_step: str = "",
    due_on: date | None = None,
    actor: "User",
) -> ProgressItem:
    """What was said of one report, and the next step with its day. Raises ValidationError by field."""
    lock_project(project, states=OPEN_PROJECTS)
    meeting = _lock(meeting, None)
    item = ProgressItem(meeting=meeting, project=project)
    return _write(item, progress, next_step, due_on, act="added", actor=actor)


@transaction.atomic
def change_item(
    item: ProgressItem,
    *,
    progress: str,
    next_step: str = "",
    due_on: date | None = None,
    version: int | None = None,
    actor: "User",
) -> ProgressItem:
    """Correct an item. Raises Stale, ValidationError by field."""
    item = ProgressItem.objects.lock(item.pk, version)
    return _write(item, progress, next_step, due_on, act="changed", actor=actor)


@transaction.atomic
def void_item(item: ProgressItem, *, reason: str, version: int | None = None, actor: "User") -> ProgressItem:
    """Take an item out of the minutes. Raises Stale."""
    history.void(item, actor=actor, reason=reason, version=version)
    return ProgressItem.objects.get(pk=item.pk)


@transaction.atomic
def restore_item(item: ProgressItem, *, reason: str = "", version: int | None = None, actor: "User") -> ProgressItem:
    """Undo `void_item`. Raises Stale; ValidationError where the meeting is voided or has another item for the report."""
    meeting = _lock(item.meeting, None)
    item = ProgressItem.objects.lock(item.pk, version)
    if not item.is_voided:
        raise ValidationError(_("This item stands in the minutes."), code="not_voided")
    if ProgressItem.objects.standing().filter(meeting=meeting, project=item.project_id).exists():
        raise ValidationError(_("This meeting has an item for the project already."), code="once_on_the_agenda")
    history.restore(item, actor=actor, reason=reason)
    return ProgressItem.objects.get(pk=item.pk)


@transaction.atomic
def finish_step(item: ProgressItem, *, version: int | None = None, actor: "User") -> ProgressItem:
    """The next step of an item is done; pressed again, it is not. Raises Stale, ValidationError."""
    item = ProgressItem.objects.lock(item.pk, version)
    if item.is_voided or not item.next_step:
        raise ValidationError(_("This item has no step to be done."), code="no_step")
    verb = "step_done" if item.done_on is None else "step_open"
    with history.change(item, actor=actor, verb=f"assignments.progressitem.{verb}"):
        item.done_on = timezone.localdate() if item.done_on is None else None
        item.save()
    return item


def _lock(meeting: ProgressMeeting, version: int | None) -> ProgressMeeting:
    meeting = ProgressMeeting.objects.lock(meeting.pk, version)
    if meeting.is_voided:
        raise ValidationError(_("This meeting is voided."), code="voided")
    return meeting


def _write(
    item: ProgressItem, progress: str, next_step: str, due_on: date | None, *, act: str, actor: "User"
) -> ProgressItem:
    if item.is_voided:
        raise ValidationError(_("This item was taken out of the minutes."), code="voided")
    if due_on is not None:
        refuse_before("due_on", due_on, item.meeting.held_on, _("This day lies before the meeting."))
    with history.change(item, actor=actor, verb=f"assignments.progressitem.{act}"):
        item.progress, item.next_step, item.due_on = progress, next_step, due_on
        clean(item)
        item.save()
    return item
