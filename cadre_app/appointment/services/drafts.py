"""Drafts of appointment forms: filled from the file, edited, filled anew, issued; voided and restored."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.appointment.filling import fields_of
from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import MOST_RELATIVES, FormFields
from cadre_app.appointment.lrmx.writing import write_lrmx
from cadre_app.appointment.models import AppointmentForm, FormState
from cadre_app.appointment.portraits import portrait
from cadre_app.core.crypto import Unreadable
from cadre_app.files import services as files
from cadre_app.files.listing import first_of
from cadre_app.files.models import PICTURE, StoredFile
from cadre_app.files.uploads import CheckedUpload
from cadre_app.history import services as history
from cadre_app.people.services import photos
from cadre_app.people.services.checks import clean, lock_file, lock_open_file, refuse_standing

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

logger = structlog.get_logger("qinglan.appointment")

PHOTO = "appointment.photo"
# Where a photo was stored that can no longer be read.
LOST_ON_FORM, LOST_IN_FILE = "form", "file"
# What no record keeps is typed on the form; it stays where the rest is filled anew.
TYPED = ("new_post", "old_post", "reason", "reporting_unit")
NEITHER = "无"
MONTH = re.compile(r"([0-9]{4})年([0-9]{1,2})月")


@transaction.atomic
def make_draft(trainee: "Trainee", *, actor: "User") -> AppointmentForm:
    """A draft filled from the file, or the one that there is. Raises ValidationError for a closed file."""
    trainee = lock_open_file(trainee.pk)
    standing = AppointmentForm.objects.standing().filter(trainee=trainee, state=FormState.DRAFT).first()
    if standing is not None:
        return standing
    form = AppointmentForm(trainee=trainee, made_by=actor)
    filled = fields_of(actor, trainee)
    form.keep(filled, filled=filled)
    with history.change(form, actor=actor, verb="appointment.form.made"):
        clean(form)
        form.save(force_insert=True)
    _take_photo(form, _photo_in_file(trainee), actor)
    return form


@transaction.atomic
def edit_draft(
    form: AppointmentForm,
    *,
    fields: FormFields,
    photo: CheckedUpload | None = None,
    without_photo: bool = False,
    version: int | None = None,
    actor: "User",
) -> AppointmentForm:
    """Write what was edited; a `photo` takes the place of the one there is. Raises Stale, ValidationError."""
    form = _lock_draft(form, version)
    with history.change(form, actor=actor, verb="appointment.form.edited"):
        # The number is the file's: it is masked on the page and never typed there.
        kept = replace(fields, id_number=form.fields().id_number, program=form.fields().program)
        form.keep(kept, filled=form.filled())
        clean(form)
        form.save()
    if photo is not None:
        _take_photo(form, photo.content, actor)
    elif without_photo:
        _take_photo(form, b"", actor)
    return form


@transaction.atomic
def refill_draft(form: AppointmentForm, *, version: int | None = None, actor: "User") -> AppointmentForm:
    """What the file says now; what was typed on the form alone stays, a decision of discipline among the rewards too.

    Raises Stale, ValidationError.
    """
    form = _lock_draft(form, version)
    before = form.fields()
    filled = fields_of(actor, form.trainee)
    kept = {name: getattr(before, name) or getattr(filled, name) for name in TYPED}
    kept["rewards"] = _rewards(before.rewards, was=form.filled().rewards, now=filled.rewards)
    with history.change(form, actor=actor, verb="appointment.form.refilled"):
        form.keep(replace(filled, **kept), filled=filled)
        clean(form)
        form.save()
    photo = photos.photo_of(form.trainee)
    content = _content(photo)
    # The photo on the form stays where the one in the file is lost.
    if photo is None or content:
        _take_photo(form, content, actor)
    return form


def has_typed_rewards(form: AppointmentForm) -> bool:
    """Whether rewards and discipline say what the records did not when the form was filled."""
    return form.fields().rewards != form.filled().rewards


def _rewards(typed: str, *, was: str, now: str) -> str:
    """What the records say `now`. Where `typed` is not what they said before, it stays, without lines that they took back
    and with those that are new: discipline is typed here alone (ADR 30).
    """
    if typed in ("", was):
        return now
    before, records = was.splitlines(), now.splitlines()
    kept = [line for line in typed.splitlines() if line not in before or line in records]
    for line in records:
        if line not in (*before, *kept):
            kept.insert(_place_of(line, kept), line)
    said = [line for line in kept if line.rstrip("。") != NEITHER]
    return "\n".join(said or kept[:1]) or now


def _place_of(line: str, lines: list[str]) -> int:
    """Before the first one of a later month; what was typed stays in its order."""
    month = _month(line)
    later = (place for place, other in enumerate(lines) if month is not None and (_month(other) or month) > month)
    return next(later, len(lines))


def _month(line: str) -> tuple[int, int] | None:
    found = MONTH.match(line)
    return (int(found[1]), int(found[2])) if found is not None else None


@transaction.atomic
def issue_form(form: AppointmentForm, *, version: int | None = None, actor: "User") -> AppointmentForm:
    """Keep it as it is handed on. Raises Stale, ValidationError."""
    form = _lock_draft(form, version)
    if len(form.fields().family) > MOST_RELATIVES:
        message = _("The form takes %(most)d relatives. Take out those that are not asked for, then issue it.")
        raise ValidationError(message % {"most": MOST_RELATIVES}, code="family")
    if part := dates.unreadable_party(form.fields().party):
        message = _("“%(text)s” is neither a month nor the name of a party. Mend it on the form, then issue it.")
        raise ValidationError(message % {"text": part}, code="party")
    with history.change(form, actor=actor, verb="appointment.form.issued"):
        form.state, form.issued_by, form.issued_at = FormState.ISSUED, actor, timezone.now()
        clean(form)
        form.save()
    return form


@transaction.atomic
def void_form(form: AppointmentForm, *, reason: str, version: int | None = None, actor: "User") -> AppointmentForm:
    """Void a draft or an issued form; it is kept. Raises Stale, ValidationError."""
    form = AppointmentForm.objects.lock(form.pk, version)
    if form.is_voided:
        raise ValidationError(_("This form was voided already."), code="voided")
    history.void(form, actor=actor, reason=reason)
    return AppointmentForm.objects.get(pk=form.pk)


@transaction.atomic
def restore_form(
    form: AppointmentForm, *, reason: str = "", version: int | None = None, actor: "User"
) -> AppointmentForm:
    """Undo `void_form`. Raises Stale; ValidationError where another draft was begun since."""
    lock_file(form.trainee_id)
    form = AppointmentForm.objects.lock(form.pk, version)
    refuse_standing(form)
    history.restore(form, actor=actor, reason=reason)
    return AppointmentForm.objects.get(pk=form.pk)


def photo_of(form: AppointmentForm) -> StoredFile | None:
    """The photo on the form; one query."""
    return first_of(PHOTO, form.pk)


def content_of(form: AppointmentForm) -> FormFields:
    """Everything on the form, the photo among it."""
    return form.fields(_content(photo_of(form)))


def lost_photo(form: AppointmentForm, content: FormFields) -> str:
    """LOST_IN_FILE or LOST_ON_FORM where `content` has no photo because what was stored can no longer be read; else empty."""
    if content.photo:
        return ""
    if is_photo_lost(form.trainee):
        return LOST_IN_FILE
    return LOST_ON_FORM if photo_of(form) is not None else ""


def is_photo_lost(trainee: "Trainee") -> bool:
    """The file holds a photo of which nothing can be read."""
    photo = photos.photo_of(trainee)
    return photo is not None and not _content(photo)


def write(form: AppointmentForm) -> bytes:
    """The .lrmx of a form."""
    return write_lrmx(content_of(form))


def file_photo(trainee: "Trainee") -> bytes:
    """The photo in the file as a form takes it."""
    return portrait(_photo_in_file(trainee))


def _photo_in_file(trainee: "Trainee") -> bytes:
    return _content(photos.photo_of(trainee))


def _content(photo: StoredFile | None) -> bytes:
    """Nothing for a photo that is gone or damaged: no form waits for it."""
    if photo is None:
        return b""
    try:
        return files.read_content(photo)
    except (FileNotFoundError, Unreadable):
        logger.exception("content of a photo is gone or cannot be opened", file=str(photo.pk))
        return b""


def _lock_draft(form: AppointmentForm, version: int | None) -> AppointmentForm:
    """Of an open file. Raises Stale, ValidationError."""
    trainee = lock_open_file(form.trainee_id)
    locked = AppointmentForm.objects.lock(form.pk, version)
    if locked.is_voided or not locked.is_draft:
        raise ValidationError(_("This form was issued or voided: it is no longer changed."), code="not_draft")
    locked.trainee = trainee
    return locked


def _take_photo(form: AppointmentForm, content: bytes, actor: "User") -> None:
    """Cut as the form wants it, in the place of the one there is; nothing: no photo."""
    standing, made = photo_of(form), portrait(content)
    if not made:
        if standing is not None:
            files.remove_file(standing, actor=actor)
        return
    upload = CheckedUpload("photo.jpg", PICTURE, "image/jpeg", made, small=made)
    if standing is None or standing.sha256 != upload.sha256 or not _content(standing):
        files.replace_file(kind=PHOTO, owner=form, upload=upload, actor=actor)
