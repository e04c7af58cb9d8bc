"""Forms of hand-overs: confirming many, choosing somebody else, keeping the mentor, and a step that is done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.mentorship.forms.pairings import mentor_field, open_mentor
from cadre_app.mentorship.policies import PAIRING_MONTHS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.mentorship.services.picks import Pick


class DaysForm(ChangeForm):
    """When the former mentor stops, and for how long the next one goes on."""

    ended_on = forms.DateField(
        label=_("Last day of the former mentor"),
        widget=DayInput,
        help_text=_("The next mentor begins on the day after."),
    )
    months = forms.IntegerField(
        label=pgettext_lazy("pairing", "Length in months"),
        min_value=PAIRING_MONTHS.low,
        max_value=PAIRING_MONTHS.high,
        required=False,
        help_text=_("Left empty, the planned last day stays as it is."),
    )


class HandOverForm(DaysForm):
    """The day of the hand-overs that are confirmed, which stand in `picks` as they were looked at."""

    def __init__(self, *args: Any, picks: "Sequence[Pick]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picks = picks

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, "picks": list(self.picks)}


class ChooseSuccessorForm(DaysForm):
    """Somebody else than the holder of the office, and why."""

    mentor = mentor_field()
    choice_reason = forms.CharField(
        label=_("Reason for this choice"),
        max_length=200,
        help_text=_("For example that the office is vacant, or that the holder is a relative."),
    )
    field_order = ("mentor", "choice_reason", "ended_on", "months")

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_mentor(self.fields["mentor"], user)


class KeepForm(ChangeForm):
    """The office that was looked at; none where somebody chosen stays."""

    office = forms.UUIDField(widget=forms.HiddenInput, required=False)
