"""Files of forms brought in: read and matched at once; what is chosen of a form is written by the services of people."""

import base64
import hashlib
import json
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.appointment import permissions
from cadre_app.appointment.archives import Found, forms_in
from cadre_app.appointment.differing import Difference, differences, seen_as
from cadre_app.appointment.matching import match
from cadre_app.appointment.models import FileState, FormIntake, IntakeFile, IntakeState
from cadre_app.appointment.services import drafts
from cadre_app.appointment.services.taking import take
from cadre_app.files.checks import check_upload
from cadre_app.files.models import PICTURE
from cadre_app.files.uploads import CheckedUpload
from cadre_app.history import services as history
from cadre_app.people.services.checks import lock_open_file

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

PHOTO = "photo"


@transaction.atomic
def bring_in(*, name: str, content: bytes, actor: "User") -> FormIntake:
    """Read an upload and find whose forms they are; nothing of a file is changed. Raises ValidationError on `file`."""
    try:
        found = forms_in(name, content)
    except ValidationError as error:
        raise ValidationError({"file": error}) from error
    intake = FormIntake(owner=actor, file_name=name, sha256=hashlib.sha256(content).hexdigest())
    with history.change(intake, actor=actor, verb="appointment.intake.uploaded"):
        intake.full_clean(exclude=("owner",))
        intake.save(force_insert=True)
    whose = iter(match((each.read.form for each in found if each.read is not None), user=actor))
    for number, each in enumerate(found, start=1):
        trainee, why = next(whose) if each.read is not None else (None, each.problem)
        _keep(intake, number, each, trainee, why)
    if any(each.is_marked for each in found):
        history.record_marked(actor, intake.sha256)
    return intake


@transaction.atomic
def take_over(
    file: IntakeFile, *, keys: Collection[str], seen: str, version: int | None = None, actor: "User"
) -> IntakeFile:
    """Write what was chosen of one form into its growth file, in one transaction.

    Raises Stale; ValidationError where the file changed since it was read (`seen`), and for what a service refuses.
    """
    file = IntakeFile.objects.lock(file.pk, version)
    if file.trainee is None or not file.waits:
        raise ValidationError(_("This form no longer waits to be compared."), code="not_waiting")
    trainee = lock_open_file(file.trainee_id)  # type: ignore[arg-type]
    if not permissions.can_make(actor, trainee):
        raise ValidationError(_("You no longer keep the growth file of this person."), code="not_allowed")
    found = compared(file, trainee, user=actor)
    if seen_as(found) != seen:
        raise ValidationError(
            _("The growth file has changed since. Read the differences again, then choose."), code="changed"
        )
    chosen = [one for one in found if one.key in keys and one.may_take]
    if not chosen:
        raise ValidationError(_("Choose at least one field that is to be taken over."), code="nothing")
    photo = checked_photo(file) if any(one.key == PHOTO for one in chosen) else None
    effects = take(trainee, chosen, photo=photo, actor=actor)
    with history.change(file, actor=actor, verb="appointment.intake.taken"):
        file.state, file.done = FileState.TAKEN, json.dumps(effects, ensure_ascii=False)
        file.save()
    FormIntake.objects.filter(pk=file.intake_id).update(state=IntakeState.DONE)
    return file


def compared(file: IntakeFile, trainee: "Trainee", *, user: "User") -> list[Difference]:
    """The differences of one form, its photo among them."""
    found = differences(user, trainee, file.fields())
    theirs, ours = file.read.get(PHOTO, ""), drafts.file_photo(trainee)
    if theirs and base64.b64decode(theirs) != ours:
        held = _("The file holds a photo.") if ours else ""
        found.append(Difference(PHOTO, _("Photo"), held, _("The form holds a photo.")))
    return found


def checked_photo(file: IntakeFile) -> CheckedUpload:
    """The photo in a form, looked at as every upload is. Raises ValidationError where it cannot be taken."""
    content = base64.b64decode(file.read[PHOTO])
    ending = ".png" if content.startswith(b"\x89PNG") else ".jpg"
    return check_upload(f"photo{ending}", content, families=(PICTURE,))


def _keep(intake: FormIntake, number: int, found: Found, trainee: "Trainee | None", why: str) -> None:
    state = (
        FileState.REFUSED if found.read is None else FileState.MATCHED if trainee is not None else FileState.UNMATCHED
    )
    body: dict[str, Any] = {}
    if found.read is not None:
        body = {
            "fields": found.read.form.texts(),
            "others": found.read.others,
            "remarks": found.read.remarks,
            PHOTO: base64.b64encode(found.read.form.photo).decode(),
        }
    IntakeFile.objects.create(
        intake=intake, number=number, name=found.name, trainee=trainee, state=state, problem=why,
        body=json.dumps(body, ensure_ascii=False) if body else "",
    )  # fmt: skip
