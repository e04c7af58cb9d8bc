"""What history may keep of an object at one moment, and the difference of two moments."""

import json
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from cadre_app.core.models import BaseModel, is_sealed

UNRECORDED = frozenset({"id", "created_at", "updated_at", "version", "password"})


@dataclass(frozen=True)
class Snapshot:
    """Public values as JSON, and those of sealed fields, which never leave the memory."""

    values: dict[str, Any]
    sealed: dict[str, Any]


NOTHING = Snapshot({}, {})


@dataclass(frozen=True)
class Difference:
    """The changed public values before and after; of sealed fields only the names."""

    before: dict[str, Any]
    after: dict[str, Any]
    sealed: list[str]

    def __bool__(self) -> bool:
        return bool(self.after or self.sealed)


def taken(obj: BaseModel) -> Snapshot:
    """The object as it stands in memory."""
    public = {name: value for name, value in obj.public_values().items() if name not in UNRECORDED}
    sealed = {
        field.name: field.value_from_object(obj)
        for field in obj._meta.concrete_fields
        if is_sealed(obj, field) and field.name not in UNRECORDED
    }
    return Snapshot(json.loads(json.dumps(public, cls=_Encoder)), sealed)


def difference(before: Snapshot, after: Snapshot) -> Difference:
    """What differs; `before` is NOTHING for an object that was created. A sealed field without a value holds nothing."""
    changed = [name for name, value in after.values.items() if before.values.get(name) != value]
    return Difference(
        before={name: before.values[name] for name in changed if name in before.values},
        after={name: after.values[name] for name in changed},
        sealed=sorted(name for name, value in after.sealed.items() if (before.sealed.get(name) or "") != (value or "")),
    )


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, models.Model):
            return str(o.pk)
        if isinstance(o, uuid.UUID):
            return str(o)
        if isinstance(o, Decimal):
            return f"{o.normalize():f}"  # 200.0 of the database and 200 of a form are no change
        return super().default(o)
