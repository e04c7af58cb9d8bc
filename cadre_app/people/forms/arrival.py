"""The line of the arrival checklist that is ticked off."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput


class TickForm(ChangeForm):
    """Which item, done on which day."""

    item = forms.CharField(max_length=20, widget=forms.HiddenInput)
    done_on = forms.DateField(label=_("Done on"), widget=DayInput)
    note = forms.CharField(label=_("Remark"), max_length=100, required=False)
