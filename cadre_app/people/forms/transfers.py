"""Forms of transfers and departures."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import UnitChoiceField
from cadre_app.people.models import TransferKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.org.models import Unit


class TransferForm(ChangeForm):
    """To which unit, from when, by which document."""

    to_unit = UnitChoiceField(label=_("Unit to move to"))
    effective_on = forms.DateField(label=_("Effective on"), widget=DayInput)
    document_number = forms.CharField(label=_("Document number"), max_length=60)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, units: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_unit"]
        if isinstance(field, UnitChoiceField):
            field.queryset = units


class DepartureForm(ChangeForm):
    """How and when the person leaves the programme; the approval where the minimum service is not complete."""

    kind = forms.ChoiceField(
        label=_("Kind of departure"),
        choices=[choice for choice in TransferKind.choices if choice[0] != TransferKind.INTERNAL],
        widget=forms.RadioSelect,
    )
    effective_on = forms.DateField(label=_("Left on"), widget=DayInput)
    destination = forms.CharField(label=_("Destination"), max_length=100, required=False)
    document_number = forms.CharField(label=_("Document number"), max_length=60)
    approval = forms.CharField(
        label=_("Approval of leaving within the service period"),
        max_length=100,
        required=False,
        help_text=_("Who approved it and by which document; needed before the minimum service is complete."),
    )
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)
