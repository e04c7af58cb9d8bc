"""The form of a new access token."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.days import add_months
from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput

USUAL_MONTHS = 6


class TokenForm(ChangeForm):
    """What the token is for, and its last day: half a year ahead unless another is chosen."""

    name = forms.CharField(
        label=_("Name"),
        max_length=40,
        help_text=_("Which program reads with it, for instance “district data platform”."),
    )
    expires_on = forms.DateField(
        label=pgettext_lazy("access token", "Last day"),
        widget=DayInput,
        help_text=_("A year ahead at most. A new password of the account ends it before."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"expires_on": add_months(timezone.localdate(), USUAL_MONTHS)})
        super().__init__(*args, **kwargs)
