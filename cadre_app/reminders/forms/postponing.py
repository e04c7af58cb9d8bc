"""Until when, and why."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput


class PostponeForm(ChangeForm):
    """The items stand in `keys`, as they were picked."""

    postponed_to = forms.DateField(label=_("Remind again on"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, keys: Sequence[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = keys

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, "keys": list(self.keys)}
