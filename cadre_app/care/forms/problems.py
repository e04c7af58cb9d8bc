"""Forms of problems, occasions and plans."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.care.fields import AccountField
from cadre_app.care.forms.talks import InterviewForm
from cadre_app.care.models import Occasion
from cadre_app.care.models.choices import TRIGGERING
from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput

LONG_AGO = timedelta(days=366)
READ_BY_PERSON = _("The person concerned reads it. Write nothing here that is restricted.")


class ProblemForm(InterviewForm):
    """What was raised, and who takes care of it; without a unit it waits to be assigned."""

    text = forms.CharField(label=_("Problem"), max_length=200, help_text=READ_BY_PERSON)
    handling_unit = forms.CharField(label=_("Handled by (unit)"), max_length=60, required=False)
    handler = AccountField(
        label=pgettext_lazy("problem", "Followed up by"), required=False, empty_label=_("Staff of the department")
    )
    due_on = forms.DateField(label=_("Answer by"), widget=DayInput)


class AssignForm(ProblemForm):
    """转办; also to correct what was entered."""

    handling_unit = forms.CharField(label=_("Handled by (unit)"), max_length=60)


class AnswerForm(ChangeForm):
    """What was done, or why it cannot be done for now."""

    answer = forms.CharField(
        label=pgettext_lazy("problem", "Answer"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=READ_BY_PERSON,
    )
    answered_on = forms.DateField(label=pgettext_lazy("problem", "Answered on"), widget=DayInput)
    is_explained = forms.BooleanField(
        label=_("The conditions are not there yet, and this was explained"),
        required=False,
        help_text=_("The problem counts as settled, without a return visit."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].widget.attrs.pop("maxlength", None)


class RevisitForm(ChangeForm):
    """登记回访."""

    revisited_on = forms.DateField(label=_("Return visit on"), widget=DayInput)
    revisit_note = forms.CharField(
        label=_("What the return visit found"), max_length=200, required=False, help_text=READ_BY_PERSON
    )


class TriggerForm(ChangeForm):
    """What happened, and when."""

    occasion = forms.ChoiceField(label=_("Occasion"), choices=[(one.value, one.label) for one in TRIGGERING])
    happened_on = forms.DateField(label=_("Happened on"), widget=DayInput)
    subject = forms.CharField(
        label=_("What it is about"),
        max_length=100,
        required=False,
        help_text=_("One line. Of a serious change in the family only that is recorded."),
    )

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        if day < timezone.localdate() - LONG_AGO:
            raise forms.ValidationError(_("This day lies more than a year back."), code="too_early")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("occasion") == Occasion.FAMILY and cleaned.get("subject"):
            text = _("Of a serious change in the family only that is recorded. Leave this empty.")
            self.add_error("subject", forms.ValidationError(text, code="family"))
        return cleaned


class AskForm(ChangeForm):
    """本人要求谈话."""

    subject = forms.CharField(
        label=_("What would you like to talk about"),
        max_length=100,
        required=False,
        help_text=_("You may leave it empty and say it in the talk."),
    )


class PlanForm(ChangeForm):
    """Another cadence for one person, or a pause."""

    cadence_months = forms.IntegerField(label=_("A talk every (months)"), min_value=1, max_value=24, required=False)
    paused_until = forms.DateField(label=_("Paused until"), widget=DayInput, required=False)
    pause_reason = forms.CharField(label=_("Reason for the pause"), max_length=200, required=False)
