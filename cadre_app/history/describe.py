"""An entry in words: field labels, texts of choices, dates, names of the objects that keys point to."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core.registries import verbs

if TYPE_CHECKING:
    from cadre_app.history.models import Entry


@dataclass(frozen=True)
class FieldChange:
    """One line of a history list; an empty text means that the field was or is empty. `name` is the column."""

    label: str
    before: str
    after: str
    name: str = field(default="", compare=False)


def verb_text(verb: str) -> str:
    """The action in the viewer's language; a verb that no app announces is shown as written."""
    return str(verbs.get(verb) or verb)


def kind_of(label: str) -> str:
    """The kind of object in the viewer's language; a model that is gone is shown as it was written."""
    model = _model(label)
    return str(model._meta.verbose_name) if model is not None else label


EMPTY: tuple[Any, ...] = (None, "", [], {})
Names = dict[str, dict[str, str]]


def names_in(entries: "Iterable[Entry]") -> Names:
    """Names of every object that these entries' keys point to: one query per kind of object."""
    wanted: dict[type[models.Model], set[str]] = {}
    for entry in entries:
        model = _model(entry.object_label)
        for values in (entry.before, entry.after):
            for name, value in values.items():
                field = _field(model, name)
                if value and isinstance(field, models.ForeignKey):
                    wanted.setdefault(field.related_model, set()).add(value)
    return {
        target._meta.label_lower: {str(row.pk): str(row) for row in _rows(target, keys)}
        for target, keys in wanted.items()
    }


def _rows(target: type[models.Model], keys: set[str]) -> "models.QuerySet[models.Model]":
    """Objects with what their text asks for; one query."""
    rows = target._base_manager.filter(pk__in=keys)
    related = getattr(target, "named_by", ())
    return rows.select_related(*related) if related else rows


def changes_of(entry: "Entry", names: Names) -> list[FieldChange]:
    """What changed, for people who may see the object itself; of sealed fields only that they changed.

    What was empty in a new object is not told, nor what its model keeps for the record alone (`untold_fields`).
    """
    model = _model(entry.object_label)
    untold: frozenset[str] = getattr(model, "untold_fields", frozenset())
    before, after = entry.before, {name: value for name, value in entry.after.items() if name not in untold}
    sealed = [name for name in entry.sealed if name not in untold]
    lines = [
        FieldChange(
            _label(model, name), _text(model, name, before.get(name), names), _text(model, name, value, names), name
        )
        for name, value in sorted(after.items(), key=_order(model))
        if name != "voided_at" and (name in before or value not in EMPTY)
    ]
    return lines + [FieldChange(_label(model, name), "", _("changed (content not recorded)"), name) for name in sealed]


def _order(model: type[models.Model] | None) -> "Callable[[tuple[str, Any]], int]":
    """As the model declares its fields: the database keeps keys by their length."""
    known = [field.attname for field in model._meta.concrete_fields] if model is not None else []
    places = {name: number for number, name in enumerate(known)}
    return lambda item: places.get(item[0], len(places))


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _field(model: type[models.Model] | None, name: str) -> Any:
    if model is None:
        return None
    try:
        return model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return None


def _label(model: type[models.Model] | None, name: str) -> str:
    field = _field(model, name)
    return str(getattr(field, "verbose_name", name))


def _text(model: type[models.Model] | None, name: str, value: Any, names: Names) -> str:
    if value in EMPTY:
        return ""
    if isinstance(value, list | dict):
        return _several(model, name, value)
    field = _field(model, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.ForeignKey):
        return names.get(field.related_model._meta.label_lower, {}).get(str(value), str(value))
    if isinstance(field, models.DateField | models.TimeField):
        return _date(field, value)
    choices = dict(getattr(field, "flatchoices", None) or [])
    return _word_of(model, name, value) or str(choices.get(value, value))


def _several(model: type[models.Model] | None, name: str, value: list[Any] | dict[str, Any]) -> str:
    """Numbers, codes or names one after the other, in words, each with what it holds; anything else as it is stored."""
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return _(", ").join(_word_of(model, name, one) or str(one) for one in value)
    if isinstance(value, dict) and all(isinstance(one, str | int) for one in value.values()):
        return _(", ").join(f"{_word_of(model, name, key) or key} {one}" for key, one in value.items())
    return json.dumps(value, ensure_ascii=False)


def _word_of(model: type[models.Model] | None, name: str, value: Any) -> str:
    """The word of a code, where the model knows one (`word_of(name, code)`)."""
    word_of: Callable[[str, str], str] | None = getattr(model, "word_of", None)
    return word_of(name, str(value)) if word_of is not None else ""


def _date(field: Any, value: Any) -> str:
    if isinstance(field, models.TimeField):
        return str(value)[: len("09:30")]
    try:
        found = field.to_python(value)
    except ValidationError:
        return str(value)
    if isinstance(found, datetime):
        return formats.date_format(timezone.localtime(found), "DATETIME_FORMAT")
    is_month = field.name in getattr(field.model, "month_fields", ())
    return formats.date_format(found, "YEAR_MONTH_FORMAT" if is_month else "DATE_FORMAT")
