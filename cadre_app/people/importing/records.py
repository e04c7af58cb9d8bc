"""Sheets of which each row adds one record to a growth file: checked again under the locks, written, and taken back."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import ForeignObjectRel, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core.archiving import handed_over
from cadre_app.core.importing import Applied, ImportRow, Progress
from cadre_app.core.models import BaseModel, in_force
from cadre_app.core.roles import Role
from cadre_app.documents.models import DocumentNumber
from cadre_app.files.models import StoredFile
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services.as_left import mark_of, marks_of_parts
from cadre_app.people.services.rewriting import lock_keys, lock_many
from cadre_app.policy import snapshot

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

PERSON = "person_key"
CHUNK = 500


class HasRow(Protocol):
    """A row as a sheet works on it."""

    row: ImportRow
    trainee: Trainee | None


C = TypeVar("C", bound=HasRow)
B = TypeVar("B", bound=BaseModel)
T = TypeVar("T")
Examine = Callable[[Sequence[ImportRow], "User", Progress], list[C]]


def begin(rows: Iterable[ImportRow]) -> None:
    """Forget whom an earlier check found."""
    for row in rows:
        row.values.pop(PERSON, None)


def name_subject(case: HasRow, text: str) -> None:
    """What the preview calls the row: whose record, and which."""
    if case.trainee is not None:
        case.row.values[PERSON] = case.trainee.person_id
        case.row.target_text = text


def examined_again(
    rows: list[ImportRow], actor: "User", examine: "Examine[C]", *, then_lock: Iterable[UUID] = ()
) -> list[C]:
    """Everything about these people waits in line for their locks; then the rows are checked anew.

    `then_lock` are persons who are locked after the files. Raises ValidationError for the first row that no longer means
    what was confirmed.
    """
    persons = {row.values[PERSON] for row in rows if PERSON in row.values}
    lock_keys(Person, persons)
    lock_keys(Trainee, Trainee.objects.filter(person__in=persons).values_list("pk", flat=True))
    if others := set(then_lock):
        lock_keys(Person, others)
    fresh = [
        replace(row, values=dict(row.values), errors=[], notes=[], changes=[], candidates=[], question="", target=None)
        for row in rows
    ]
    for row in fresh:
        row.action, row.target_text, row.may_be_new = "create", "", True
    cases = examine(fresh, actor, lambda done, total: None)
    for case, row in zip(cases, rows, strict=True):
        if _meaning(case.row) != _meaning(row) or case.row.has_errors or case.row.is_unchosen:
            text = _("Row %(row)s: something about %(name)s has changed since the rows were checked.")
            raise ValidationError(text % {"row": row.number, "name": row.get("name")}, code="changed")
    return cases


def refuse_differing(row: ImportRow, stands: Iterable[tuple[str, Any, str]]) -> None:
    """At each cell that says otherwise than the record that is entered already: what stands there, and where it is corrected.

    `stands`: column key, value, and that value in words. An empty cell says nothing.
    """
    for key, value, words in stands:
        if key in row.values and row.values[key] != value:
            row.refuse(key, stands_text(words))


def stands_text(words: str) -> str:
    """That a record which is entered already says something else here."""
    text = _(
        "This is entered already, and “%(value)s” stands here. Correct it on its own page; an import does not change it."
    )
    return text % {"value": words or "—"}


def counted(items: Sequence[T], progress: Progress) -> Iterator[T]:
    """Each of `items`; tells `progress` after every CHUNK of them."""
    for done, item in enumerate(items, start=1):
        yield item
        if done % CHUNK == 0:
            progress(done, len(items))


def write_in_chunks(
    cases: Sequence[C],
    write: Callable[[Sequence[C]], list[Applied]],
    progress: Progress,
    *,
    model: type[BaseModel],
    following: Collection[str] = (),
) -> list[Applied]:
    """What `write` made of the cases, records of `model`, CHUNK of them at a time, under one state of the settings.

    `following` are fields that another room keeps: they are no change of the record.
    """
    written: list[Applied] = []
    with snapshot.held():
        for start in range(0, len(cases), CHUNK):
            written += write(cases[start : start + CHUNK])
            progress(len(written), len(cases))
    made = {each.object_id: each for each in written}
    for obj in model._base_manager.filter(pk__in=made).iterator(chunk_size=CHUNK):
        made[obj.pk].undo["left"] = mark_of(obj, following)
    return written


def _meaning(row: ImportRow) -> tuple[Any, ...]:
    return row.action, row.target, row.target_text, row.changes, row.values.get(PERSON)


@dataclass(frozen=True)
class Taken:
    """The records that an import made, locked, or what stands against taking them back."""

    records: dict[UUID, Any]
    obstacles: list[str]


def lock_made(
    model: type[B],
    applied: Sequence[Applied],
    actor: "User",
    *,
    owner: str = "trainee",
    apart_from: Iterable[Any] = (),
    following: Collection[str] = (),
) -> Taken:
    """Lock what `applied` made, its people first; names what was changed, left the scope or was built upon since. What was
    voided by hand is done already, and is not among the records.

    `apart_from` are the models that the caller asks itself, as what it made with the records is among them; `following` as
    in `write_in_chunks`.
    """
    made = model._base_manager.filter(pk__in=[each.object_id for each in applied])
    files = dict(made.values_list("pk", owner))
    lock_keys(Person, Trainee.objects.filter(pk__in=files.values()).values_list("person", flat=True))
    lock_keys(Trainee, set(files.values()))
    locked = lock_many(model, files)
    records = {key: obj for key, obj in locked.items() if not obj.is_voided}
    names = {each.object_id: each.label for each in applied if each.object_id in records}
    return Taken(
        records,
        [
            *_changed(applied, records, following),
            *_lost(names, files, actor),
            *_built_upon(model, names, set(apart_from)),
        ],
    )


def made_of(case_row: ImportRow, obj: BaseModel, *, label: str, outcome: str = "", **undo: Any) -> Applied:
    """What became of a row that made `obj`."""
    return Applied(
        row_number=case_row.number,
        label=label,
        object_id=obj.pk,
        created=True,
        outcome=outcome,
        undo={"version": obj.version, **undo},
    )


def mark_parts(applied: list[Applied], owner: str, *models: type[BaseModel]) -> list[Applied]:
    """Note how the import left what began with the records; returns `applied`."""
    for model in models:
        marks = marks_of_parts(model, owner, [each.object_id for each in applied])
        for each in applied:
            each.undo[model._meta.label_lower] = marks.get(each.object_id, "")
    return applied


def parts_changed(applied: Sequence[Applied], owner: str, touched: Q, *models: type[BaseModel]) -> list[str]:
    """Of which records something that began with them was `touched` and is no longer as the import left it, in words."""
    found = []
    for model in models:
        rows = model._base_manager.filter(touched, **{f"{owner}__in": [each.object_id for each in applied]})
        keys = set(rows.values_list(owner, flat=True))
        marks = marks_of_parts(model, owner, keys)
        others = (
            each
            for each in applied
            if each.object_id in keys and marks.get(each.object_id, "") != each.undo.get(model._meta.label_lower)
        )
        found += [changed_text(each.label) for each in others]
    return found


def built_upon_text(name: str, count: int) -> str:
    """That records hang on what an import made."""
    text = ngettext("%(name)s: %(count)s record belongs to it.", "%(name)s: %(count)s records belong to it.", count)
    return text % {"name": name, "count": count}


def changed_text(name: str) -> str:
    """That what an import made is no longer as it was."""
    return _("%(name)s: somebody has changed it since.") % {"name": name}


def _changed(applied: Sequence[Applied], records: dict[UUID, B], following: Collection[str]) -> Iterator[str]:
    """Unless everything is as the import left it."""
    for each in applied:
        obj = records.get(each.object_id)
        if obj is not None and _is_another(obj, each.undo, following):
            yield changed_text(each.label)


def _is_another(obj: BaseModel, undo: dict[str, Any], following: Collection[str]) -> bool:
    return obj.version != undo["version"] and mark_of(obj, following) != undo.get("left")


def _lost(names: dict[UUID, str], files: dict[UUID, UUID], actor: "User") -> Iterator[str]:
    """Files that are closed by now, or no longer among the actor's."""
    mine = Trainee.objects.in_scope(actor, Role.STAFF).in_development().filter(pk__in=set(files.values()))
    open_files = set(mine.values_list("pk", flat=True))
    for key, name in names.items():
        if files.get(key) not in open_files:
            yield _("%(name)s: the growth file is closed, or no longer in your scope.") % {"name": name}


def _built_upon(model: type[BaseModel], names: dict[UUID, str], apart_from: set[Any]) -> Iterator[str]:
    counts: defaultdict[UUID, int] = defaultdict(int)
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.related_model in apart_from:
            continue
        related: Any = relation.related_model
        rows = in_force(related._base_manager.filter(**{f"{relation.field.name}__in": set(names)}))
        for key in rows.values_list(relation.field.attname, flat=True):
            counts[key] += 1
    for kept in (StoredFile.objects.standing(), DocumentNumber.objects.standing()):
        for key in kept.filter(owner_id__in=set(names)).values_list("owner_id", flat=True):
            counts[key] += 1
    for key, count in counts.items():
        yield built_upon_text(names[key], count)
    gone = handed_over(model, set(names))
    for key, name in names.items():
        if key in gone:
            yield _("%(name)s: its paper was handed over to the archive.") % {"name": name}
