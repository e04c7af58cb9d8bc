"""A form that was brought in beside the growth file, its photo among it."""

import base64
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.appointment.differing import Difference, differences
from cadre_app.appointment.portraits import portrait
from cadre_app.appointment.services import drafts
from cadre_app.files.checks import check_upload
from cadre_app.files.models import PICTURE

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.appointment.models import IntakeFile
    from cadre_app.files.uploads import CheckedUpload
    from cadre_app.people.models import Trainee

PHOTO = "photo"


def compared(file: "IntakeFile", trainee: "Trainee", *, user: "User") -> list[Difference]:
    """The differences of one form; a photo that cannot be kept is told and not offered."""
    found = differences(user, trainee, file.fields())
    theirs, ours = _photo(file), drafts.file_photo(trainee)
    if not theirs or theirs == ours:
        return found
    photo, note = None, ""
    try:
        photo = _checked(theirs)
        # Once taken over it is kept as it was drawn anew: the bytes of the form never come back.
        if ours and portrait(photo.content) == ours:
            return found
    except ValidationError as error:
        note = _("The photo cannot be taken over: %(why)s") % {"why": error.messages[0]}
    if not ours and drafts.is_photo_lost(trainee):
        note = " ".join(text for text in (note, _("What the file stored of its photo can no longer be read.")) if text)
    held = _("The file holds a photo.") if ours else ""
    told = _("The form holds a photo.")
    label = _("Photo")
    return [*found, Difference(PHOTO, label, held, told, may_take=photo is not None, note=note, values={PHOTO: photo})]


def _photo(file: "IntakeFile") -> bytes:
    return base64.b64decode(file.read.get(PHOTO, ""))


def _checked(content: bytes) -> "CheckedUpload":
    """Looked at as every upload is. Raises ValidationError where it cannot be taken."""
    ending = ".png" if content.startswith(b"\x89PNG") else ".jpg"
    return check_upload(f"photo{ending}", content, families=(PICTURE,))
