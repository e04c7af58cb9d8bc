"""Forms of campaigns and of the quotas of units."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.appraisal.models.years import FIRST_YEAR
from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import UnitChoiceField

LARGEST = 9999


class YearForm(ChangeForm):
    """年度考核 of a year: when it is entered."""

    starts_on = forms.DateField(label=pgettext_lazy("annual assessment", "Entered from"), widget=DayInput)
    ends_on = forms.DateField(label=pgettext_lazy("annual assessment", "Entered by"), widget=DayInput)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)


class OpenYearForm(YearForm):
    """A new one, of a unit and everything below it."""

    unit = UnitChoiceField(label=_("Unit"), help_text=_("The campaign covers this unit and all below it."))
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR)
    field_order = ("unit", "year", "starts_on", "ends_on", "note")

    def __init__(self, *args: Any, units: Any, latest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["year"] = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=latest)
        self.order_fields(self.field_order)


class QuotaForm(ChangeForm):
    """应参加人数、核定名额."""

    participants = forms.IntegerField(
        label=_("People to be assessed"), min_value=0, max_value=LARGEST, required=False,
        help_text=_("Everybody in the unit who takes part, not only those who have a growth file here."),
    )  # fmt: skip
    approved = forms.IntegerField(
        label=_("Approved number of excellent"), min_value=0, max_value=LARGEST, required=False,
        help_text=_("Of it, as many as the unit gives to people with a growth file here can be entered."),
    )  # fmt: skip
    approval_number = forms.CharField(
        label=_("Approval number"), max_length=60, required=False,
        help_text=_("Only above the approved number: the document by which the civil service department agreed."),
    )  # fmt: skip
