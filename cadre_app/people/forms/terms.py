"""Forms of village terms and their interruptions."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import UnitChoiceField
from cadre_app.people.models import TermRole
from cadre_app.people.policies import TERM_MONTHS
from cadre_app.people.services.terms import LONGEST_MONTHS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.org.models import Unit


class TermForm(ChangeForm):
    """Where, in which role, from when and for how long."""

    village = UnitChoiceField(label=_("Village or community"))
    role = forms.ChoiceField(
        label=_("Role in the village"),
        choices=TermRole.choices,
        widget=forms.RadioSelect,
        help_text=_("Full Party members assist the secretary, others the director."),
    )
    started_on = forms.DateField(label=_("Reported to the village on"), widget=DayInput)
    months = forms.IntegerField(label=_("Length in months"), min_value=1, max_value=LONGEST_MONTHS)
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, villages: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["village"]
        if isinstance(field, UnitChoiceField):
            field.queryset = villages
        policy = {"length": TERM_MONTHS.text(TERM_MONTHS.now()), "source": TERM_MONTHS.source}
        self.fields["months"].help_text = gettext("As a rule %(length)s (%(source)s).") % policy


class EndTermForm(ReasonForm):
    """The last day in the village, and whether the term counts."""

    ended_on = forms.DateField(label=_("Last day in the village"), widget=DayInput)
    is_cut_short = forms.BooleanField(
        label=_("Ended early: this term does not count as completed"),
        required=False,
        help_text=_("The stage then waits for another village term."),
    )
    field_order = ("ended_on", "is_cut_short", "reason")


class InterruptionForm(ChangeForm):
    """Days on which the term stands still; without a last day it has not ended yet."""

    started_on = forms.DateField(label=_("First day"), widget=DayInput)
    ended_on = forms.DateField(
        label=_("Last day"), widget=DayInput, required=False, help_text=_("Leave it empty while it goes on.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)
