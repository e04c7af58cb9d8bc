"""Files of forms brought in: read and matched at once; whose a form is can be said by hand, and what nobody wants closed."""

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.appointment import permissions
from cadre_app.appointment.archives import Found, Sent, forms_in
from cadre_app.appointment.matching import match
from cadre_app.appointment.models import WAITING, FileState, FormIntake, IntakeFile, IntakeState
from cadre_app.appointment.services.comparing import PHOTO
from cadre_app.history import services as history
from cadre_app.imports.services.rows import in_every_language
from cadre_app.people.services.checks import lock_open_file

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.importing import Text
    from cadre_app.people.models import Trainee


@transaction.atomic
def bring_in(*, files: Sequence[Sent], actor: "User") -> FormIntake:
    """Read an upload and find whose forms they are; nothing of a file is changed. Raises ValidationError on `file`."""
    try:
        found = forms_in(files)
    except ValidationError as error:
        raise ValidationError({"file": error}) from error
    digest = hashlib.sha256()
    for sent in files:
        digest.update(sent.content or b"")
    intake = FormIntake(owner=actor, file_name=files[0].name, file_count=len(files), sha256=digest.hexdigest())
    with history.change(intake, actor=actor, verb="appointment.intake.uploaded"):
        intake.full_clean(exclude=("owner",))
        intake.save(force_insert=True)
    whose = iter(match((each.read.form for each in found if each.read is not None), user=actor))
    for number, each in enumerate(found, start=1):
        trainee, why = next(whose) if each.read is not None else (None, "")
        _keep(intake, number, each, trainee, why)
        if each.marked_sha256:
            history.record_marked(actor, each.marked_sha256)
    # An upload of which nothing waits is over at once; that belongs to its being brought in.
    intake.state = state_of(intake)
    FormIntake.objects.filter(pk=intake.pk).update(state=intake.state)
    return intake


@transaction.atomic
def assign_file(file: IntakeFile, *, trainee: "Trainee", version: int | None = None, actor: "User") -> IntakeFile:
    """Say by hand whose form it is. Raises Stale; ValidationError on `person` for a file that is not the actor's."""
    file = lock_intake_file(file, version)
    if not file.is_assignable:
        raise ValidationError(_("This form no longer waits to be compared."), code="not_waiting")
    trainee = lock_open_file(trainee.pk)
    if not permissions.can_make(actor, trainee):
        message = _("This person has no growth file among your people.")
        raise ValidationError({"person": ValidationError(message, code="no_file")})
    with history.change(file, actor=actor, verb="appointment.intake.assigned"):
        file.trainee, file.problem, file.state = trainee, "", FileState.MATCHED
        file.save()
    settle(file.intake, actor=actor, verb="appointment.intake.assigned")
    return file


@transaction.atomic
def close_file(file: IntakeFile, *, version: int | None = None, actor: "User") -> IntakeFile:
    """Nothing is to be taken over from this form. Raises Stale; ValidationError where that is decided already."""
    file = lock_intake_file(file, version)
    if not file.waits:
        raise ValidationError(_("This form no longer waits to be compared."), code="not_waiting")
    with history.change(file, actor=actor, verb="appointment.intake.closed"):
        file.state = FileState.CLOSED
        file.save()
    settle(file.intake, actor=actor, verb="appointment.intake.closed")
    return file


def note_same(file: IntakeFile, *, actor: "User") -> IntakeFile:
    """A locked form of which nothing differs waits for nothing more. Raises ValidationError where it waits no longer."""
    if not file.waits:
        raise ValidationError(_("This form no longer waits to be compared."), code="not_waiting")
    with history.change(file, actor=actor, verb="appointment.intake.same"):
        file.state = FileState.SAME
        file.save()
    settle(file.intake, actor=actor, verb="appointment.intake.same")
    return file


@transaction.atomic
def close_intake(intake: FormIntake, *, version: int | None = None, actor: "User") -> FormIntake:
    """As `close_file` for every form that waits. Raises Stale; ValidationError where none does."""
    intake = FormIntake.objects.lock(intake.pk, version)
    if intake.state != IntakeState.OPEN or not intake.is_under_way:
        raise ValidationError(_("No form of this upload waits any more."), code="not_waiting")
    close_waiting(intake, actor=actor, verb="appointment.intake.closed")
    settle(intake, actor=actor, verb="appointment.intake.closed")
    return intake


def close_waiting(intake: FormIntake, *, actor: "User | None", verb: str, reason: str = "") -> None:
    """Nothing more is taken over from the forms of a locked upload that wait."""
    waiting = intake.files.select_for_update().filter(state__in=WAITING)
    with history.changes_many(waiting, actor=actor, verb=verb, reason=reason) as files:
        for file in files:
            file.state = FileState.CLOSED
        IntakeFile.objects.bulk_update(files, ["state"])


def lock_intake_file(file: IntakeFile, version: int | None) -> IntakeFile:
    """The upload, then the form in it: all steps of an upload wait in one line. Raises Stale."""
    intake = FormIntake.objects.lock(file.intake_id)
    file = IntakeFile.objects.lock(file.pk, version)
    file.intake = intake
    return file


def settle(intake: FormIntake, *, actor: "User", verb: str, takings: int = 0) -> None:
    """The state of a locked upload after a step of one of its forms; the days of keeping count from here."""
    with history.change(intake, actor=actor, verb=verb):
        intake.takings += takings
        intake.state = state_of(intake)
        intake.save()


def state_of(intake: FormIntake) -> IntakeState:
    """Of an upload under way: by what its forms wait for."""
    if intake.files.filter(state__in=WAITING).exists():
        return IntakeState.OPEN
    return IntakeState.DONE if intake.takings else IntakeState.CLOSED


def _keep(intake: FormIntake, number: int, found: Found, trainee: "Trainee | None", why: "Text") -> None:
    file = IntakeFile(intake=intake, number=number, name=found.name, trainee=trainee, state=FileState.REFUSED)
    problem = dict(found.problem) or (in_every_language(lambda: str(why)) if why else {})
    file.problem = json.dumps(problem, ensure_ascii=False) if problem else ""
    if found.read is not None:
        body: dict[str, Any] = {
            "fields": found.read.form.texts(),
            "others": found.read.others,
            "remarks": dict(found.remarks),
            PHOTO: base64.b64encode(found.read.form.photo).decode(),
        }
        file.body = json.dumps(body, ensure_ascii=False)
        file.state = FileState.UNMATCHED if trainee is None else FileState.MATCHED
    file.save(force_insert=True)
