"""Forms of check-ins."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput


class CheckInForm(ChangeForm):
    """When, and where."""

    planned_on = forms.DateField(label=_("Day"), widget=DayInput)
    place = forms.CharField(label=_("Place"), max_length=60, required=False)


class HeldForm(ChangeForm):
    """When it was held."""

    held_on = forms.DateField(label=_("Held on"), widget=DayInput)


class CallOffForm(ChangeForm):
    """Why it is called off."""

    reason = forms.CharField(label=_("Reason"), max_length=100)
