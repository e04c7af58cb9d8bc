"""Forms of rewards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.conduct import kinds
from cadre_app.core.awards import AwardLevel
from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.people.forms.fields import CHOOSE
from cadre_app.people.models import Trainee


class RewardForm(ChangeForm):
    """What was given, by whom and when; only the kinds of the personnel status are offered."""

    kind = forms.ChoiceField(label=_("Reward"))
    title = forms.CharField(
        label=_("As the certificate says it"),
        max_length=60,
        required=False,
        help_text=_("Only where the kind alone does not say it, such as the honorary title itself."),
    )
    level = forms.ChoiceField(label=_("Level"), choices=[("", CHOOSE), *AwardLevel.choices])
    awarded_by = forms.CharField(label=_("Given by"), max_length=60)
    awarded_on = forms.DateField(label=_("Given on"), widget=DayInput)
    document_number = forms.CharField(
        label=_("Document number"),
        max_length=60,
        required=False,
        help_text=_("It can be added once the document is there; you are reminded of it."),
    )

    def __init__(self, *args: Any, trainee: Trainee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep = getattr(self.instance, "kind", "")
        rows = kinds.grouped(kinds.reward_categories(trainee), keep=keep)
        self.fields["kind"].choices = [("", CHOOSE), *rows]  # type: ignore[attr-defined]
