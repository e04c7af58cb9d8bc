"""How an import left a record: what changed it since may have been taken back itself, and then stands against nothing."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from cadre_app.core.crypto import digest
from cadre_app.core.models import BaseModel

SAVED = ("created_at", "updated_at", "version")
MARK = 32


def mark_of(obj: BaseModel, without: Collection[str] = ()) -> str:
    """The same for everything that a row says as the database gave it, but when and how often it was saved, and `without` these."""
    fields = (each for each in obj._meta.concrete_fields if each.name not in SAVED and each.name not in without)
    values = {each.name: str(getattr(obj, each.attname)) for each in fields}
    return digest(json.dumps(values, sort_keys=True))[:MARK]


def marks_of_parts(model: type[BaseModel], owner: str, owners: Iterable[UUID]) -> dict[UUID, str]:
    """By owner one mark of all that stands of `model` and belongs to it; one query."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for obj in model._base_manager.filter(**{f"{owner}__in": list(owners)}, voided_at=None):
        found[getattr(obj, f"{owner}_id")].append(mark_of(obj))
    return {key: digest("".join(sorted(marks)))[:MARK] for key, marks in found.items()}
