"""Forms of the settings, the code tables and the work calendar."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cadre_app.core.fields import validate_plain_text
from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.policy.holiday_rows import LONGEST_NAME, decode
from cadre_app.policy.models import Code, DayKind, PolicyValue
from cadre_app.policy.specs import Policy

HIGHEST_ORDER = 9999


def reason_field() -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


def source_field(help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=_("Source"), max_length=200, help_text=help_text)


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=DayInput)


class ValueForm(ChangeForm):
    """A value of one setting, typed as the setting is; correcting an existing one keeps its day."""

    valid_from = day_field(_("Valid from"), _("Earlier days keep the value they had."))
    source = source_field(_("The regulation, document number or decision behind this value."))
    reason = reason_field()

    def __init__(self, *args: Any, policy: Policy[Any], instance: PolicyValue | None = None, **kwargs: Any) -> None:
        if instance is None:
            first = {
                "value": policy.form_value(policy.now()),
                "source": policy.source,
                "valid_from": timezone.localdate(),
            }
        else:
            first = {"value": policy.form_value(policy.from_json(instance.value)), "reason": ""}
        super().__init__(*args, instance=instance, initial=first, **kwargs)
        if instance is not None:
            del self.fields["valid_from"]
        field = policy.form_field()
        if isinstance(field, forms.CharField):
            field.validators.append(validate_plain_text)
        field.label = str(policy.label)
        field.help_text = " ".join(str(text) for text in (policy.help, field.help_text) if text)
        self.fields = {"value": field, **self.fields}


class CodeForm(ChangeForm):
    """What may change about a code: never the code itself."""

    name_zh = forms.CharField(label=_("Chinese name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=100)
    order = forms.IntegerField(label=_("Sort order"), min_value=0, max_value=HIGHEST_ORDER)
    is_active = forms.BooleanField(
        label=_("In use"), required=False, help_text=_("A code out of use is no longer offered; records keep it.")
    )
    reason = reason_field()

    def __init__(self, *args: Any, instance: Code, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)


class NewCodeForm(ChangeForm):
    """A new line of a local table."""

    code = forms.RegexField(
        r"\A[A-Za-z0-9]{1,20}\Z",
        label=_("Code"),
        max_length=20,
        help_text=_("Letters and digits. The code cannot be changed afterwards."),
    )
    name_zh = forms.CharField(label=_("Chinese name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=100)
    order = forms.IntegerField(label=_("Sort order"), min_value=0, max_value=HIGHEST_ORDER)
    reason = reason_field()


class HolidayForm(ChangeForm):
    """One day that is not what its weekday says."""

    day = day_field(_("Day"))
    kind = forms.ChoiceField(label=_("Kind"), choices=DayKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name of the day"), max_length=LONGEST_NAME)
    source = source_field(_("The notice that says so."))
    reason = reason_field()


class HolidayListForm(forms.Form):
    """A list of days as a file or pasted; nothing is saved by it."""

    file = forms.FileField(label=_("CSV file"), required=False, help_text=_("UTF-8 or GB 18030, as Excel saves it."))
    text = forms.CharField(
        label=_("Or paste the list"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One day a line: date, kind (放假 or 调休上班), name."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        upload = cleaned.get("file")
        if upload is not None:
            try:
                cleaned["text"] = decode(upload.read())
            except ValidationError as error:
                self.add_error("file", error)
        elif not (cleaned.get("text") or "").strip() and not self.errors:
            raise ValidationError(gettext("Choose a file or paste a list."), code="required")
        return cleaned


class HolidayImportForm(ChangeForm):
    """The list that was looked at, and what it is based on."""

    text = forms.CharField(max_length=40_000, widget=forms.HiddenInput)
    source = source_field(_("The notice that says so."))
    reason = reason_field()
