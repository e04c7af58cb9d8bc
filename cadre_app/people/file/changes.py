"""What was changed in a growth file and everything in it, voided parts included, in words."""

from collections.abc import Iterator
from typing import Any

from django.db.models import TextField, Value

from cadre_app.core.models import BaseModel
from cadre_app.files.models import StoredFile
from cadre_app.history.models import Entry
from cadre_app.people.models import (
    ArrivalCheck,
    Education,
    Interruption,
    PostRecord,
    Relative,
    Trainee,
    Transfer,
    VillageTerm,
)
from cadre_app.people.services.photos import PHOTO

OF_PERSON: tuple[type[BaseModel], ...] = (Education, Relative)
OF_FILE: tuple[type[BaseModel], ...] = (PostRecord, VillageTerm, Transfer, ArrivalCheck)
FILES: tuple[type[BaseModel], ...] = (StoredFile,)
OF_TERM: tuple[type[BaseModel], ...] = (Interruption,)
MODELS: dict[str, Any] = {model._meta.label_lower: model for model in (*OF_PERSON, *OF_FILE, *OF_TERM, *FILES)}
SHOWN = 20
# Of a photo only that it was uploaded or removed: what changed is pixels.
PHOTO_LABEL = StoredFile._meta.label_lower
# Filled by the system, or the same on every line of this page.
SILENT = frozenset({"id_digest", "person_id", "trainee_id"})


def changes_of_file(trainee: Trainee) -> list[Entry]:
    """The last 20 changes of the person, the file and its parts, newest first; the same few queries however many."""
    entries = Entry.objects.about_any([trainee.person, trainee, *_parts(trainee)]).told(SHOWN)
    for entry in entries:
        told = entry.changes if entry.object_label != PHOTO_LABEL else []
        entry.changes = [change for change in told if change.name not in SILENT]
    return entries


def _parts(trainee: Trainee) -> Iterator[BaseModel]:
    """Everything that belongs to the file, by key alone; one query."""
    found = [_keys(model, person=trainee.person_id) for model in OF_PERSON]
    found.append(_keys(StoredFile, kind=PHOTO, owner_id=trainee.person_id))
    found += [_keys(model, trainee=trainee.pk) for model in OF_FILE]
    found += [_keys(model, term__trainee=trainee.pk) for model in OF_TERM]
    for label, key in found[0].union(*found[1:], all=True):
        yield MODELS[label](pk=key)


def _keys(model: Any, **condition: Any) -> Any:
    label = Value(model._meta.label_lower, output_field=TextField())
    return model._default_manager.filter(**condition).order_by().values_list(label, "pk")
