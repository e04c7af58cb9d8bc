"""A suggestion, and its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.feedback.models import LONGEST, validate_page


class FeedbackForm(ChangeForm):
    text = forms.CharField(
        label=_("Suggestion"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Up to 2,000 characters. Please enter no state secrets and no work secrets."),
    )
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300, validators=[validate_page])


class AnswerForm(ChangeForm):
    answer = forms.CharField(label=_("Answer"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))
