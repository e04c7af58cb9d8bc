"""更正 A note that can no longer be changed is corrected by a later entry; both stay readable, the later one counts."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.mentorship.models import GuidanceNote
from cadre_app.mentorship.permissions import notes as rules
from cadre_app.mentorship.services.meetings import tie_check_in
from cadre_app.mentorship.services.notes import check_note, kept_with, lock_note, put_back

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.files.uploads import CheckedUpload


@transaction.atomic
def correct_note(
    note: GuidanceNote,
    *,
    happened_on: date,
    way: str,
    text: str,
    topic: str = "",
    next_step: str = "",
    next_step_on: date | None = None,
    photos: "Sequence[CheckedUpload]" = (),
    version: int | None = None,
    actor: "User | None",
) -> GuidanceNote:
    """The entry that corrects `note`, for the same readers; the trainee reads it anew.

    Raises Stale; ValidationError by field, also for a note that can still be changed, that was corrected or voided, and
    where nothing differs.
    """
    note = lock_note(note, version)
    values: dict[str, Any] = {
        "happened_on": happened_on, "way": way, "text": text, "topic": topic, "next_step": next_step,
        "next_step_on": next_step_on,
    }  # fmt: skip
    _refuse(note, values, photos)
    is_same_step = (next_step, next_step_on) == (note.next_step, note.next_step_on)
    check_in = note.check_in
    put_back(note.pk, note.pairing, actor=actor)
    later = GuidanceNote(pairing=note.pairing, author_id=note.author_id, visibility=note.visibility, **values)
    later.supersedes, later.check_in = note, check_in
    later.next_step_done_on = note.next_step_done_on if is_same_step else None
    with history.change(later, actor=actor, verb="mentorship.guidancenote.corrected"):
        check_note(later)
        tie_check_in(later, actor=actor)
        later.save(force_insert=True)
    return kept_with(later, photos, actor)


def _refuse(note: GuidanceNote, values: dict[str, Any], photos: "Sequence[CheckedUpload]") -> None:
    if note.is_voided:
        raise ValidationError(_("This note is voided."), code="voided")
    if note.is_superseded:
        raise ValidationError(_("This note has been corrected already. Correct the later entry."), code="superseded")
    if rules.is_open(note):
        raise ValidationError(_("This note can still be changed itself."), code="open")
    if not photos and all(getattr(note, name) == value for name, value in values.items()):
        raise ValidationError(_("Nothing differs from the note. Change what is wrong in it."), code="same")
