"""The sheet as somebody fills it in on a phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import TEXT_CHECKS, say_limits
from cadre_app.evaluation.models import Respondent
from cadre_app.evaluation.questionnaire import Questionnaire
from cadre_app.evaluation.services.batches import LONGEST_COMMENT


class AnswerForm(forms.Form):
    """One choice for each question, the own category, and a comment that may be left out."""

    def __init__(self, *args: Any, sheet: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for question in sheet.questions:
            choices = [(number, str(text)) for number, text in enumerate(question.choices, start=1)]
            self.fields[f"q{question.number}"] = forms.TypedChoiceField(
                label=str(question.text),
                choices=choices,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Please choose one."), "invalid_choice": _("Please choose one.")},
            )
        self.fields["respondent"] = forms.ChoiceField(
            label=_("You are"),
            choices=Respondent.choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Please choose one."), "invalid_choice": _("Please choose one.")},
        )
        self.fields["comment"] = forms.CharField(
            label=str(sheet.open_question),
            required=False,
            max_length=LONGEST_COMMENT,
            validators=list(TEXT_CHECKS),
            widget=forms.Textarea({"rows": 4, "class": "form-control"}),
            help_text=_("Without names, 200 characters at most."),
        )
        say_limits(self.fields["comment"])

    def choices(self) -> list[Any]:
        """The questions, then the category, as the page draws them."""
        return [*(self[f"q{question.number}"] for question in self.sheet.questions), self["respondent"]]

    @property
    def answers(self) -> list[int]:
        """By question, after validation."""
        return [self.cleaned_data[f"q{question.number}"] for question in self.sheet.questions]
