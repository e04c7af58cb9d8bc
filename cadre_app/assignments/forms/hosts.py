"""The host's appraisal as the host writes it, or staff from paper."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.models.postings import LONGEST_TEXT
from cadre_app.core.forms import ChangeForm, ReasonForm

MOST_DAYS = 400


class AppraisalForm(ChangeForm):
    """What was done and how; there is no field for a grade."""

    duties = forms.CharField(
        label=pgettext_lazy("appraisal", "What was done"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Tasks, what was taken over, what came of it."),
    )
    opinion = forms.CharField(
        label=_("Opinion of the host unit"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("How the person worked, what stood out, what to work on. No grade."),
    )
    days_away = forms.DecimalField(
        label=pgettext_lazy("appraisal", "Days away"),
        min_value=0,
        max_value=MOST_DAYS,
        decimal_places=1,
        required=False,
        help_text=_("Leave and other absence during the posting; leave it empty where it is not known."),
    )
    signatory = forms.CharField(label=_("Signed for the host unit by"), max_length=40, help_text=_("Name and post."))


class CompletionForm(ReasonForm):
    """What the host is asked to complete."""

    reason = forms.CharField(label=_("What is to be completed"), max_length=200, widget=forms.Textarea({"rows": 3}))
