"""What the trainee does with a note, also after the pairing ended: says that it was read, answers; ticks the next step."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.mentorship.models import GuidanceNote
from cadre_app.mentorship.services.notes import lock_note
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def acknowledge_note(note: GuidanceNote, *, version: int | None = None, actor: "User | None") -> GuidanceNote:
    """已阅 The trainee has read it; a second time changes nothing. Raises Stale, ValidationError."""
    note = _lock_shared(note, version)
    if note.acknowledged_at is None:
        with history.change(note, actor=actor, verb="mentorship.guidancenote.acknowledged"):
            note.acknowledged_at = timezone.now()
            note.save(update_fields=["acknowledged_at", "updated_at"])
    return note


@transaction.atomic
def answer_note(note: GuidanceNote, *, answer: str, version: int | None = None, actor: "User | None") -> GuidanceNote:
    """The trainee's answer, which also says that the note was read; given again, it corrects the first.

    Raises Stale, or ValidationError by field.
    """
    note = _lock_shared(note, version)
    if not answer.strip():
        raise refusal("answer", _("Please fill this in."), code="required")
    with history.change(note, actor=actor, verb="mentorship.guidancenote.answered"):
        now = timezone.now()
        note.answer, note.answered_at = answer, note.answered_at or now
        note.acknowledged_at = note.acknowledged_at or now
        clean(note)
        note.save(update_fields=["answer", "answered_at", "acknowledged_at", "updated_at"])
    return note


@transaction.atomic
def tick_step(note: GuidanceNote, *, is_done: bool, version: int | None = None, actor: "User | None") -> GuidanceNote:
    """The next step is done as of today, or not done after all. Raises Stale, ValidationError."""
    note = lock_note(note, version, running=False)
    if note.is_voided or not note.next_step:
        raise ValidationError(_("This note has no next step."), code="no_step")
    with history.change(note, actor=actor, verb="mentorship.guidancenote.step_ticked"):
        note.next_step_done_on = timezone.localdate() if is_done else None
        note.save(update_fields=["next_step_done_on", "updated_at"])
    return note


def _lock_shared(note: GuidanceNote, version: int | None) -> GuidanceNote:
    note = lock_note(note, version, running=False)
    if note.is_voided or not note.is_shared:
        raise ValidationError(_("Only a note shared with the trainee can be answered."), code="not_shared")
    return note
