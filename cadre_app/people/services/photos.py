"""照片 The photo of a person: optional, one at a time, part of the identity in the growth file."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.files import services as files
from cadre_app.files.listing import first_of
from cadre_app.files.models import StoredFile
from cadre_app.files.uploads import CheckedUpload
from cadre_app.people import permissions
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import lock_open_file, refuse_standing

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

PHOTO = "people.photo"


def may_read(user: "User", person_id: UUID) -> bool:
    """Whoever reads the identity in the growth file; a mentor, trainer or host knows name and post only."""
    files_of_person = Trainee.objects.visible_to(user).select_related("person", "home_unit")
    trainee = files_of_person.filter(person=person_id).first()
    return trainee is not None and permissions.can_read_identity(user, trainee)


def photo_of(trainee: Trainee) -> StoredFile | None:
    """The photo that stands; for pages whose reader may read the identity. One query."""
    return first_of(PHOTO, trainee.person_id)


@transaction.atomic
def set_photo(trainee: Trainee, *, photo: CheckedUpload, actor: "User") -> StoredFile:
    """Keep a photo, in the place of the one there is. Raises ValidationError for a closed file."""
    trainee = lock_open_file(trainee.pk)
    return files.replace_file(kind=PHOTO, owner=trainee.person, upload=photo, actor=actor)


@transaction.atomic
def remove_photo(trainee: Trainee, *, reason: str, actor: "User") -> StoredFile:
    """Void the photo. Raises ValidationError for a closed file, and where there is none."""
    trainee = lock_open_file(trainee.pk)
    photo = photo_of(trainee)
    if photo is None:
        raise ValidationError(_("There is no photo any more."), code="no_photo")
    return files.remove_file(photo, reason=reason, actor=actor)


@transaction.atomic
def restore_photo(photo: StoredFile, *, reason: str = "", version: int | None = None, actor: "User") -> StoredFile:
    """Undo `remove_photo`. Raises Stale; ValidationError when there is another one, or its content is deleted."""
    trainee = Trainee.objects.only("pk").get(person=photo.owner_id)
    lock_open_file(trainee.pk)
    photo = StoredFile.objects.lock(photo.pk, version)
    refuse_standing(photo)
    return files.restore_file(photo, reason=reason, actor=actor)
