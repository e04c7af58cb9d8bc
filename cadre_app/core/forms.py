"""Forms named as model and service name their fields, with the two hidden values every change carries."""

import uuid
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cadre_app.core.context import KeptDraft, current_draft
from cadre_app.core.fields import seen, validate_plain_text
from cadre_app.core.markings import validate_unmarked
from cadre_app.core.models import BaseModel

# Nobody in the programme was born before; no period that is entered reaches farther.
FIRST_YEAR, LAST_YEAR = 1900, 2199
SUBMISSION = "submission"
VERSION = "version"
# Sent by the conflict page: the question is asked again with what was typed, and nothing is decided.
LOOK_AGAIN = "look_again"
TEXT_CHECKS = (validate_plain_text, validate_unmarked)
# Django's own check of one control character among those that `validate_plain_text` refuses in better words.
NO_NUL = ProhibitNullCharactersValidator()
NOT_AMONG_CHOICES = [
    kind.default_error_messages["invalid_choice"]
    for kind in (forms.ChoiceField, forms.ModelChoiceField, forms.ModelMultipleChoiceField)
]
LIMITS = {
    "max_length": ngettext_lazy(
        "No more than %(limit_value)d character.", "No more than %(limit_value)d characters.", "limit_value"
    ),
    "max_value": _("No more than %(limit_value)s."),
    "min_value": _("No less than %(limit_value)s."),
    "max_digits": ngettext_lazy("No more than %(max)d digit.", "No more than %(max)d digits.", "max"),
    "max_decimal_places": ngettext_lazy(
        "No more than %(max)d decimal place.", "No more than %(max)d decimal places.", "max"
    ),
    "max_whole_digits": ngettext_lazy(
        "No more than %(max)d digit before the point.", "No more than %(max)d digits before the point.", "max"
    ),
}


def validate_year(value: date) -> None:
    """Refuse years that are slips of the hand: from them nothing can be reckoned forth or back."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(_("Please check the year of this date."), code="year")


def say_required(field: forms.Field) -> None:
    """Replace Django's own sentence for an empty field by ours, which fits beside the label."""
    if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = _("Please fill this in.")


def say_limits(field: forms.Field) -> None:
    """Replace Django's own sentences for what is too long, too large or too small by ours."""
    for code, text in LIMITS.items():
        field.error_messages.setdefault(code, text)


def say_choices(field: forms.Field) -> None:
    """Replace Django's own sentence for what is not among the choices, which repeats whatever was sent."""
    if field.error_messages.get("invalid_choice") in NOT_AMONG_CHOICES:
        field.error_messages["invalid_choice"] = _("Choose one of what is offered here.")


class ChangeForm(forms.Form):
    """Carries `submission` (one per opened page) and, for an existing record, the `version` it was based on.

    `instance` only supplies initial values and the version; saving is the service's work. `why`: the field that gives the
    reason of a decision, where the form is one.
    """

    why: ClassVar[str] = ""
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
        self._prepare_fields()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def full_clean(self) -> None:
        """Every field is checked in our words, also those that were added after the form was made."""
        self._prepare_fields()
        if self.is_bound:
            self.data = self._as_seen()
        super().full_clean()

    def _as_seen(self) -> QueryDict | dict[str, Any]:
        """What was sent, without what nobody sees; passwords are taken as they are."""
        secret = {self.add_prefix(name) for name, field in self.fields.items() if _is_secret(field)}
        if not isinstance(self.data, QueryDict):
            return {key: _as_seen(value) if key not in secret else value for key, value in self.data.items()}
        data = self.data.copy()
        for key, values in self.data.lists():
            if key not in secret:
                data.setlist(key, [_as_seen(value) for value in values])
        return data

    def _prepare_fields(self) -> None:
        for field in self.fields.values():
            say_required(field)
            say_limits(field)
            say_choices(field)
            if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField):
                others = [check for check in field.validators if check not in (*TEXT_CHECKS, NO_NUL)]
                field.validators = [*others, *TEXT_CHECKS]
            if isinstance(field, forms.DateField) and validate_year not in field.validators:
                field.validators = [*field.validators, validate_year]

    @cached_property
    def draft(self) -> KeptDraft | None:
        """The kept draft of this page if an unsent form shows it; asked for when the form is drawn."""
        kept = None if self.is_bound else current_draft.get()()
        return kept if kept is not None and self._fits(kept) else None

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """What the draft holds for the field, as it was typed; otherwise the initial value."""
        name = self.add_prefix(field_name)
        if self.draft is None or field.widget.value_omitted_from_data(self.draft.data, {}, name):
            return super().get_initial_for_field(field, field_name)
        return field.widget.value_from_datadict(self.draft.data, {}, name)

    def _fits(self, kept: KeptDraft) -> bool:
        """A page may hold several forms: the draft belongs to the one that knows every name in it."""
        names = tuple(self.add_prefix(name) for name in self.fields)
        return all(key in names or key.startswith(tuple(f"{name}_" for name in names)) for key in kept.data)

    def _values_of(self, instance: BaseModel) -> dict[str, Any]:
        """Encrypted columns are left out: a form never sends in clear what has to be revealed with a reason."""
        return {
            name: getattr(instance, field.attname if (field := _column(instance, name)) is not None else name)
            for name in self.base_fields
            if name not in (SUBMISSION, VERSION) and hasattr(instance, name) and not is_encrypted(instance, name)
        }


def _as_seen(value: Any) -> Any:
    return seen(value) if isinstance(value, str) else value


def _is_secret(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.PasswordInput)


def _column(instance: BaseModel, name: str) -> Any:
    return next((field for field in instance._meta.concrete_fields if field.name == name), None)


def is_encrypted(instance: BaseModel, name: str) -> bool:
    """True for a column that the database never holds in clear."""
    return bool(getattr(_column(instance, name), "sealed", False))


class ReasonForm(ChangeForm):
    """The one question of a confirmation: why."""

    why = "reason"
    reason = forms.CharField(label=_("Reason"), max_length=300)


class RestoreForm(ChangeForm):
    """As `ReasonForm`, where the reason may be left out: what was recorded once stands again."""

    why = "reason"
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
