"""Writing history: in the same transaction as the change, or committed before a reading is answered."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone

from cadre_app.core.context import current_request
from cadre_app.core.models import BaseModel, is_sealed
from cadre_app.history.models import Entry

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

UNRECORDED = frozenset({"id", "created_at", "updated_at", "version", "password"})


@contextmanager
def change(obj: BaseModel, *, actor: "User | None", verb: str, reason: str = "") -> Iterator[None]:
    """Record what the block changes on `obj` (saved inside the block) and count its version up.

    `actor` is None only for what the system does by rule. Writes nothing when nothing changed.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("history.change needs the transaction of its change")
    created = obj._state.adding
    before = {} if created else _snapshot(obj)
    sealed_before = {} if created else _sealed_snapshot(obj)
    yield
    after, sealed_after = _snapshot(obj), _sealed_snapshot(obj)
    changed = [name for name in after if before.get(name) != after[name] or (created and after[name] is not None)]
    sealed = sorted(name for name, value in sealed_after.items() if sealed_before.get(name) != value)
    if not changed and not sealed:
        return
    if not created:
        type(obj)._base_manager.filter(pk=obj.pk).update(version=F("version") + 1)
        obj.version += 1
    _write(
        kind=Entry.Kind.CHANGE,
        verb=verb,
        actor=actor,
        obj=obj,
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed},
        sealed=sealed,
        reason=reason,
    )


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
    return _write(kind=kind, verb=verb, actor=actor, obj=obj, after=after or {}, reason=reason)


def record_reading(verb: str, *, actor: "User", obj: BaseModel | None = None, reason: str = "") -> Entry:
    """Account for a reveal, export or download *before* the first byte leaves.

    Commits on its own: call it outside a transaction (`durable`), so that a later failure cannot take it back.
    """
    with transaction.atomic(durable=True):
        return _write(kind=Entry.Kind.READING, verb=verb, actor=actor, obj=obj, reason=reason)


@transaction.atomic
def void(obj: BaseModel, *, actor: "User", reason: str, version: int | None = None) -> BaseModel:
    """Void a record with a reason; it is kept and can be restored. Raises Stale for an old `version`."""
    return _set_voided(obj, actor=actor, reason=reason, version=version, voided=True)


@transaction.atomic
def restore(obj: BaseModel, *, actor: "User", reason: str = "", version: int | None = None) -> BaseModel:
    """Undo `void`; constraints that meanwhile hold against it raise ValidationError."""
    return _set_voided(obj, actor=actor, reason=reason, version=version, voided=False)


def _set_voided(obj: BaseModel, *, actor: "User", reason: str, version: int | None, voided: bool) -> BaseModel:
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


def _write(
    *,
    kind: str,
    verb: str,
    actor: "User | None",
    obj: BaseModel | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    sealed: list[str] | None = None,
    reason: str = "",
) -> Entry:
    context = current_request.get()
    return Entry.objects.create(
        kind=kind,
        verb=verb,
        actor=actor,
        object_label=obj._meta.label_lower if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
        before=before or {},
        after=after or {},
        sealed=sealed or [],
        reason=reason,
        request_id=context.request_id,
        address=context.address,
    )


def _snapshot(obj: BaseModel) -> dict[str, Any]:
    values = {name: value for name, value in obj.public_values().items() if name not in UNRECORDED}
    plain: dict[str, Any] = json.loads(json.dumps(values, cls=_Encoder))
    return plain


def _sealed_snapshot(obj: BaseModel) -> dict[str, Any]:
    return {
        field.name: field.value_from_object(obj)
        for field in obj._meta.concrete_fields
        if is_sealed(obj, field) and field.name not in UNRECORDED
    }


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, models.Model):
            return str(o.pk)
        if isinstance(o, uuid.UUID):
            return str(o)
        return super().default(o)
