"""Writing what was chosen of a form by the services of people; `undoing` takes it back."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.appointment import permissions
from cadre_app.appointment.differing import Difference, seen_as
from cadre_app.appointment.models import FileState, IntakeFile
from cadre_app.appointment.services.comparing import PHOTO, compared
from cadre_app.appointment.services.intakes import lock_intake_file, note_same, settle
from cadre_app.files.uploads import CheckedUpload
from cadre_app.history import services as history
from cadre_app.people.models import Education, Person, Relative, Trainee
from cadre_app.people.services import family, persons, photos
from cadre_app.people.services.checks import lock_open_file
from cadre_app.people.services.identity import IDENTITY

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Effect = dict[str, Any]
RELATIVE = ("relation", "name", "birth_month", "political_status", "work")
EDUCATION = ("mode", "level", "degree", "school", "major", "started_on", "graduated_on")


@transaction.atomic
def take_over(
    file: IntakeFile, *, keys: Collection[str], seen: str, version: int | None = None, actor: "User"
) -> IntakeFile:
    """Write what was chosen of one form into its growth file, in one transaction; the rest can be chosen later. A form
    of which nothing differs is settled as such.

    Raises Stale; ValidationError where the file changed since it was read (`seen`), and for what a service refuses.
    """
    file = lock_intake_file(file, version)
    if file.trainee_id is None or not file.is_comparable:
        raise ValidationError(_("This form no longer waits to be compared."), code="not_waiting")
    trainee = lock_open_file(file.trainee_id)
    if not permissions.can_make(actor, trainee):
        raise ValidationError(_("You no longer keep the growth file of this person."), code="not_allowed")
    found = compared(file, trainee, user=actor)
    if seen_as(found) != seen:
        raise ValidationError(
            _("The growth file has changed since. Read the differences again, then choose."), code="changed"
        )
    if not found:
        return note_same(file, actor=actor)
    chosen = [one for one in found if one.key in keys and one.may_take]
    if not chosen:
        raise ValidationError(_("Choose at least one field that is to be taken over."), code="nothing")
    step = file.intake.takings + 1
    effects = [{**effect, "step": step} for effect in _take(trainee, chosen, actor=actor)]
    with history.change(file, actor=actor, verb="appointment.intake.taken"):
        file.state, file.done = FileState.TAKEN, json.dumps([*file.effects, *effects], ensure_ascii=False)
        file.save()
    settle(file.intake, actor=actor, verb="appointment.intake.taken", takings=1)
    return file


def _take(trainee: Trainee, chosen: Sequence[Difference], *, actor: "User") -> list[Effect]:
    """Write the chosen differences; what undoing needs, in the order in which it was written. Raises ValidationError."""
    effects: list[Effect] = []
    identity = {
        column: value for one in chosen if one.key.startswith("identity:") for column, value in one.values.items()
    }
    if identity:
        effects.append(_take_identity(trainee.person, identity, actor))
    for one in chosen:
        kind = one.key.partition(":")[0]
        if kind == "resume":
            effects.append(_take_resume(trainee.person, one.values["resume"], actor))
        elif kind == "education":
            added = family.add_education(trainee.person, **one.values, actor=actor)
            effects.append({"kind": kind, "pk": str(added.pk), "version": added.version, "after": values_of(added)})
        elif kind == "family":
            effects.append(_take_relative(trainee.person, dict(one.values), actor))
        elif kind == PHOTO:
            effects.append(_take_photo(trainee, one.values[PHOTO], actor))
    return effects


def _take_identity(person: Person, values: dict[str, Any], actor: "User") -> Effect:
    """An ID number fills month of birth and sex as well: whatever changed is taken back."""
    before = plain({column: getattr(person, column) for column in ("name", *IDENTITY)})
    written = values.keys()
    arguments = {column: value for column, value in values.items() if column != "name"}
    changed = persons.change_identity(person, name=values.get("name", person.name), actor=actor, **arguments)
    after = plain({column: getattr(changed, column) for column in before})
    columns = [column for column in before if column in written or before[column] != after[column]]
    return {
        "kind": "identity",
        "before": {column: before[column] for column in columns},
        "after": {column: after[column] for column in columns},
    }


def _take_resume(person: Person, resume: str, actor: "User") -> Effect:
    before = Person.objects.values_list("resume", flat=True).get(pk=person.pk)
    changed = persons.change_resume(person, resume=resume, actor=actor)
    return {"kind": "resume", "before": {"resume": before}, "after": {"resume": changed.resume}}


def _take_relative(person: Person, values: dict[str, Any], actor: "User") -> Effect:
    key = values.pop("relative")
    if not key:
        added = family.add_relative(person, **values, actor=actor)
        return {"kind": "family", "pk": str(added.pk), **_versions(0, added), "before": None}
    held = Relative.objects.get(pk=UUID(key))
    before = plain({name: getattr(held, name) for name in RELATIVE})
    changed = family.change_relative(held, **values, other=held.other, actor=actor)
    return {"kind": "family", "pk": key, **_versions(held.version, changed), "before": before}


def _versions(since: int, relative: Relative) -> Effect:
    return {"from": since, "version": relative.version, "after": values_of(relative)}


def values_of(record: Education | Relative) -> Effect:
    """What a record says, as JSON holds it; whom in this system a relative is belongs to it."""
    if isinstance(record, Education):
        return plain({name: getattr(record, name) for name in EDUCATION})
    told = plain({name: getattr(record, name) for name in RELATIVE})
    return {**told, "other": str(record.other_id or "")}


def _take_photo(trainee: Trainee, photo: CheckedUpload, actor: "User") -> Effect:
    held = photos.photo_of(trainee)
    kept = photos.set_photo(trainee, photo=photo, actor=actor)
    return {"kind": "photo", "pk": str(kept.pk), "before": str(held.pk) if held is not None else ""}


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON holds it."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
