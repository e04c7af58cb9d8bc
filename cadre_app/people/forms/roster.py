"""Forms of the roster: the accounts asked for at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm


class AccountRequestsForm(ChangeForm):
    """Why accounts are asked for; the people themselves stand in `keys`, as they were picked."""

    reason = forms.CharField(label=_("Reason (may be left empty)"), max_length=300, required=False)

    def __init__(self, *args: Any, keys: Sequence[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = keys

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, "keys": list(self.keys)}
