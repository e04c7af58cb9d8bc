"""Undoing what an import wrote: added records are voided, changed ones get their former values, or nothing happens."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ForeignObjectRel
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.accounts.models import AccountRequest
from cadre_app.accounts.services import withdraw_requests
from cadre_app.core.models import BaseModel, in_force
from cadre_app.core.probation import ends_kept, posts_held, ranks_not_yet
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of
from cadre_app.people.models import (
    Education,
    Interruption,
    Office,
    OfficeHolding,
    Person,
    PostRecord,
    Trainee,
    VillageTerm,
)
from cadre_app.people.models.persons import avoided_persons
from cadre_app.people.services.as_left import mark_of
from cadre_app.people.services.bulk import BATCH
from cadre_app.people.services.bulk_changes import POST_COLUMNS, follow_records, keep_stroke_keys
from cadre_app.people.services.bulk_offices import rewrite_offices_many
from cadre_app.people.services.posts import GRADED
from cadre_app.people.services.probation import why_end_stays
from cadre_app.people.services.rewriting import Rewritten, Values, lock_many, rewrite_many, void_many

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

# Persons are locked first, then what waits in the line of their locks.
MODELS: tuple[type[BaseModel], ...] = (
    Person,
    Trainee,
    Office,
    OfficeHolding,
    VillageTerm,
    Interruption,
    PostRecord,
    Education,
)
LABELS = {model._meta.label_lower: model for model in MODELS}

Entries = dict[str, Any]


@dataclass
class _Written:
    """What one import wrote of one kind: name and version by key, and the former values of what was changed."""

    names: dict[UUID, str] = field(default_factory=dict)
    versions: dict[UUID, int] = field(default_factory=dict)
    left: dict[UUID, str] = field(default_factory=dict)
    before: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    added: set[UUID] = field(default_factory=set)


def note_added(obj: BaseModel) -> Entries:
    """What `take_back_many` needs of a record that was added; JSON."""
    return {"of": obj._meta.label_lower, "key": str(obj.pk), "version": obj.version}


def note_changed(done: "Rewritten[Any]") -> Entries:
    """What `take_back_many` needs of a record that was changed; JSON, with values that must be kept encrypted."""
    before = {name: _as_json(value) for name, value in done.before.items()}
    return note_added(done.obj) | {"before": before}


def mark_left(written: Iterable[Entries]) -> None:
    """Note with each record how an import left it, once everything is written; one query for each kind."""
    noted: defaultdict[type[BaseModel], defaultdict[UUID, list[Entries]]] = defaultdict(lambda: defaultdict(list))
    for entry in written:
        noted[LABELS[entry["of"]]][UUID(entry["key"])].append(entry)
    for model, entries in noted.items():
        for obj in model._base_manager.filter(pk__in=set(entries)).iterator(chunk_size=BATCH):
            mark = mark_of(obj)
            for entry in entries[obj.pk]:
                entry["left"] = mark


@transaction.atomic
def take_back_many(
    written: Sequence[tuple[str, Sequence[Entries]]], requests: Mapping[UUID, str], *, actor: "User", reason: str
) -> list[str]:
    """Undo what was noted of an import, each row's name with its records, the latest row first.

    `requests` are the account requests made with it, by key with the name; those that wait are withdrawn. Returns what
    stands against it, in words: then nothing is written.
    """
    found = _collected(written)
    locked = {model: lock_many(model, found[model].versions) for model in MODELS if model in found}
    obstacles = [
        *_changed_since(found, locked), *_out_of_scope(found, locked, actor), *_attached(found),
        *_against_probation(found, locked, actor),
        *_against_gradings(found, locked),
    ]  # fmt: skip
    asked = lock_many(AccountRequest, requests)
    for key, request in asked.items():
        if request.status == AccountRequest.Status.ACTIVATED:
            obstacles.append(_("%(name)s: the account has been activated since.") % {"name": requests[key]})
    if obstacles:
        return obstacles
    try:
        with transaction.atomic():
            withdraw_requests(list(asked), actor=actor)
            _write(found, locked, actor, reason)
    except IntegrityError:
        return [_("What was entered since stands against the former values.")]
    return []


def _collected(written: Sequence[tuple[str, Sequence[Entries]]]) -> dict[type[BaseModel], _Written]:
    """By kind; of a record that several rows changed the values before the first of them count."""
    found: defaultdict[type[BaseModel], _Written] = defaultdict(_Written)
    for name, entries in written:
        for entry in reversed(entries):
            model, key = LABELS[entry["of"]], UUID(entry["key"])
            kind = found[model]
            kind.names[key] = name
            kind.versions[key] = max(entry["version"], kind.versions.get(key, 0))
            if "left" in entry:
                kind.left[key] = entry["left"]
            if "before" in entry:
                kind.before[key] = kind.before.get(key, {}) | _parsed(model, entry["before"])
            else:
                kind.added.add(key)
    return dict(found)


def _changed_since(
    found: Mapping[type[BaseModel], _Written], locked: Mapping[type[BaseModel], Mapping[UUID, BaseModel]]
) -> Iterator[str]:
    told: set[str] = set()
    for model, kind in found.items():
        for key, name in kind.names.items():
            obj = locked[model].get(key)
            if name not in told and (obj is None or obj.is_voided or not _is_as_left(obj, kind)):
                told.add(name)
                yield _("%(name)s: somebody has changed it since.") % {"name": name}


def _is_as_left(obj: BaseModel, kind: _Written) -> bool:
    """Untouched, or everything as the import left it: what changed it since was taken back itself."""
    return obj.version == kind.versions[obj.pk] or mark_of(obj) == kind.left.get(obj.pk)


def _out_of_scope(
    found: Mapping[type[BaseModel], _Written],
    locked: Mapping[type[BaseModel], Mapping[UUID, BaseModel]],
    actor: "User",
) -> Iterator[str]:
    avoided = avoided_persons(actor)
    owners: list[tuple[str, UUID, UUID | None]] = []
    for key, file in locked.get(Trainee, {}).items():
        if isinstance(file, Trainee):
            owners.append((found[Trainee].names[key], file.home_unit_id, file.person_id))
    for key, office in locked.get(Office, {}).items():
        if isinstance(office, Office):
            owners.append((found[Office].names[key], office.unit_id, None))
    held = locked.get(OfficeHolding, {})
    for key, unit in OfficeHolding.objects.filter(pk__in=held).values_list("pk", "office__unit"):
        owners.append((found[OfficeHolding].names[key], unit, None))
    units = Unit.objects.in_bulk({unit for _name, unit, _person in owners})
    lost = [name for name, unit, person in owners if person in avoided or not actor.holds(units[unit], Role.STAFF)]
    lost += _persons_out_of_scope(found.get(Person, _Written()), actor)
    for name in dict.fromkeys(lost):
        yield _("%(name)s: it is no longer in your scope.") % {"name": name}


def _persons_out_of_scope(written: _Written, actor: "User") -> list[str]:
    """Names of those whose file is not in units of `actor`; of office-holders the office counts, as in the import."""
    keys = set(written.names)
    filed = set(Trainee.objects.filter(person__in=keys).values_list("person_id", flat=True))
    mine = set(Trainee.objects.in_scope(actor, Role.STAFF).filter(person__in=keys).values_list("person_id", flat=True))
    held = OfficeHolding.objects.standing().filter(any_of(actor.unit_ranges(Role.STAFF), "office__unit__path"))
    holders = set(held.filter(person__in=keys).values_list("person_id", flat=True)) - avoided_persons(actor)
    holders -= {key for key in filed if not written.before.get(key, {}).keys() <= {"account_request_id"}}
    return [name for key, name in written.names.items() if key not in mine | holders]


def _attached(found: Mapping[type[BaseModel], _Written]) -> Iterator[str]:
    """Records that somebody else has attached to what the import added."""
    counts: defaultdict[str, int] = defaultdict(int)
    for model, kind in found.items():
        for relation in model._meta.get_fields(include_hidden=True):
            if not isinstance(relation, ForeignObjectRel) or not kind.added:
                continue
            related: Any = relation.related_model
            rows = in_force(related._base_manager.filter(**{f"{relation.field.name}__in": kind.added}))
            own = found[related].added if related in found else set()
            for pk, key in rows.values_list("pk", relation.field.attname):
                if pk not in own:
                    counts[kind.names[key]] += 1
    for name, count in counts.items():
        text = ngettext("%(name)s: %(count)s record belongs to it.", "%(name)s: %(count)s records belong to it.", count)
        yield text % {"name": name, "count": count}


def _against_probation(
    found: Mapping[type[BaseModel], _Written],
    locked: Mapping[type[BaseModel], Mapping[UUID, BaseModel]],
    actor: "User",
) -> Iterator[str]:
    """Former ends of probation, ranks and posts that pages of the files would not let anybody write either."""
    files = {key: file for key, file in locked.get(Trainee, {}).items() if isinstance(file, Trainee)}
    kept, no_rank = ends_kept(files.values()), ranks_not_yet(files.values(), actor)
    for key, file in files.items():
        before = found[Trainee].before.get(key, {})
        until, arrived_on = (
            before.get("probation_ends_on", file.probation_ends_on),
            before.get("arrived_on", file.arrived_on),
        )
        _code, why = why_end_stays(kept.get(key, ()), file.probation_ends_on, until, arrived_on=arrived_on)
        if any(before.get(name) for name in ("rank", "post_grade")):
            why = why or no_rank.get(key, "")
        if why:
            yield _("%(name)s: %(problem)s") % {"name": found[Trainee].names[key], "problem": why}


def _against_gradings(
    found: Mapping[type[BaseModel], _Written], locked: Mapping[type[BaseModel], Mapping[UUID, BaseModel]]
) -> Iterator[str]:
    """Former values of records of post and rank on which a first grading was signed off since."""
    records = {key: one for key, one in locked.get(PostRecord, {}).items() if isinstance(one, PostRecord)}
    for key, why in posts_held(records.values()).items():
        before = found[PostRecord].before.get(key, {})
        if any(name in before and before[name] != getattr(records[key], name) for name in GRADED):
            yield _("%(name)s: %(problem)s") % {"name": found[PostRecord].names[key], "problem": why}


def _write(
    found: Mapping[type[BaseModel], _Written],
    locked: Mapping[type[BaseModel], Mapping[UUID, BaseModel]],
    actor: "User",
    reason: str,
) -> None:
    for model in reversed(MODELS):
        if model in found:
            void_many(model, found[model].added, actor=actor, reason=reason)
    for model in reversed(MODELS):
        if model in found and model is not Trainee:
            _restore(model, found[model].before, actor, reason)
    if Trainee in found:
        files = found[Trainee].before
        _follow(files, locked[Trainee])
        rewrite_many(Trainee, files, actor=actor, verb="people.trainee.changed", reason=reason)
    if Person in found:
        named = [key for key, values in found[Person].before.items() if "name_stroke_key" in values]
        keep_stroke_keys(named)


def _restore(model: type[BaseModel], before: Mapping[UUID, Values], actor: "User", reason: str) -> None:
    if model is Office:
        rewrite_offices_many(before, actor=actor, reason=reason)
    else:
        rewrite_many(model, before, actor=actor, verb=f"{model._meta.label_lower}.changed", reason=reason)


def _follow(files: dict[UUID, dict[str, Any]], locked: Mapping[UUID, BaseModel]) -> None:
    """What files repeat of their records follows from those that stand now, whatever it was before."""
    listed = {key: file for key, file in locked.items() if key in files and isinstance(file, Trainee)}
    follow_records(
        {key: file for key, file in listed.items() if not files[key].keys().isdisjoint(POST_COLUMNS)},
        {key: file for key, file in listed.items() if "term_ends_on" in files[key]},
        files,
    )


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, uuid.UUID) else value


def _parsed(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    fields = {item.attname: item for item in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}
