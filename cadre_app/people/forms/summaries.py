"""本人总结 at the end of a probation or a village term: one form for who writes it and for who has it on paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput


def text_field(label: Any, *, most: int, rows: int = 5, **options: Any) -> forms.CharField:
    """A text of some lines, of at most `most` characters."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea({"rows": rows}), **options)


class OwnSummaryForm(ChangeForm):
    """Written by the person, or entered by staff from paper with its day; each room adds its `summary` with a hint."""

    field_order = ("summary", "summary_on")
    summary_on = forms.DateField(label=_("Own summary handed in on"), widget=DayInput)

    def __init__(self, *args: Any, by_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_person:
            del self.fields["summary_on"]
        else:
            self.fields["summary"].help_text = _("As it stands on paper.")
