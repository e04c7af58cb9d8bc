"""What a record held when somebody read it: its changes since then, taken back."""

from typing import Any

from cadre_app.core.models import BaseModel
from cadre_app.history import describe
from cadre_app.history.models import Entry


def values_before(obj: BaseModel, version: int) -> dict[str, str]:
    """By field that was changed since `version`, what it held then, in words; of sealed fields nothing.

    Every change counts the version up by one and writes one entry.
    """
    count = obj.version - version
    if count <= 0:
        return {}
    changes = Entry.objects.about(obj).filter(kind=Entry.Kind.CHANGE).exclude(before={}, sealed=[])
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for entry in changes.order_by("-at", "-id")[:count]:
        before, after = before | entry.before, entry.after | after
    changed = {name: value for name, value in after.items() if name in before and before[name] != value}
    whole = Entry(object_label=obj._meta.label_lower, before=before, after=changed)
    lines = describe.changes_of(whole, describe.names_in([whole]))
    return {line.name.removesuffix("_id"): line.before for line in lines}
