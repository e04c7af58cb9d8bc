"""Forms of camps and their members; a grade is nowhere typed."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput

DIGEST = 64


class NewCampForm(ChangeForm):
    """The year; its reference date follows from the settings."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=9999)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)


class CampForm(ChangeForm):
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)


class GradesForm(ChangeForm):
    """Carries which preview was shown."""

    shown = forms.CharField(max_length=DIGEST, widget=forms.HiddenInput)


class PauseForm(ChangeForm):
    paused_reason = forms.CharField(
        label=pgettext_lazy("camp", "On leave because"),
        max_length=100,
        help_text=_("For example maternity leave. The grade is kept; nobody on leave is put on rosters."),
    )


class LeaveForm(ChangeForm):
    left_on = forms.DateField(label=_("Left the camp on"), widget=DayInput)
    left_note = forms.CharField(label=_("Reason"), max_length=200)
