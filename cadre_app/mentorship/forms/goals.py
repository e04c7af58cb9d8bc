"""Forms of the goals of a pairing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.mentorship.models import GoalSide, GoalState
from cadre_app.mentorship.models.goals import LONGEST_GOAL


class GoalForm(ChangeForm):
    """Whose goal, and what is to be reached by when."""

    side = forms.ChoiceField(label=_("Whose"), choices=GoalSide.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Goal"),
        max_length=LONGEST_GOAL,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is to be reached, and by when, so that it can be told later whether it was."),
    )


class ProgressForm(ChangeForm):
    """How a goal stands, as of a day."""

    state = forms.ChoiceField(label=_("Progress"), choices=GoalState.choices, widget=forms.RadioSelect)
    progress = forms.CharField(
        label=_("How it stands"), max_length=LONGEST_GOAL, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    progressed_on = forms.DateField(label=_("As of"), widget=DayInput)
