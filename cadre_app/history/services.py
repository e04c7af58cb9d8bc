"""Writing history: in the same transaction as the change, or committed before a reading is answered."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from cadre_app.core.context import current_request
from cadre_app.core.models import BaseModel
from cadre_app.history.models import Entry
from cadre_app.history.snapshots import NOTHING, Difference, difference, taken

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

B = TypeVar("B", bound=BaseModel)

BATCH = 1_000


@contextmanager
def change(obj: BaseModel, *, actor: "User | None", verb: str, reason: str = "") -> Iterator[None]:
    """Record what the block changes on `obj` (saved inside the block) and count its version up.

    `actor` is None only for what the system does by rule. Writes nothing when nothing changed.
    """
    _require_transaction()
    created = obj._state.adding
    before = NOTHING if created else taken(obj)
    yield
    found = difference(before, taken(obj))
    if not found:
        return
    if not created:
        type(obj)._base_manager.filter(pk=obj.pk).update(version=F("version") + 1)
        obj.version += 1
    _entry(kind=Entry.Kind.CHANGE, verb=verb, actor=actor, obj=obj, found=found, reason=reason).save(force_insert=True)


def record_created_many(objs: Iterable[BaseModel], *, actor: "User | None", verb: str, reason: str = "") -> None:
    """The entries that `change` writes for new objects, after their bulk_create; one query per 1,000."""
    _require_transaction()
    found = [(obj, difference(NOTHING, taken(obj))) for obj in objs]
    _write_changes(found, actor=actor, verb=verb, reason=reason)


@contextmanager
def changes_many(objs: Iterable[B], *, actor: "User | None", verb: str, reason: str = "") -> Iterator[list[B]]:
    """`change` for many locked objects, saved by bulk_update inside the block; yields them as a list.

    Only what changed gets an entry, a higher version and a new `updated_at`; two queries per 1,000.
    """
    _require_transaction()
    listed = list(objs)
    before = [taken(obj) for obj in listed]
    yield listed
    compared = [(obj, difference(then, taken(obj))) for obj, then in zip(listed, before, strict=True)]
    found = [(obj, changed) for obj, changed in compared if changed]
    _count_up([obj for obj, _changed in found])
    _write_changes(found, actor=actor, verb=verb, reason=reason)


def record(
    verb: str,
    *,
    actor: "User | None",
    obj: BaseModel | None = None,
    kind: str = Entry.Kind.CHANGE,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Write one entry that is not a change of fields (a sign-in, an export, a batch)."""
    found = Difference(before={}, after=after or {}, sealed=[])
    entry = _entry(kind=kind, verb=verb, actor=actor, obj=obj, found=found, reason=reason)
    entry.save(force_insert=True)
    return entry


def record_marked(actor: "User", digest: str) -> None:
    """Account for a refused text that bore a classification marking: by whom, and its sha256."""
    with transaction.atomic():
        record("history.text.refused", actor=actor, after={"sha256": digest})


def record_reading(
    verb: str,
    *,
    actor: "User",
    obj: BaseModel | None = None,
    reason: str = "",
    after: dict[str, Any] | None = None,
) -> Entry:
    """Account for a reveal, export or download *before* the first byte leaves.

    Commits on its own: call it outside a transaction (`durable`), so that a later failure cannot take it back.
    """
    with transaction.atomic(durable=True):
        return record(verb, actor=actor, obj=obj, kind=Entry.Kind.READING, reason=reason, after=after)


def record_readings(verb: str, *, actor: "User", objs: Iterable[BaseModel], reason: str = "") -> None:
    """`record_reading` for each of several objects opened on one page: all of them on record, or none; one query."""
    nothing = Difference(before={}, after={}, sealed=[])
    with transaction.atomic(durable=True):
        Entry.objects.bulk_create(
            _entry(kind=Entry.Kind.READING, verb=verb, actor=actor, obj=obj, found=nothing, reason=reason)
            for obj in objs
        )


@transaction.atomic
def void(obj: BaseModel, *, actor: "User | None", reason: str, version: int | None = None) -> BaseModel:
    """Void a record with a reason; it is kept and can be restored. Raises Stale for an old `version`."""
    return _set_voided(obj, actor=actor, reason=reason, version=version, voided=True)


@transaction.atomic
def restore(obj: BaseModel, *, actor: "User", reason: str = "", version: int | None = None) -> BaseModel:
    """Undo `void`; constraints that meanwhile hold against it raise ValidationError."""
    return _set_voided(obj, actor=actor, reason=reason, version=version, voided=False)


def _set_voided(obj: BaseModel, *, actor: "User | None", reason: str, version: int | None, voided: bool) -> BaseModel:
    model = type(obj)
    manager: Any = model._default_manager
    row: BaseModel = manager.lock(obj.pk, version)
    if row.is_voided == voided:
        return row
    verb = f"{model._meta.label_lower}.{'voided' if voided else 'restored'}"
    with change(row, actor=actor, reason=reason, verb=verb):
        row.voided_at = timezone.now() if voided else None
        row.full_clean()
        row.save(update_fields=["voided_at", "updated_at"])
    return row


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("history needs the transaction of the change it records")


def _count_up(objs: list[BaseModel]) -> None:
    now = timezone.now()
    keys: dict[type[BaseModel], list[Any]] = {}
    for obj in objs:
        keys.setdefault(type(obj), []).append(obj.pk)
        obj.version += 1
        obj.updated_at = now
    for model, pks in keys.items():
        for start in range(0, len(pks), BATCH):
            rows = model._base_manager.filter(pk__in=pks[start : start + BATCH])
            rows.update(version=F("version") + 1, updated_at=now)


def _write_changes(
    found: Iterable[tuple[BaseModel, Difference]], *, actor: "User | None", verb: str, reason: str
) -> None:
    entries = (
        _entry(kind=Entry.Kind.CHANGE, verb=verb, actor=actor, obj=obj, found=changed, reason=reason)
        for obj, changed in found
    )
    Entry.objects.bulk_create(entries, batch_size=BATCH)


def _entry(
    *, kind: str, verb: str, actor: "User | None", obj: BaseModel | None, found: Difference, reason: str
) -> Entry:
    """An entry not yet written, with what is known of the request."""
    context = current_request.get()
    return Entry(
        kind=kind,
        verb=verb,
        actor=actor,
        object_label=obj._meta.label_lower if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
        before=found.before,
        after=found.after,
        sealed=found.sealed,
        reason=reason,
        request_id=context.request_id,
        address=context.address,
    )
