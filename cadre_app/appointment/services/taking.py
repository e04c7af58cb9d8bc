"""Writing what was chosen of a form by the services of people, and taking it back while nothing was built on it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from cadre_app.appointment.differing import Difference
from cadre_app.appointment.models import FileState, FormIntake, IntakeFile, IntakeState
from cadre_app.core.models import Stale
from cadre_app.files import services as files
from cadre_app.files.models import StoredFile
from cadre_app.files.uploads import CheckedUpload
from cadre_app.history import services as history
from cadre_app.people.models import Education, Person, Relative, Trainee
from cadre_app.people.services import family, persons, photos
from cadre_app.people.services.checks import lock_file

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Effect = dict[str, Any]
RELATIVE = ("relation", "name", "birth_month", "political_status", "work")


def take(trainee: Trainee, chosen: Sequence[Difference], *, photo: CheckedUpload | None, actor: "User") -> list[Effect]:
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
            effects.append({"kind": kind, "pk": str(added.pk), "version": added.version})
        elif kind == "family":
            effects.append(_take_relative(trainee.person, dict(one.values), actor))
        elif kind == "photo" and photo is not None:
            effects.append(_take_photo(trainee, photo, actor))
    return effects


@transaction.atomic
def undo_intake(intake: FormIntake, *, reason: str, version: int | None = None, actor: "User") -> FormIntake:
    """Take back everything that was taken over from an upload, or nothing.

    Raises Stale; ValidationError that names what was changed since.
    """
    intake = FormIntake.objects.lock(intake.pk, version)
    if not intake.can_be_undone:
        raise ValidationError(_("This import cannot be undone any more."), code="not_done")
    obstacles: list[str] = []
    for file in intake.files.filter(state=FileState.TAKEN).order_by("-number"):
        obstacles += _undo_file(file, reason=reason, actor=actor)
    if obstacles:
        raise ValidationError([ValidationError(text, code="obstacle") for text in obstacles])
    with history.change(intake, actor=actor, verb="appointment.intake.undone", reason=reason):
        intake.state = IntakeState.UNDONE
        intake.save()
    return intake


def _undo_file(file: IntakeFile, *, reason: str, actor: "User") -> list[str]:
    """What stands against it, each with the name of the person."""
    trainee = lock_file(file.trainee_id)  # type: ignore[arg-type]
    obstacles = []
    for effect in reversed(file.effects):
        try:
            _undo(trainee, effect, reason=reason, actor=actor)
        except Stale:
            obstacles.append(_changed(trainee))
        except ValidationError as error:
            obstacles += [f"{trainee.person.name}：{text}" for text in error.messages]
    with history.change(file, actor=actor, verb="appointment.intake.taken_back", reason=reason):
        file.state, file.done = FileState.MATCHED, ""
        file.save()
    return list(dict.fromkeys(obstacles))


def _undo(trainee: Trainee, effect: Effect, *, reason: str, actor: "User") -> None:
    kind = effect["kind"]
    if kind == "education":
        family.void_education(_record(Education, effect), reason=reason, version=effect["version"], actor=actor)
    elif kind == "photo":
        _undo_photo(trainee, effect, reason=reason, actor=actor)
    elif kind == "family":
        _undo_relative(_record(Relative, effect), effect, reason=reason, actor=actor)
    else:
        _undo_person(trainee, effect, actor=actor)


def _take_identity(person: Person, values: dict[str, Any], actor: "User") -> Effect:
    before = _plain({column: getattr(person, column) for column in values})
    name = values.pop("name", person.name)
    changed = persons.change_identity(person, name=name, actor=actor, **values)
    after = _plain({column: getattr(changed, column) for column in before})
    return {"kind": "identity", "before": before, "after": after}


def _take_resume(person: Person, resume: str, actor: "User") -> Effect:
    before = Person.objects.values_list("resume", flat=True).get(pk=person.pk)
    changed = persons.change_resume(person, resume=resume, actor=actor)
    return {"kind": "resume", "before": {"resume": before}, "after": {"resume": changed.resume}}


def _take_relative(person: Person, values: dict[str, Any], actor: "User") -> Effect:
    key = values.pop("relative")
    if not key:
        added = family.add_relative(person, **values, actor=actor)
        return {"kind": "family", "pk": str(added.pk), "version": added.version, "before": None}
    held = Relative.objects.get(pk=UUID(key))
    before = _plain({name: getattr(held, name) for name in RELATIVE})
    changed = family.change_relative(held, **values, other=held.other, actor=actor)
    return {"kind": "family", "pk": key, "version": changed.version, "before": before}


def _take_photo(trainee: Trainee, photo: CheckedUpload, actor: "User") -> Effect:
    held = photos.photo_of(trainee)
    kept = photos.set_photo(trainee, photo=photo, actor=actor)
    return {"kind": "photo", "pk": str(kept.pk), "before": str(held.pk) if held is not None else ""}


def _undo_person(trainee: Trainee, effect: Effect, *, actor: "User") -> None:
    person = Person.objects.get(pk=trainee.person_id)
    if _plain({column: getattr(person, column) for column in effect["after"]}) != effect["after"]:
        raise ValidationError(_changed(trainee))
    values = {column: _back(column, value) for column, value in effect["before"].items()}
    if effect["kind"] == "resume":
        persons.change_resume(person, resume=values["resume"], actor=actor)
        return
    name = values.pop("name", person.name)
    persons.change_identity(person, name=name, actor=actor, **values)


def _undo_relative(held: Relative, effect: Effect, *, reason: str, actor: "User") -> None:
    if effect["before"] is None:
        family.void_relative(held, reason=reason, version=effect["version"], actor=actor)
        return
    values = {name: _back(name, value) for name, value in effect["before"].items()}
    family.change_relative(held, **values, other=held.other, version=effect["version"], actor=actor)


def _undo_photo(trainee: Trainee, effect: Effect, *, reason: str, actor: "User") -> None:
    standing = photos.photo_of(trainee)
    if standing is None or str(standing.pk) != effect["pk"]:
        raise ValidationError(_changed(trainee))
    photos.remove_photo(trainee, reason=reason, actor=actor)
    if effect["before"]:
        files.restore_file(StoredFile.objects.get(pk=UUID(effect["before"])), actor=actor)


def _record(model: type[models.Model], effect: Effect) -> Any:
    return model._default_manager.get(pk=UUID(effect["pk"]))


def _changed(trainee: Trainee) -> str:
    return _("%(name)s: what was taken over has been changed since.") % {"name": trainee.person.name}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON holds it."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _back(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name.endswith("_month") and value else value
