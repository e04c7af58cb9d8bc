"""Many records of one kind at once: new values, voiding, and the former values to go back to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from cadre_app.core.models import BaseModel
from cadre_app.history import services as history
from cadre_app.people.services.bulk import BATCH

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

B = TypeVar("B", bound=BaseModel)

Values = Mapping[str, Any]
IMPORT_LOCK = 7_120_004


@dataclass(frozen=True)
class Rewritten(Generic[B]):
    """A record as it stands now, and what its changed columns held `before` (by attribute name)."""

    obj: B
    before: dict[str, Any]


def lock_imports() -> None:
    """Let one import of people after the other write, until the end of this transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the lock of imports needs a transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def lock_many(model: type[B], keys: Iterable[UUID]) -> dict[UUID, B]:
    """The rows of `model` with these keys, locked in the order of their keys."""
    rows = model._base_manager.select_for_update(of=("self",)).filter(pk__in=set(keys)).order_by("pk")
    return {row.pk: row for row in rows}


def lock_keys(model: type[B], keys: Iterable[UUID]) -> None:
    """As `lock_many`, without reading the rows."""
    rows = model._base_manager.select_for_update(of=("self",)).filter(pk__in=set(keys)).order_by("pk")
    list(rows.values_list("pk"))


@transaction.atomic
def rewrite_many(
    model: type[B],
    changes: Mapping[UUID, Values],
    *,
    actor: "User | None",
    verb: str,
    reason: str = "",
    before_saving: Callable[[], None] | None = None,
) -> list[Rewritten[B]]:
    """Set columns (by attribute name) of many records, with one entry of the history for each that changes.

    `before_saving` prepares the table, once the rows are locked and their former values known.
    Raises ValidationError for a value no column can hold, IntegrityError where a constraint speaks against a row.
    """
    if not changes:
        return []
    objs = lock_many(model, changes)
    done: list[Rewritten[B]] = []
    names: set[str] = set()
    relations = {field.name for field in model._meta.fields if field.is_relation}
    with history.changes_many(objs.values(), actor=actor, verb=verb, reason=reason) as listed:
        for obj in listed:
            values = changes[obj.pk]
            before = {name: getattr(obj, name) for name, value in values.items() if getattr(obj, name) != value}
            for name in before:
                setattr(obj, name, values[name])
            untouched = {field.name for field in model._meta.fields if field.attname not in before}
            obj.clean_fields(exclude=untouched | relations)
            names |= set(before)
            done.append(Rewritten(obj, before))
        if before_saving is not None:
            before_saving()
        _save(model, [each.obj for each in done if each.before], names)
    return done


@transaction.atomic
def void_many(model: type[B], keys: Iterable[UUID], *, actor: "User | None", reason: str) -> None:
    """Void many records that stand, with the history that single ones would have."""
    verb = f"{model._meta.label_lower}.voided"
    now = timezone.now()
    objs = [obj for obj in lock_many(model, keys).values() if not obj.is_voided]
    with history.changes_many(objs, actor=actor, verb=verb, reason=reason) as listed:
        for obj in listed:
            obj.voided_at = now
        model._base_manager.filter(pk__in=[obj.pk for obj in listed]).update(voided_at=now)


def _save(model: type[B], objs: list[B], names: set[str]) -> None:
    if objs:
        fields = [field.name for field in model._meta.concrete_fields if field.attname in names]
        model._base_manager.bulk_update(objs, fields, batch_size=BATCH)
