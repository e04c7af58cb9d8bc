"""Forms named as model and service name their fields, with the two hidden values every change carries."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from cadre_app.core.fields import validate_plain_text
from cadre_app.core.models import BaseModel

SUBMISSION = "submission"
VERSION = "version"


class ChangeForm(forms.Form):
    """Carries `submission` (one per opened page) and, for an existing record, the `version` it was based on.

    `instance` only supplies initial values and the version; saving is the service's work.
    """

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, instance: BaseModel | None = None, **kwargs: Any) -> None:
        initial = kwargs.pop("initial", None) or {}
        if instance is not None:
            initial = {**self._values_of(instance), **initial}
        kwargs["initial"] = {SUBMISSION: uuid.uuid4(), **initial}
        super().__init__(*args, **kwargs)
        self.instance = instance
        if instance is not None:
            self.fields[VERSION] = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=instance.version)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField):
                field.validators.append(validate_plain_text)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def _values_of(self, instance: BaseModel) -> dict[str, Any]:
        return {
            name: getattr(instance, field.attname if (field := _column(instance, name)) is not None else name)
            for name in self.base_fields
            if name not in (SUBMISSION, VERSION) and hasattr(instance, name)
        }


def _column(instance: BaseModel, name: str) -> Any:
    return next((field for field in instance._meta.concrete_fields if field.name == name), None)


class ReasonForm(ChangeForm):
    """The one question of a confirmation: why."""

    reason = forms.CharField(max_length=300)
