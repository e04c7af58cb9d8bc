"""Forms of order rounds."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.training.models.orders import MOST_ORDERS


class RoundForm(ChangeForm):
    """From when to when, how many courses a person, for whom."""

    title = forms.CharField(label=pgettext_lazy("round", "Title"), max_length=60)
    opens_on = forms.DateField(label=_("Opens on"), widget=DayInput)
    closes_on = forms.DateField(
        label=_("Closes on"), widget=DayInput, help_text=_("The last day on which orders are taken.")
    )
    most = forms.IntegerField(label=_("Courses per person at most"), min_value=1, max_value=MOST_ORDERS)
    for_advanced_only = forms.BooleanField(label=_("For the Qingzhu advanced plan only"), required=False, initial=True)
    note = forms.CharField(
        label=pgettext_lazy("round", "Remark for those who order"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CloseRoundForm(ChangeForm):
    """One button; the version stands behind it."""


class ReopenRoundForm(ChangeForm):
    """Until when orders are taken again."""

    closes_on = forms.DateField(label=_("Closes on"), widget=DayInput)
