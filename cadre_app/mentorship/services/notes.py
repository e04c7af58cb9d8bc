"""帮带记录 Guidance notes: written, changed and voided by the mentor."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.files import services as files
from cadre_app.history import services as history
from cadre_app.mentorship.models import GuidanceNote, Pairing, Visibility
from cadre_app.mentorship.permissions import notes as rules
from cadre_app.mentorship.services.checks import lock_pairing
from cadre_app.mentorship.services.days import keep_days
from cadre_app.mentorship.services.meetings import tie_check_in
from cadre_app.people.services.checks import clean, refusal, refuse_before, refuse_future, refuse_standing

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User
    from cadre_app.files.uploads import CheckedUpload

PHOTO = "mentorship.note_photo"
ARRIVED_SHOWN = 30
STEP_AHEAD = timedelta(days=366)
# What the trainee acknowledged: when one of these changes, the note is to be read again.
READ_AGAIN = ("happened_on", "way", "topic", "text", "next_step", "next_step_on", "visibility")


@transaction.atomic
def add_note(
    pairing: Pairing,
    *,
    happened_on: date,
    way: str,
    text: str,
    topic: str = "",
    next_step: str = "",
    next_step_on: date | None = None,
    visibility: str = Visibility.SHARED,
    photos: "Sequence[CheckedUpload]" = (),
    key: "UUID | None" = None,
    actor: "User | None",
) -> GuidanceNote:
    """Keep a note of the mentor of a running pairing; a meeting holds the open check-in.

    `key` names the page it was written on. Sent again from there (the first answer was lost on the way), it changes the
    note that arrived; a text that does not go on from that one is refused (code `arrived`), as it may be meant as a
    second note. Raises ValidationError by field.
    """
    pairing = lock_pairing(pairing.pk)
    values: dict[str, Any] = {
        "happened_on": happened_on, "way": way, "text": text, "topic": topic, "next_step": next_step,
        "next_step_on": next_step_on, "visibility": visibility,
    }  # fmt: skip
    arrived = GuidanceNote.objects.filter(pk=key, author_id=pairing.mentor_id).first() if key is not None else None
    if arrived is not None and arrived.is_voided:
        arrived, key = None, None
    if arrived is not None:
        if not text.startswith(arrived.text) or not rules.is_open(arrived):
            raise ValidationError(_arrived(arrived), code="arrived")
        return change_note(arrived, **values, photos=photos, actor=actor)
    note = GuidanceNote(pairing=pairing, author_id=pairing.mentor_id, **values)
    if key is not None:
        note.pk = key
    with history.change(note, actor=actor, verb="mentorship.guidancenote.added"):
        check_note(note)
        tie_check_in(note, actor=actor)
        note.save(force_insert=True)
    return kept_with(note, photos, actor)


@transaction.atomic
def change_note(
    note: GuidanceNote,
    *,
    happened_on: date,
    way: str,
    text: str,
    topic: str = "",
    next_step: str = "",
    next_step_on: date | None = None,
    visibility: str = Visibility.SHARED,
    photos: "Sequence[CheckedUpload]" = (),
    version: int | None = None,
    actor: "User | None",
) -> GuidanceNote:
    """Correct a note within its days; the trainee reads it again. Raises Stale, or ValidationError by field."""
    note = lock_note(note, version)
    if not rules.is_open(note):
        raise ValidationError(_closed(note), code="closed")
    values: dict[str, Any] = {
        "happened_on": happened_on, "way": way, "text": text, "topic": topic, "next_step": next_step,
        "next_step_on": next_step_on, "visibility": visibility,
    }  # fmt: skip
    with history.change(note, actor=actor, verb="mentorship.guidancenote.changed"):
        if any(getattr(note, name) != values[name] for name in READ_AGAIN):
            note.acknowledged_at = None
        for name, value in values.items():
            setattr(note, name, value)
        if next_step_on is None:
            note.next_step_done_on = None
        check_note(note)
        tie_check_in(note, actor=actor)
        note.save()
    return kept_with(note, photos, actor)


@transaction.atomic
def void_note(note: GuidanceNote, *, reason: str, version: int | None = None, actor: "User") -> GuidanceNote:
    """Take a note out of everything, with a reason, also after its pairing ended; its check-in waits again.

    Raises Stale, ValidationError.
    """
    note = lock_note(note, version, running=False)
    if note.is_voided:
        raise ValidationError(_("This note is voided."), code="voided")
    if note.is_superseded:
        raise ValidationError(_("A later entry corrects this note. Void that one first."), code="superseded")
    history.void(note, actor=actor, reason=reason, version=version)
    note = retied(note, actor)
    if note.supersedes_id is not None:
        put_forward(note.supersedes_id, note.pairing, actor=actor)
    return note


@transaction.atomic
def restore_note(note: GuidanceNote, *, reason: str = "", version: int | None = None, actor: "User") -> GuidanceNote:
    """Undo `void_note`. Raises Stale, ValidationError."""
    note = lock_note(note, version, running=False)
    refuse_standing(note)
    if note.supersedes_id is not None:
        put_back(note.supersedes_id, note.pairing, actor=actor)
    history.restore(note, actor=actor, reason=reason)
    return retied(note, actor)


@transaction.atomic
def remove_photo(note: GuidanceNote, *, photo: Any, version: int | None = None, actor: "User") -> GuidanceNote:
    """Take one photo off a note that can still be changed. Raises ValidationError."""
    note = lock_note(note)
    if not rules.is_open(note):
        raise ValidationError(_closed(note), code="closed")
    files.remove_file(photo, version=version, actor=actor)
    return note


def put_back(pk: "UUID", pairing: Pairing, *, actor: "User | None") -> GuidanceNote:
    """A note that a later entry corrects from now on: it no longer counts, and leaves its check-in to that entry."""
    note = _locked_in(pk, pairing)
    if note.is_superseded:
        raise ValidationError(_("This note has been corrected already."), code="superseded")
    with history.change(note, actor=actor, verb="mentorship.guidancenote.superseded"):
        note.superseded_at, note.check_in = timezone.now(), None
        note.save()
    return note


def put_forward(pk: "UUID", pairing: Pairing, *, actor: "User | None") -> GuidanceNote:
    """Undo `put_back`: the entry that corrected it was voided."""
    note = _locked_in(pk, pairing)
    with history.change(note, actor=actor, verb="mentorship.guidancenote.counts_again"):
        note.superseded_at = None
        note.save()
    return retied(note, actor)


def _locked_in(pk: "UUID", pairing: Pairing) -> GuidanceNote:
    note = GuidanceNote.objects.lock(pk)
    note.pairing = pairing
    return note


def lock_note(note: GuidanceNote, version: int | None = None, *, running: bool = True) -> GuidanceNote:
    """Person, file, pairing (`running`: only one that runs) and note, locked in this order.

    Raises Stale, ValidationError.
    """
    pairing = lock_pairing(note.pairing_id, running=running)
    note = GuidanceNote.objects.lock(note.pk, version)
    note.pairing = pairing
    return note


def _arrived(note: GuidanceNote) -> str:
    at = formats.date_format(timezone.localtime(note.created_at), "DATETIME_FORMAT")
    return _(
        "A note from this page was submitted on %(at)s: “%(text)s”. To correct it, open it in the guidance notes; to "
        "submit this as another note, press the button again."
    ) % {"at": at, "text": note.text[:ARRIVED_SHOWN]}


def check_note(note: GuidanceNote) -> None:
    """Days and columns of a note that is about to be saved. Raises ValidationError by field."""
    started = note.pairing.started_on
    message = _("The pairing began on %(day)s: a note cannot be older.") % {"day": formats.date_format(started)}
    refuse_before("happened_on", note.happened_on, started, message)
    refuse_future("happened_on", note.happened_on)
    if note.next_step_on is not None and note.next_step_on > note.happened_on + STEP_AHEAD:
        raise refusal("next_step_on", _("A next step lies within a year of the note."), code="too_late")
    clean(note)


def _closed(note: GuidanceNote) -> str:
    if note.is_voided:
        return _("This note is voided.")
    if note.is_superseded:
        return _("A later entry corrects this note. Change that one.")
    if note.answer:
        return _("The trainee has answered this note, so it stands as it is. Correct it by another entry.")
    return _("This note was sent too long ago to be changed. Correct it by another entry.")


def kept_with(note: GuidanceNote, photos: "Sequence[CheckedUpload]", actor: "User | None") -> GuidanceNote:
    """The saved note, its photos kept and the days of its pairing brought up to date."""
    if photos and actor is not None:
        files.store_files(kind=PHOTO, owner=note, uploads=photos, actor=actor)
    keep_days(note.pairing)
    return note


def retied(note: GuidanceNote, actor: "User | None") -> GuidanceNote:
    """The note as it stands now, with its check-in held or given back; the days of the pairing kept."""
    pairing, note = note.pairing, GuidanceNote.objects.select_related("check_in").get(pk=note.pk)
    before = note.check_in_id
    tie_check_in(note, actor=actor)
    if note.check_in_id != before:
        GuidanceNote.objects.filter(pk=note.pk).update(check_in=note.check_in)
    keep_days(pairing)
    note.pairing = pairing
    return note
