"""An entry in words: field labels, texts of choices, dates, names of the objects that keys point to."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.core.registries import verbs


@dataclass(frozen=True)
class FieldChange:
    """One line of a history list; an empty text means that the field was or is empty."""

    label: str
    before: str
    after: str


def verb_text(verb: str) -> str:
    """The action in the viewer's language; a verb that no app announces is shown as written."""
    return str(verbs.get(verb) or verb)


def changes_of(label: str, before: dict[str, Any], after: dict[str, Any], sealed: list[str]) -> list[FieldChange]:
    """What changed, for people who may see the object itself; of sealed fields only that they changed."""
    model = _model(label)
    lines = [
        FieldChange(_label(model, name), _text(model, name, before.get(name)), _text(model, name, value))
        for name, value in after.items()
        if name != "voided_at"
    ]
    return lines + [FieldChange(_label(model, name), "", _("changed (content not recorded)")) for name in sealed]


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


def _text(model: type[models.Model] | None, name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    field = _field(model, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.ForeignKey):
        target = field.related_model._base_manager.filter(pk=value).first()
        return str(target) if target is not None else str(value)
    if isinstance(field, models.DateField):
        return _date(field, value)
    choices = dict(getattr(field, "flatchoices", None) or [])
    return str(choices.get(value, value))


def _date(field: Any, value: Any) -> str:
    try:
        return formats.date_format(field.to_python(value), "DATE_FORMAT")
    except ValidationError:
        return str(value)
