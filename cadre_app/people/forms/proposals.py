"""Answers to a proposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.people.comparing import Line
from cadre_app.people.models import Proposal
from cadre_app.people.services.proposals import EDUCATION


class AcceptForm(ChangeForm):
    """Which lines are taken over; `instance` counts changes of the proposal and of the person."""

    lines = forms.MultipleChoiceField(label=_("Lines taken over"), widget=forms.CheckboxSelectMultiple, required=False)
    answer = forms.CharField(label=_("Comment to the proposer"), max_length=300, required=False)

    def __init__(self, *args: Any, instance: Proposal, found: list[Line], **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        field = self.fields["lines"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(line.name, line.label) for line in found]
        self.initial["lines"] = [line.name for line in found if not line.same]
        if instance.section == EDUCATION:
            del self.fields["lines"]

    def clean(self) -> dict[str, Any]:
        """As services.proposals.accept_proposal names it."""
        super().clean()
        self.cleaned_data["fields"] = self.cleaned_data.pop("lines", [])
        return self.cleaned_data


class RefuseForm(ChangeForm):
    """Why not."""

    answer = forms.CharField(label=_("Comment to the proposer"), max_length=300)
