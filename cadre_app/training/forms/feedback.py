"""The anonymous sheet. It has no submission id and is never kept as a draft: both would be kept with the account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import SUBMISSION, ChangeForm
from cadre_app.training.models.feedback import Rating

ANSWERS = ("content", "teaching", "usefulness", "text")


def rating(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=Rating.choices, coerce=int, widget=forms.RadioSelect)


class FeedbackForm(ChangeForm):
    """Three ratings and suggestions; `restricted` names what no draft may hold."""

    content = rating(_("Content of the course"))
    teaching = rating(_("Teaching"))
    usefulness = rating(_("Use for the work"))
    text = forms.CharField(
        label=_("Suggestions"),
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Please write nothing by which you or others can be recognised."),
    )
    restricted = forms.CharField(widget=forms.HiddenInput, required=False, initial=",".join(ANSWERS))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields[SUBMISSION]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned.pop("restricted", None)
        return cleaned
