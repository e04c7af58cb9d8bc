"""Forms of leave: asked for, changed, declined, ended, corrected."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.models import LeaveKind
from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.people.forms.fields import CHOOSE


class LeaveForm(ChangeForm):
    """请假 Kind, days, where to, and why."""

    kind = forms.ChoiceField(label=pgettext_lazy("leave", "Kind"), choices=[("", CHOOSE), *LeaveKind.choices])
    started_on = forms.DateField(label=pgettext_lazy("leave", "First day"), widget=DayInput)
    due_on = forms.DateField(
        label=pgettext_lazy("leave", "Last day"), widget=DayInput, help_text=_("First and last day are both included.")
    )
    place = forms.CharField(label=_("Where to"), max_length=60, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("One line is enough. Write no diagnosis and no other private details."),
    )


class DeclineForm(ChangeForm):
    """不予通过."""

    why = "decline_reason"
    decline_reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("The person concerned reads it."),
        widget=forms.Textarea({"rows": 3}),
    )


class WithdrawForm(ChangeForm):
    """撤回 The reason may be left out."""

    why = "reason"
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class ReturnForm(ChangeForm):
    """销假 The last day away."""

    ended_on = forms.DateField(
        label=_("Last day away"),
        widget=DayInput,
        help_text=_("The day before work began again. It may lie before or after the day that was asked for."),
    )


class CorrectForm(ChangeForm):
    """Kind and days of a leave that ended."""

    kind = forms.ChoiceField(label=pgettext_lazy("leave", "Kind"), choices=LeaveKind.choices)
    started_on = forms.DateField(label=pgettext_lazy("leave", "First day"), widget=DayInput)
    ended_on = forms.DateField(label=_("Last day away"), widget=DayInput)
