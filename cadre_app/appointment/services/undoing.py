"""Taking back what was taken over from an upload, all of it or nothing, while nobody went on with it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.appointment import permissions
from cadre_app.appointment.models import FileState, FormIntake, IntakeFile, IntakeState
from cadre_app.appointment.services.intakes import close_waiting
from cadre_app.appointment.services.taking import Effect, plain, values_of
from cadre_app.core.models import Stale
from cadre_app.files import services as files
from cadre_app.files.models import StoredFile
from cadre_app.history import services as history
from cadre_app.people.models import Education, Person, Relative, Trainee
from cadre_app.people.services import family, persons, photos
from cadre_app.people.services.rewriting import lock_keys, lock_many

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

VERB = "appointment.intake.taken_back"
# Which version a record has reached by now, by its key and the version that it had after a step.
Reached = dict[tuple[str, int], int]


@transaction.atomic
def undo_intake(intake: FormIntake, *, reason: str, version: int | None = None, actor: "User") -> FormIntake:
    """Take back everything that was taken over from an upload, or nothing, the last step first.

    Raises Stale; ValidationError that names what was changed since, and of files that are no longer the actor's only that
    there are such.
    """
    intake = FormIntake.objects.lock(intake.pk, version)
    if not intake.can_be_undone:
        raise ValidationError(_("This import cannot be undone any more."), code="not_done")
    taken = list(intake.files.select_for_update().filter(state=FileState.TAKEN))
    trainees = _locked({file.trainee_id for file in taken if file.trainee_id is not None})
    obstacles = _lost(taken, trainees, actor) or _undo_steps(taken, trainees, reason=reason, actor=actor)
    if obstacles:
        raise ValidationError([ValidationError(text, code="obstacle") for text in dict.fromkeys(obstacles)])
    for file in taken:
        with history.change(file, actor=actor, verb=VERB, reason=reason):
            file.state, file.done = FileState.TAKEN_BACK, ""
            file.save()
    close_waiting(intake, actor=actor, verb="appointment.intake.undone", reason=reason)
    with history.change(intake, actor=actor, verb="appointment.intake.undone", reason=reason):
        intake.state, intake.undone_at = IntakeState.UNDONE, timezone.now()
        intake.save()
    return intake


def _locked(keys: set[UUID]) -> dict[UUID, Trainee]:
    """The persons, then the files, each in the order of their keys: everything about one person waits in this line."""
    persons_of = dict(Trainee.objects.filter(pk__in=keys).values_list("pk", "person"))
    lock_keys(Person, persons_of.values())
    trainees = lock_many(Trainee, keys)
    people = Person.objects.in_bulk(persons_of.values())
    for key, trainee in trainees.items():
        trainee.person = people[persons_of[key]]
    return trainees


def _lost(taken: Iterable[IntakeFile], trainees: dict[UUID, Trainee], actor: "User") -> list[str]:
    """Files that are closed by now or no longer the actor's, without the names of whoever lies outside."""
    text = _("Form %(number)d of this upload: the growth file is closed, or no longer in your scope.")
    return [
        text % {"number": file.number}
        for file in taken
        if file.trainee_id is None or not permissions.can_make(actor, trainees[file.trainee_id])
    ]


def _undo_steps(taken: Iterable[IntakeFile], trainees: dict[UUID, Trainee], *, reason: str, actor: "User") -> list[str]:
    """What stands against it, each with the name of the person."""
    steps = [
        (effect.get("step", 0), file.number, place, trainees[file.trainee_id], effect)
        for file in taken
        if file.trainee_id is not None
        for place, effect in enumerate(file.effects)
    ]
    obstacles, reached = [], Reached()
    for _step, _number, _place, trainee, effect in sorted(steps, key=lambda step: step[:3], reverse=True):
        try:
            _undo(trainee, effect, reached, reason=reason, actor=actor)
        except Stale:
            obstacles.append(_("%(name)s: what was taken over has been changed since.") % {"name": trainee.person.name})
        except ValidationError as error:
            said = ({"name": trainee.person.name, "text": text} for text in error.messages)
            obstacles += [_("%(name)s: %(text)s") % one for one in said]
    return obstacles


def _undo(trainee: Trainee, effect: Effect, reached: Reached, *, reason: str, actor: "User") -> None:
    """Raises Stale where a record no longer says what was taken over; ValidationError by the services of people."""
    kind = effect["kind"]
    if kind == "education":
        held: Education = _record(Education, effect)
        family.void_education(held, reason=reason, version=_left_at(held, effect, reached), actor=actor)
    elif kind == "photo":
        _undo_photo(trainee, effect, reason=reason, actor=actor)
    elif kind == "family":
        _undo_relative(effect, reached, reason=reason, actor=actor)
    else:
        _undo_person(trainee, effect, actor=actor)


def _undo_person(trainee: Trainee, effect: Effect, *, actor: "User") -> None:
    person = Person.objects.get(pk=trainee.person_id)
    if plain({column: getattr(person, column) for column in effect["after"]}) != effect["after"]:
        raise Stale(person)
    values = {column: _back(column, value) for column, value in effect["before"].items()}
    if effect["kind"] == "resume":
        persons.change_resume(person, resume=values["resume"], actor=actor)
        return
    name = values.pop("name", person.name)
    persons.change_identity(person, name=name, actor=actor, **values)


def _undo_relative(effect: Effect, reached: Reached, *, reason: str, actor: "User") -> None:
    held: Relative = _record(Relative, effect)
    version = _left_at(held, effect, reached)
    if effect["before"] is None:
        family.void_relative(held, reason=reason, version=version, actor=actor)
        return
    values = {name: _back(name, value) for name, value in effect["before"].items()}
    changed = family.change_relative(held, **values, other=held.other, version=version, actor=actor)
    if "from" in effect:
        reached[effect["pk"], effect["from"]] = changed.version


def _left_at(held: Education | Relative, effect: Effect, reached: Reached) -> int:
    """The version at which a record says what the step left. Raises Stale where it says something else.

    A later change that was taken back, of another upload too, counted the version on and left the values.
    """
    if "after" not in effect:  # taken over before values were kept: versions alone, within one upload
        version: int = effect["version"]
        return reached.get((effect["pk"], version), version)
    if held.is_voided or values_of(held) != effect["after"]:
        raise Stale(held)
    return held.version


def _undo_photo(trainee: Trainee, effect: Effect, *, reason: str, actor: "User") -> None:
    standing = photos.photo_of(trainee)
    if standing is None or str(standing.pk) != effect["pk"]:
        raise Stale(standing or trainee)
    photos.remove_photo(trainee, reason=reason, actor=actor)
    if effect["before"]:
        files.restore_file(StoredFile.objects.get(pk=UUID(effect["before"])), actor=actor)


def _record(model: type[Education] | type[Relative], effect: Effect) -> Any:
    return model._default_manager.get(pk=UUID(effect["pk"]))


def _back(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name.endswith("_month") and value else value
